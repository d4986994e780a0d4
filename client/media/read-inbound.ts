import type { Reading } from "./flow-judge.ts";

/** https://www.w3.org/TR/webrtc-stats/#inboundrtpstats-dict*, as much of it as is read here. */
type InboundRtp = {
  readonly type: string;
  readonly mid?: string;
  readonly kind?: string;
  readonly framesDecoded?: number;
  readonly keyFramesDecoded?: number;
  readonly packetsReceived?: number;
};

/** What has come in each section of a peer connection, by mid; a section in which nothing has come is not in it. */
export async function readInbound(peer: RTCPeerConnection): Promise<ReadonlyMap<string, Reading>> {
  const byMid = new Map<string, Reading>();
  const report = await peer.getStats();
  report.forEach((entry: InboundRtp) => {
    if (entry.type !== "inbound-rtp" || entry.mid === undefined) return;
    // A publisher's new source may be counted apart from the old one.
    const before = byMid.get(entry.mid);
    const amount = (entry.kind === "video" ? entry.framesDecoded : entry.packetsReceived) ?? 0;
    const keyFrames = entry.kind === "video" ? (entry.keyFramesDecoded ?? null) : null;
    byMid.set(entry.mid, {
      amount: amount + (before?.amount ?? 0),
      keyFrames: keyFrames === null ? null : keyFrames + (before?.keyFrames ?? 0),
    });
  });
  return byMid;
}
