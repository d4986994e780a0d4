import { clockRate, unwrapSequence, type MediaKind, type RtpPacket } from "./rtp-packet.ts";
import { pictureIdOf, readVp8Descriptor, shiftVp8Counters, tl0PicIdxOf, type Vp8Descriptor } from "./vp8.ts";

/** From this incoming sequence number on, add `shift` to get the outgoing one. */
type SequenceShift = { readonly from: number; readonly shift: number };

/** What is known of the publication that packets come from now. Sequence numbers are unwrapped. */
type Source = {
  newestIncoming: number;
  /** Oldest first, never empty. A new entry begins after each swallowed padding packet. */
  readonly shifts: SequenceShift[];
  readonly timestampShift: number;
  readonly counterShift: { readonly pictureId: number; readonly tl0PicIdx: number };
};

/** The newest packet that the viewer was sent. */
type Sent = {
  readonly sequence: number;
  readonly timestamp: number;
  readonly atMs: number;
  readonly pictureId: number | null;
  readonly tl0PicIdx: number | null;
};

/** How many swallowed padding packets a late packet can be older than and still find its number. */
const SHIFTS_KEPT = 64;

/**
 * Makes one unbroken stream for one viewer out of whatever source it watches at the moment.
 *
 * The viewer's decoder must not notice a change of source, so sequence numbers, timestamps, VP8 picture ids and
 * TL0PICIDX all run on. Video begins only with a key frame. Pure: packets and times come in, packets go out.
 */
export class Forwarder {
  readonly #kind: MediaKind;
  readonly #ssrc: number;
  readonly #payloadType: number;
  #source: Source | null = null;
  #sent: Sent | null = null;
  #packetCount = 0;
  #octetCount = 0;

  constructor(kind: MediaKind, outgoing: { readonly ssrc: number; readonly payloadType: number }) {
    this.#kind = kind;
    this.#ssrc = outgoing.ssrc;
    this.#payloadType = outgoing.payloadType;
  }

  /** True until the source that is wanted now has given a packet from which decoding can begin. */
  get isWaiting(): boolean {
    return this.#source === null;
  }

  get packetCount(): number {
    return this.#packetCount;
  }

  get octetCount(): number {
    return this.#octetCount;
  }

  /** Lets go of the source. The next packets may come from another one. */
  restart(): void {
    this.#source = null;
  }

  /** The packet as the viewer must get it, or null if it must not get it. `nowMs` only has to be monotonic. */
  forward(packet: RtpPacket, nowMs: number): RtpPacket | null {
    if (packet.payload.length === 0) {
      this.#swallowPadding(packet.sequenceNumber);
      return null;
    }
    const vp8 = this.#kind === "video" ? readVp8Descriptor(packet.payload) : null;
    if (this.#kind === "video" && vp8 === null) return null;
    if (this.#source === null && vp8 !== null && !vp8.startsKeyFrame) return null;
    this.#source ??= this.#begin(packet, vp8, nowMs);
    return this.#rewrite(this.#source, packet, vp8, nowMs);
  }

  /** A time on the source's media clock, on the clock that the viewer sees. Null while there is no source. */
  timestampForViewer(sourceTimestamp: number): number | null {
    return this.#source === null ? null : (sourceTimestamp + this.#source.timestampShift) >>> 0;
  }

  #begin(packet: RtpPacket, vp8: Vp8Descriptor | null, nowMs: number): Source {
    const incoming = packet.sequenceNumber;
    const sent = this.#sent;
    if (sent === null) {
      return {
        newestIncoming: incoming,
        shifts: [{ from: incoming, shift: 0 }],
        timestampShift: 0,
        counterShift: { pictureId: 0, tl0PicIdx: 0 },
      };
    }
    // The pause between two sources takes as long on the media clock as it took here, and at least one tick.
    const ticks = Math.max(1, Math.round(((nowMs - sent.atMs) / 1000) * clockRate(this.#kind)));
    return {
      newestIncoming: incoming,
      shifts: [{ from: incoming, shift: sent.sequence + 1 - incoming }],
      timestampShift: (sent.timestamp + ticks - packet.timestamp) >>> 0,
      counterShift: {
        pictureId: stepTo(sent.pictureId, vp8 && pictureIdOf(packet.payload, vp8), 0x7fff),
        tl0PicIdx: stepTo(sent.tl0PicIdx, vp8 && tl0PicIdxOf(packet.payload, vp8), 0xff),
      },
    };
  }

  #rewrite(source: Source, packet: RtpPacket, vp8: Vp8Descriptor | null, nowMs: number): RtpPacket | null {
    const incoming = unwrapSequence(packet.sequenceNumber, source.newestIncoming);
    const shift = source.shifts.findLast((entry) => entry.from <= incoming)?.shift;
    // Older than the point where this source was joined: its number already belongs to the source before.
    if (shift === undefined) return null;

    const sequence = incoming + shift;
    const timestamp = (packet.timestamp + source.timestampShift) >>> 0;
    const payload = vp8 === null ? packet.payload : shiftVp8Counters(packet.payload, vp8, source.counterShift);
    source.newestIncoming = Math.max(source.newestIncoming, incoming);
    if (this.#sent === null || sequence > this.#sent.sequence) {
      this.#sent = {
        sequence,
        timestamp,
        atMs: nowMs,
        pictureId: (vp8 && pictureIdOf(payload, vp8)) ?? this.#sent?.pictureId ?? null,
        tl0PicIdx: (vp8 && tl0PicIdxOf(payload, vp8)) ?? this.#sent?.tl0PicIdx ?? null,
      };
    }
    this.#packetCount += 1;
    this.#octetCount += payload.length;
    return {
      ssrc: this.#ssrc,
      payloadType: this.#payloadType,
      sequenceNumber: sequence & 0xffff,
      timestamp,
      marker: packet.marker,
      payload,
    };
  }

  /**
   * Chromium probes the line with thousands of empty packets. Passing over their numbers would look like loss to the
   * viewer, which would ask for each again; so the numbers after one close the gap. Only the packet that comes next in
   * order can be closed over: before any other there is a hole that a late packet may still fill.
   */
  #swallowPadding(sequenceNumber: number): void {
    const source = this.#source;
    const last = source?.shifts.at(-1);
    if (source === null || last === undefined) return;
    const incoming = unwrapSequence(sequenceNumber, source.newestIncoming);
    if (incoming !== source.newestIncoming + 1) return;
    source.newestIncoming = incoming;
    source.shifts.push({ from: incoming + 1, shift: last.shift - 1 });
    if (source.shifts.length > SHIFTS_KEPT) source.shifts.shift();
  }
}

/** What to add to `incoming` so that it follows `sent` by one; 0 if either source does not count. */
function stepTo(sent: number | null, incoming: number | null, mask: number): number {
  return sent === null || incoming === null ? 0 : (sent + 1 - incoming) & mask;
}
