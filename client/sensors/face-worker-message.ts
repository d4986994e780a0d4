/** What the page says to the face worker. */
export type ToFaceWorker =
  /** First and once. `assets` is the absolute address of the folder that `buildFaceAssets` filled. */
  | { readonly kind: "load"; readonly assets: string }
  /** The worker takes the frame over and closes it. */
  | { readonly kind: "count"; readonly frame: ImageBitmap };

/** What the worker answers, once to each message. */
export type FromFaceWorker =
  | { readonly kind: "loaded" }
  | { readonly kind: "counted"; readonly count: number; readonly confidence: number }
  | { readonly kind: "failed"; readonly reason: string };
