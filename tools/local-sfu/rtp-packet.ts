/** Only what the router needs of RTP and RTCP, so that no other file depends on the library under `transport.ts`. */

export type MediaKind = "audio" | "video";

/** One RTP packet (RFC 3550, section 5.1). An empty payload means that it holds padding only. */
export type RtpPacket = {
  readonly ssrc: number;
  readonly payloadType: number;
  /** 16 bits. */
  readonly sequenceNumber: number;
  /** 32 bits, in units of the codec's clock. */
  readonly timestamp: number;
  readonly marker: boolean;
  readonly payload: Buffer;
};

/** A packet from a peer, with its header extensions (RFC 8285) by the ids that the peer's description gave them. */
export type ReceivedRtpPacket = RtpPacket & { readonly extensions: ReadonlyMap<number, Buffer> };

/** When a source's media clock showed which time: what lets a viewer play sound and picture in step. */
export type SenderReport = {
  readonly ssrc: number;
  /** 32 bits of seconds since 1900, then 32 bits of fraction. */
  readonly ntpTimestamp: bigint;
  readonly rtpTimestamp: number;
};

export type OutgoingSenderReport = SenderReport & { readonly packetCount: number; readonly octetCount: number };

export type ReceiverReport = {
  readonly ssrc: number;
  readonly packetsLost: number;
  /** 32 bits: how often the sequence number has wrapped, then the highest one. */
  readonly highestSequence: number;
  /** The middle 32 bits of the last sender report's NTP time, 0 before the first. */
  readonly lastSenderReport: number;
  /** In units of 1/65536 s. */
  readonly delaySinceLastSenderReport: number;
};

export type RtcpMessage =
  | { readonly kind: "picture-loss"; readonly mediaSsrc: number }
  | { readonly kind: "lost-packets"; readonly mediaSsrc: number; readonly sequenceNumbers: readonly number[] }
  | { readonly kind: "sender-report"; readonly report: SenderReport };

/** Ticks of the RTP clock per second: 90 kHz for every video codec, 48 kHz for Opus (RFC 7587). */
export function clockRate(kind: MediaKind): number {
  return kind === "video" ? 90_000 : 48_000;
}

/**
 * Gives a 16-bit sequence number its place on an endless line, so that "newer" is a plain comparison.
 * The answer is the number with these 16 low bits that lies nearest to `near`.
 */
export function unwrapSequence(sequenceNumber: number, near: number): number {
  const ahead = (sequenceNumber - near) & 0xffff;
  return near + (ahead < 0x8000 ? ahead : ahead - 0x10000);
}
