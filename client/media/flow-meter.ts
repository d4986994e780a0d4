/** Whether media comes in a section: `unknown` until it has been looked at for long enough. */
export type Flow = "unknown" | "flowing" | "stopped";

type Reading = { readonly amount: number; readonly grewAt: number };

/** Media that has not grown for this long has stopped. A still screen sends a picture at least as often. */
const stillMs = 6_000;

/**
 * Judges a section by what has come in it (pictures decoded, or packets of sound), reading by reading. Pure but for its
 * memory of the last reading.
 */
export function createFlowJudge() {
  const readings = new Map<string, Reading>();
  return {
    judge(mid: string, amount: number, now: number): Flow {
      const before = readings.get(mid);
      if (before === undefined || amount < before.amount) {
        readings.set(mid, { amount, grewAt: now });
        return "unknown";
      }
      if (amount > before.amount) {
        readings.set(mid, { amount, grewAt: now });
        return "flowing";
      }
      return now - before.grewAt > stillMs ? "stopped" : "unknown";
    },
    forget: (mid: string): void => void readings.delete(mid),
    clear: (): void => readings.clear(),
  };
}

type InboundRtp = {
  readonly type: string;
  readonly mid?: string;
  readonly kind?: string;
  readonly framesDecoded?: number;
  readonly packetsReceived?: number;
};

/** Reads a peer connection's statistics (https://www.w3.org/TR/webrtc-stats/#inboundrtpstats-dict*) into flows by mid. */
export function createFlowMeter() {
  const flows = createFlowJudge();
  return {
    async read(peer: RTCPeerConnection): Promise<ReadonlyMap<string, Flow>> {
      const now = performance.now();
      const byMid = new Map<string, Flow>();
      const report = await peer.getStats();
      report.forEach((entry: InboundRtp) => {
        if (entry.type !== "inbound-rtp" || entry.mid === undefined) return;
        const amount = (entry.kind === "video" ? entry.framesDecoded : entry.packetsReceived) ?? 0;
        byMid.set(entry.mid, flows.judge(entry.mid, amount, now));
      });
      return byMid;
    },
    forget: flows.forget,
    clear: flows.clear,
  };
}
