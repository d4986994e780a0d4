/** A detection at least this sure (0 to 1) counts as a face. */
const faceThreshold = 0.6;
/** The detector reports detections down to this score, so that an almost-face lowers the confidence in the count. */
export const reportedThreshold = 0.3;

export type FaceCount = {
  readonly count: number;
  /** 0 to 1: how far the detection nearest to tipping the count is from doing so. 1 when nothing was detected. */
  readonly confidence: number;
};

/** Where a face is in the picture: its left edge and its size, each from 0 to 1 of the picture's. */
export type FacePlace = { readonly left: number; readonly width: number; readonly height: number };

/** The faces of one picture. `largest`: where the largest of those that count is; null where none does. */
export type FacesSeen = FaceCount & { readonly largest: FacePlace | null };

type Detected = { readonly score: number; readonly place: FacePlace };

/** The faces of one picture from its detections. */
export function facesSeen(detected: readonly Detected[]): FacesSeen {
  const counted = detected.filter(({ score }) => score >= faceThreshold).map(({ place }) => place);
  const [largest = null] = counted.toSorted((one, other) => other.height - one.height);
  return { ...countFaces(detected.map(({ score }) => score)), largest };
}

/** Counts faces from the scores (0 to 1) of one picture's detections. */
export function countFaces(scores: readonly number[]): FaceCount {
  const counted = scores.filter((score) => score >= faceThreshold);
  const rejected = scores.filter((score) => score < faceThreshold);
  return { count: counted.length, confidence: Math.min(1, ...counted, 1 - Math.max(0, ...rejected)) };
}

export type FrameSize = { readonly width: number; readonly height: number };

/** The largest size (whole pixels) within 320x240 that keeps the camera's shape; small cameras are not enlarged. */
export function frameSizeFor(camera: FrameSize): FrameSize {
  const scale = Math.min(1, 320 / camera.width, 240 / camera.height);
  return {
    width: Math.max(1, Math.round(camera.width * scale)),
    height: Math.max(1, Math.round(camera.height * scale)),
  };
}

export type PictureStep = "wait" | "ask" | "no-answer" | "no-picture";

/** Silence of the worker, or of the camera, for longer than this (ms) is a loss: seen at the beat after it, in 4 s. */
export const patienceMs = 3500;
/** A worker that still loads its models may be silent for longer (ms): compiling them blocks it on a slow machine. */
export const loadingPatienceMs = 15_000;

/** What is known at a beat. Times are milliseconds of one clock. */
export type PictureWatch = {
  /** When the picture that is not answered yet was taken; null when the worker is free. */
  readonly askedAt: number | null;
  /** When the camera last had a picture, or when the wait for its first one began. */
  readonly pictureAt: number;
  /** Beats in a row, this one included, at which nothing could be asked. */
  readonly idleBeats: number;
  /** The worker still loads. */
  readonly isLoading: boolean;
};

/**
 * What to do at a beat. A loss needs a second idle beat: after a sleep or a long block of the page's thread the first
 * beat comes late, and before the answers that are waiting in line.
 */
export function nextStep(now: number, { askedAt, pictureAt, idleBeats, isLoading }: PictureWatch): PictureStep {
  if (askedAt === null && pictureAt === now) return "ask";
  const patience = askedAt !== null && isLoading ? loadingPatienceMs : patienceMs;
  if (now - (askedAt ?? pictureAt) <= patience || idleBeats < 2) return "wait";
  return askedAt === null ? "no-picture" : "no-answer";
}

/** How long (ms) to wait before a lost worker is replaced: 2 s, doubling at each failure in a row, at most a minute. */
export function retryDelayMs(failuresInARow: number): number {
  return Math.min(60_000, 1000 * 2 ** failuresInARow);
}
