import { createFaceAgreement } from "./face-agreement.ts";
import type { FaceCounterState } from "./face-counter.ts";
import type { SignalEdges } from "./signal-edges.ts";

/** Turns counts of faces, and what becomes of the counter itself, into readings of the two signals about faces. */
export function createFaceSignals(edges: SignalEdges) {
  const agreement = createFaceAgreement();
  return {
    /** `confidence` is 0 to 1. */
    counted(count: number, confidence: number): void {
      const agreed = agreement.read(count);
      if (agreed === null) return;
      edges.read("no-face", agreed === 0, { count: 0, confidence });
      edges.read("several-faces", agreed > 1, { count: agreed, confidence });
    },
    becomes(state: FaceCounterState): void {
      if (state !== "lost") return;
      // Nothing is known of the faces now: what was said of them before is taken back.
      agreement.forget();
      edges.read("no-face", false);
      edges.read("several-faces", false);
    },
  };
}
