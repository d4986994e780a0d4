import { describe, expect, it } from "vitest";
import { countdownAfter, hintsOf } from "#client/take-exam/identity-quality.ts";
import { facesSeen } from "#client/sensors/face-count.ts";
import { qualityHints } from "#domain/attempt/identity-picture.ts";
import { qualityWords } from "#client/ui/quality-words.ts";

const face = (place: { left?: number; width?: number; height?: number } = {}, score = 0.95) => ({
  score,
  place: { left: 0.35, width: 0.3, height: 0.5, ...place },
});
const seen = { brightness: 120, sharpness: 300 };

describe("what is wanting in a photograph of the face", () => {
  it.each([
    ["nothing", [face()], []],
    ["no face", [], ["no-face"]],
    ["something that is hardly a face", [face({}, 0.4)], ["no-face"]],
    ["several faces", [face(), face({ left: 0 })], ["several-faces"]],
    ["a face that is small", [face({ height: 0.15 })], ["too-far"]],
    ["a face that fills the picture", [face({ height: 0.9 })], ["too-near"]],
    ["a face at the picture's left, which is the candidate's right", [face({ left: 0 })], ["too-far-right"]],
    ["a face at the picture's right", [face({ left: 0.7 })], ["too-far-left"]],
  ] as const)("%s", (_what, detected, hints) => {
    expect(hintsOf("face", { ...seen, faces: facesSeen(detected) })).toEqual(hints);
  });

  it("too little light and too much of it", () => {
    const faces = facesSeen([face()]);
    expect(hintsOf("face", { ...seen, brightness: 30, faces })).toEqual(["too-dark"]);
    expect(hintsOf("face", { ...seen, brightness: 240, faces })).toEqual(["too-bright"]);
  });

  it("says what hinders most first", () => {
    expect(hintsOf("face", { ...seen, brightness: 30, faces: facesSeen([]) })).toEqual(["no-face", "too-dark"]);
  });
});

it("a document is to be light and sharp, and has no face to be counted", () => {
  expect(hintsOf("document", { ...seen, faces: null })).toEqual([]);
  expect(hintsOf("document", { ...seen, faces: null, sharpness: 5 })).toEqual(["blurred"]);
  expect(hintsOf("document", { ...seen, faces: null, sharpness: null })).toEqual([]);
  expect(hintsOf("room", { ...seen, faces: null, sharpness: 5 })).toEqual([]);
});

it("the countdown begins with the second good look and ends with the picture", () => {
  expect([0, 1, 2, 3, 4, 5, 6].map(countdownAfter)).toEqual([null, null, 3, 2, 1, 0, 0]);
});

it("each hint says what to do, and blames nobody", () => {
  for (const hint of qualityHints) {
    expect(qualityWords(hint).whatToDo).toMatch(/^[A-Z].*\.$/);
    expect(qualityWords(hint).whatToDo).not.toMatch(/wrong|must|fail/i);
  }
});
