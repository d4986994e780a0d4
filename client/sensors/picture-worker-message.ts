import type { FacesSeen } from "./face-count.ts";
import type { HeadPose } from "./head-pose.ts";
import type { PictureStatistics } from "./picture-statistics.ts";

/** What looks at a picture beyond its statistics, and has to be loaded for it. */
export const pictureModels = ["faces", "head"] as const;
export type PictureModel = (typeof pictureModels)[number];

/** What the page says to the picture worker. */
export type ToPictureWorker =
  /** First and once. `assets` is the absolute address of the folder that `buildFaceAssets` filled. */
  | { readonly kind: "load"; readonly assets: string; readonly models: readonly PictureModel[] }
  /** The worker takes the frame over and closes it. `models`: which of those that are loaded look at it. */
  | { readonly kind: "look"; readonly frame: ImageBitmap; readonly models: readonly PictureModel[] };

/** What one picture shows. A part is null where it was not asked for, or its model is not loaded. */
export type Looked = {
  readonly statistics: PictureStatistics;
  /** Not one pixel differs from the picture before; null for the first one. */
  readonly isSame: boolean | null;
  readonly faces: FacesSeen | null;
  /** `pose` is null where no face was found. */
  readonly head: { readonly pose: HeadPose | null } | null;
};

export type FromPictureWorker =
  /** The worker runs; its models come later. */
  | { readonly kind: "ready" }
  | { readonly kind: "looked"; readonly looked: Looked }
  /** A model that did not come, or that broke on a picture, is not asked again by this worker. */
  | {
      readonly kind: "failed";
      readonly model: PictureModel;
      readonly reason: "could-not-load" | "could-not-work";
      readonly why: string;
    };
