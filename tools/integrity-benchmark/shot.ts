import type { Clip } from "./clip.ts";
import type { Picture } from "./picture.ts";

/** What the camera shows for a while. */
export type Shot = {
  readonly ms: number;
  readonly picture: Picture;
  /** Whether people in it move a little, as they do. */
  readonly moves?: boolean;
  /** The very same picture all the time, noise and all. */
  readonly isFrozen?: boolean;
};

export type CameraClip = Clip & { readonly shot: Shot };
