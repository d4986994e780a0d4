import type { RtpPacket } from "./rtp-packet.ts";

/** Must be a power of two, so that it divides 65536 and a wrapped sequence number still finds its own place. */
const PACKETS_KEPT = 512;

/** The last packets sent to one viewer, for when it says that some were lost (RFC 4585, generic NACK). */
export class ResendCache {
  readonly #packets: (RtpPacket | undefined)[] = Array.from({ length: PACKETS_KEPT });

  keep(packet: RtpPacket): void {
    this.#packets[packet.sequenceNumber % PACKETS_KEPT] = packet;
  }

  /** Those of the lost packets that are still here. */
  find(sequenceNumbers: readonly number[]): readonly RtpPacket[] {
    return sequenceNumbers.flatMap((sequenceNumber) => {
      const packet = this.#packets[sequenceNumber % PACKETS_KEPT];
      return packet?.sequenceNumber === sequenceNumber ? [packet] : [];
    });
  }
}
