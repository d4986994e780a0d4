/** What the page asks of the still worker; `id` comes back with the answer. The worker takes the frame over and closes it. */
export type ToStillWorker =
  /** A JPEG of at most this width and, if it can be had, of at most so many bytes. */
  | {
      readonly kind: "encode";
      readonly id: number;
      readonly frame: ImageBitmap;
      readonly maxWidth: number;
      readonly maxBytes: number;
    }
  | { readonly kind: "sharpness"; readonly id: number; readonly frame: ImageBitmap };

/** A picture as bytes, with their SHA-256 in lower-case hex. */
export type TakenPicture = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
};

export type FromStillWorker =
  | { readonly kind: "encoded"; readonly id: number; readonly picture: TakenPicture }
  | { readonly kind: "sharpness"; readonly id: number; readonly sharpness: number }
  | { readonly kind: "failed"; readonly id: number; readonly why: string };
