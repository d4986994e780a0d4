import { useEffect, useState } from "react";
import type { QualityHint } from "#domain/attempt/identity-picture.ts";
import type { IdentityCapture } from "#domain/integrity/policy.ts";
import type { StillCamera } from "../media/still-camera.ts";
import { startPictureLooks } from "../sensors/picture-looks.ts";
import { hintsOf } from "./identity-quality.ts";

/**
 * What the page found at its last look; null before the first. `good`: how many looks in a row found nothing wanting;
 * `row`: which such row it is.
 */
export type CameraLook = { readonly hints: readonly QualityHint[] | null; readonly good: number; readonly row: number };

const nothingYet: CameraLook = { hints: null, good: 0, row: 0 };
const lookEveryMs = 800;

/** Looks at the camera's picture while it is shown, to say what is wanting in it. No picture leaves the page for that. */
export function useCameraLook(
  capture: IdentityCapture,
  track: MediaStreamTrack,
  camera: StillCamera | null,
): CameraLook {
  const [look, setLook] = useState(nothingYet);
  useEffect(() => {
    let isGone = false;
    function found(hints: readonly QualityHint[]): void {
      if (!isGone)
        setLook(({ good, row }) =>
          hints.length === 0 ? { hints, good: good + 1, row } : { hints, good: 0, row: row + 1 },
        );
    }
    const looks = startPictureLooks({
      video: track,
      models: capture === "face" ? ["faces"] : [],
      intervalMs: lookEveryMs,
      onLook({ statistics: { brightness }, faces }) {
        // The model is loading: light alone would begin the countdown.
        if (capture === "face" && faces === null) return "settled";
        if (capture !== "document" || camera === null) found(hintsOf(capture, { brightness, faces, sharpness: null }));
        else void camera.sharpness().then((sharpness) => found(hintsOf(capture, { brightness, faces, sharpness })));
        return "settled";
      },
      onLost: () => found(["not-looked-at"]),
    });
    return () => {
      isGone = true;
      looks.stop();
      setLook(nothingYet);
    };
  }, [capture, track, camera]);
  return look;
}
