import type { ReceivedRtpPacket } from "#tools/local-sfu/rtp-packet.ts";

type Counters = { sequenceNumber: number; timestamp: number; pictureId: number; tl0PicIdx: number };

/** A camera as its RTP packets show it: one packet a frame, 10 frames a second. Each call makes the next packet. */
export class RtpSource {
  readonly #ssrc: number;
  readonly #next: Counters;

  constructor(ssrc: number, from: Counters) {
    this.#ssrc = ssrc;
    this.#next = { ...from };
  }

  keyFrame(): ReceivedRtpPacket {
    return this.#frame(0x10);
  }

  interFrame(): ReceivedRtpPacket {
    return this.#frame(0x11);
  }

  /** A packet of bytes without meaning, with which Chromium measures the line. */
  padding(): ReceivedRtpPacket {
    return this.#packet(Buffer.alloc(0));
  }

  /** Some sound: no descriptor, 20 ms. */
  sound(): ReceivedRtpPacket {
    this.#next.timestamp = (this.#next.timestamp + 960) >>> 0;
    return this.#packet(Buffer.from([0xfc, 0xff, 0xfe]));
  }

  #frame(frameHeader: number): ReceivedRtpPacket {
    const next = this.#next;
    const descriptor = [0x90, 0xe0, 0x80 | (next.pictureId >> 8), next.pictureId & 0xff, next.tl0PicIdx, 0x20];
    next.timestamp = (next.timestamp + 9_000) >>> 0;
    next.pictureId = (next.pictureId + 1) & 0x7fff;
    next.tl0PicIdx = (next.tl0PicIdx + 1) & 0xff;
    return this.#packet(Buffer.from([...descriptor, frameHeader, 0xaa]));
  }

  #packet(payload: Buffer): ReceivedRtpPacket {
    const { sequenceNumber, timestamp } = this.#next;
    this.#next.sequenceNumber = (sequenceNumber + 1) & 0xffff;
    return {
      ssrc: this.#ssrc,
      payloadType: 96,
      sequenceNumber,
      timestamp,
      marker: true,
      payload,
      extensions: new Map(),
    };
  }
}
