import { describe, expect, test } from "vitest";
import { paperOf } from "#domain/exam/paper.ts";
import type { PaperItem } from "#domain/exam/paper.ts";
import { burns, depth, device, firstAid, recovery } from "./first-aid.ts";

describe("the candidate's paper", () => {
  test("[S6] a paper has what the candidate reads, and not one field more", () => {
    expect(paperOf(firstAid)).toStrictEqual({
      id: "first-aid-3",
      examId: "first-aid",
      number: 3,
      title: "First aid",
      instructions: "Answer all questions.\n\nYou may go back.",
      durationMs: 1_800_000,
      sections: [
        {
          id: "basics",
          title: "Basics",
          timeLimitMs: null,
          itemCount: 2,
          items: [
            { kind: "single-choice", id: "recovery", prompt: recovery.prompt, points: 2, options: recovery.options },
            { kind: "multiple-choice", id: "burns", prompt: burns.prompt, points: 4, options: burns.options },
          ],
        },
        {
          id: "heart",
          title: "Heart",
          timeLimitMs: null,
          itemCount: 2,
          items: [
            { kind: "number", id: "depth", prompt: depth.prompt, points: 1.5, unit: "cm" },
            { kind: "short-text", id: "device", prompt: device.prompt, points: 1 },
          ],
        },
      ],
    });
  });

  test("[S6] a note that somebody hangs on an option or an item stays behind", () => {
    const noted = { ...recovery, remark: "secret", options: recovery.options.map((one) => ({ ...one, isKey: true })) };
    const sections = firstAid.sections.map((section) => ({ ...section, answers: "secret", items: [noted] }));
    const text = JSON.stringify(paperOf({ ...firstAid, sections }));
    expect(text).not.toMatch(/secret|isKey|remark|"key"/);
  });

  test("[S6] an item with its key does not compile as a paper's item", () => {
    // @ts-expect-error -- the key has no place here
    const item: PaperItem = recovery;
    expect(item.key).toBe("side");
  });
});
