import { expect, test } from "vitest";
import { recordingWords } from "#client/media/recording-words.ts";

const well = { fault: null, lost: 0 } as const;

test("a recording that goes well needs no words", () => {
  expect(recordingWords([well, well], [])).toBeNull();
});

test("what can be cured comes before what is lost", () => {
  expect(recordingWords([well, { fault: "disk-full", lost: 3 }], ["camera"])).toMatch(/disk is full/);
  expect(recordingWords([{ fault: "not-written", lost: 3 }, well], ["camera"])).toMatch(/cannot be written/);
  expect(recordingWords([{ fault: null, lost: 3 }], ["screen"])).toMatch(/cannot record the screen/);
});

test("lost pieces of both tracks are counted together", () => {
  expect(recordingWords([{ fault: null, lost: 1 }, well], [])).toMatch(/^One piece/);
  expect(
    recordingWords(
      [
        { fault: null, lost: 1 },
        { fault: null, lost: 2 },
      ],
      [],
    ),
  ).toMatch(/^3 pieces/);
});
