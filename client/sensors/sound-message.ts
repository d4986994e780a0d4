/** The worklet's processor that tells each tenth of a second how loud it was. */
export const soundLevelName = "sound-level";
/** The worklet's processor that hands the samples on, each tenth of a second. */
export const soundPiecesName = "sound-pieces";

/** `power`: the mean of the squared samples, 0 to 1. */
export type FromSoundLevel = { readonly power: number };

/** First and once. The listener gets Float32Arrays of samples. */
export type ToSoundPieces = { readonly listener: MessagePort };

/** First and once. `sound` brings the samples, `rate` of them a second. */
export type ToSpeechWorker = { readonly sound: MessagePort; readonly rate: number };

export type FromSpeechWorker =
  /** Twice a second. `confidence` is 0 to 1. */
  | { readonly kind: "heard"; readonly isSpeech: boolean; readonly confidence: number }
  | { readonly kind: "failed"; readonly reason: string };
