import { createAgreement } from "./agreement.ts";
import type { PictureStatistics } from "./picture-statistics.ts";
import type { SignalEdges } from "./signal-edges.ts";

/** Darker than this, and as flat: a lid, a hand or a bag is before the lens, or there is no light at all. */
const dark = { brightness: 24, contrast: 4 };
/** As flat as this at any brightness: tape, paper or a cloth is before the lens. */
const flat = { contrast: 8, detail: 0.8 };

/** Whether the picture shows nothing that anybody could look at. */
export function isCovered({ brightness, contrast, detail }: PictureStatistics): boolean {
  return (
    (brightness < dark.brightness && contrast < dark.contrast) || (contrast < flat.contrast && detail < flat.detail)
  );
}

export type CameraReading = {
  readonly statistics: PictureStatistics;
  /** Not one pixel differs from the picture before; null where there was none, or where nobody can tell. */
  readonly isSame: boolean | null;
};

/** Turns what is known of the camera's pictures into readings of the two signals about them. */
export function createCameraSignals(edges: SignalEdges) {
  const covered = createAgreement<boolean>();
  const frozen = createAgreement<boolean>();
  return {
    /** Whether both readings agreed with those before them. */
    looked({ statistics, isSame }: CameraReading): boolean {
      const agreedCovered = covered.read(isCovered(statistics));
      if (agreedCovered !== null) edges.read("camera-covered", agreedCovered);
      if (isSame === null) return agreedCovered !== null;
      // Some cameras send plain black behind their lid: that it does not change says nothing more.
      const agreedFrozen = frozen.read(isSame && !isCovered(statistics));
      if (agreedFrozen !== null) edges.read("camera-frozen", agreedFrozen);
      return agreedCovered !== null && agreedFrozen !== null;
    },
    /** Nothing is known of the picture now: what was said of it before is taken back. */
    lost(): void {
      covered.forget();
      frozen.forget();
      edges.read("camera-covered", false);
      edges.read("camera-frozen", false);
    },
  };
}
