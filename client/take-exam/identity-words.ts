import type { IdentityCapture } from "#domain/integrity/policy.ts";

type CaptureWords = {
  readonly title: string;
  readonly what: string;
  readonly how: string;
  /** What was taken, to be put after "Use" and before "was taken". */
  readonly it: string;
};

const words: Readonly<Record<IdentityCapture, CaptureWords>> = {
  face: {
    title: "A photograph of your face",
    what: "The proctor compares it with the live picture before letting you in.",
    how: "Look towards the camera. The page says what to change and takes the photograph when it is good; you do not have to aim.",
    it: "this photograph",
  },
  document: {
    title: "A photograph of your identity document",
    what: "The proctor compares it with your face and your name. Cover a number that your institution does not need.",
    how: "Hold the side with your photograph towards the camera, about a hand's length away. The page says whether it is light and sharp, and takes the photograph when it is good; you do not have to aim.",
    it: "this photograph",
  },
  room: {
    title: "A short recording of your room",
    what: "The proctor sees the place where you work. Only pictures are recorded here, no sound.",
    how: "When you begin, the page says for 15 seconds where to turn the camera: left, right, your desk, and behind the screen.",
    it: "this recording",
  },
};

export function identityWords(capture: IdentityCapture): CaptureWords {
  return words[capture];
}
