import type { QualityHint } from "#domain/attempt/identity-picture.ts";
import type { IdentityCapture } from "#domain/integrity/policy.ts";
import type { FacesSeen } from "../sensors/face-count.ts";

/** What the page sees of a picture: brightness from 0 to 255, and null for what was not looked at. */
export type PictureSeen = {
  readonly brightness: number;
  readonly faces: FacesSeen | null;
  readonly sharpness: number | null;
};

/** Mean brightness outside of which a face or print is hard to make out. */
const light = { darkest: 50, brightest: 215 };
/** Heights of a face, as a part of the picture's, outside of which it is too small to compare or does not fit. */
const faceHeight = { smallest: 0.2, largest: 0.85 };
/** Where the middle of a face may be, as a part of the picture's width. */
const faceMiddle = { leftmost: 0.28, rightmost: 0.72 };
/** The least variance of the Laplacian (client/media/sharpness.ts) of a document that was held still. */
const leastSharpness = 40;

/** [A141] What is wanting in a picture, the worst first; empty where nothing is. Left and right are the candidate's own. */
export function hintsOf(
  capture: IdentityCapture,
  { brightness, faces, sharpness }: PictureSeen,
): readonly QualityHint[] {
  const hints: QualityHint[] = [];
  if (capture === "face" && faces !== null) hints.push(...hintsOfFaces(faces));
  if (brightness < light.darkest) hints.push("too-dark");
  if (brightness > light.brightest) hints.push("too-bright");
  if (capture === "document" && sharpness !== null && sharpness < leastSharpness) hints.push("blurred");
  return hints;
}

function hintsOfFaces({ count, largest }: FacesSeen): readonly QualityHint[] {
  if (count === 0 || largest === null) return ["no-face"];
  if (count > 1) return ["several-faces"];
  if (largest.height < faceHeight.smallest) return ["too-far"];
  if (largest.height > faceHeight.largest) return ["too-near"];
  const middle = largest.left + largest.width / 2;
  // The camera looks back at the candidate: what is left in its picture is to the candidate's right.
  if (middle < faceMiddle.leftmost) return ["too-far-right"];
  return middle > faceMiddle.rightmost ? ["too-far-left"] : [];
}

/** The looks in a row without a hint after which the countdown begins: one alone proves nothing. */
const looksUntilCountdown = 2;

/** What the countdown says after so many good looks in a row: null before it begins, 0 when the picture is to be taken. */
export function countdownAfter(goodLooks: number): number | null {
  return goodLooks < looksUntilCountdown ? null : Math.max(0, looksUntilCountdown + 3 - goodLooks);
}
