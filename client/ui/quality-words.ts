import type { QualityHint } from "#domain/attempt/identity-picture.ts";

/** What is wanting in a picture, and for who takes it what to do about it. */
type QualityWords = { readonly seen: string; readonly whatToDo: string };

const words: Readonly<Record<QualityHint, QualityWords>> = {
  "no-face": { seen: "no face found", whatToDo: "The page finds no face yet. Sit so that the camera sees you." },
  "several-faces": {
    seen: "more than one face",
    whatToDo: "The page finds more than one face. Make sure that you are alone in the picture.",
  },
  "too-far": { seen: "the face is small", whatToDo: "Come closer to the camera." },
  "too-near": { seen: "the face is very near", whatToDo: "Move back a little." },
  "too-far-left": { seen: "the face is at the edge", whatToDo: "Move a little to your right." },
  "too-far-right": { seen: "the face is at the edge", whatToDo: "Move a little to your left." },
  "too-dark": { seen: "it is dark", whatToDo: "It is dark. Switch on a light, or turn towards a window." },
  "too-bright": { seen: "it is very bright", whatToDo: "It is very bright. Turn away from the window or the lamp." },
  blurred: {
    seen: "it is not sharp",
    whatToDo: "The picture is not sharp yet. Hold it still, about a hand's length from the camera.",
  },
  "not-looked-at": {
    seen: "nothing that it could judge",
    whatToDo: "The page cannot judge the picture here. Take it as it is.",
  },
};

export function qualityWords(hint: QualityHint): QualityWords {
  return words[hint];
}
