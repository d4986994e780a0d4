import { createAgreement } from "./agreement.ts";
import type { FaceCount } from "./face-count.ts";
import type { SignalEdges } from "./signal-edges.ts";

/** Turns counts of faces into readings of the two signals about faces. */
export function createFaceSignals(edges: SignalEdges) {
  // None, one, or several: two and then three faces agree.
  const agreement = createAgreement<FaceCount>(({ count }) => Math.min(count, 2));
  return {
    /** Whether the count agreed with the one before it. */
    counted(face: FaceCount): boolean {
      const agreed = agreement.read(face);
      if (agreed === null) return false;
      const { count, confidence } = agreed;
      edges.read("no-face", count === 0, { count: 0, confidence });
      edges.read("several-faces", count > 1, { count, confidence });
      return true;
    },
    /** Nothing is known of the faces now: what was said of them before is taken back. */
    lost(): void {
      agreement.forget();
      edges.read("no-face", false);
      edges.read("several-faces", false);
    },
  };
}
