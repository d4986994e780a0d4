import { unwrapSequence, type ReceiverReport, type RtpPacket, type SenderReport } from "./rtp-packet.ts";

/** Counts what has come from one source, for the receiver reports that its publisher expects (RFC 3550, 6.4). */
export class Reception {
  readonly #ssrc: number;
  #first: number | null = null;
  #highest = 0;
  #received = 0;
  #senderReport: { readonly middleOfNtp: number; readonly atMs: number } | null = null;

  constructor(ssrc: number) {
    this.#ssrc = ssrc;
  }

  add(packet: RtpPacket): void {
    this.#received += 1;
    if (this.#first === null) {
      this.#first = packet.sequenceNumber;
      this.#highest = packet.sequenceNumber;
      return;
    }
    this.#highest = Math.max(this.#highest, unwrapSequence(packet.sequenceNumber, this.#highest));
  }

  addSenderReport(report: SenderReport, nowMs: number): void {
    this.#senderReport = { middleOfNtp: Number((report.ntpTimestamp >> 16n) & 0xffff_ffffn), atMs: nowMs };
  }

  /** Null before the first packet. */
  report(nowMs: number): ReceiverReport | null {
    if (this.#first === null) return null;
    const expected = this.#highest - this.#first + 1;
    const last = this.#senderReport;
    return {
      ssrc: this.#ssrc,
      packetsLost: Math.max(0, expected - this.#received),
      highestSequence: this.#highest >>> 0,
      lastSenderReport: last?.middleOfNtp ?? 0,
      delaySinceLastSenderReport: last === null ? 0 : Math.round((nowMs - last.atMs) * 65.536),
    };
  }
}
