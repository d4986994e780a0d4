import { brand, type ItemId, type SectionId } from "#domain/exam/ids.ts";
import type { ExamDraft } from "#protocol/http/exam.ts";

/** An exam of a minute with two questions, two points each; the right answers are the second ones. */
export const shortExam: ExamDraft = {
  title: "One Minute Test",
  instructions: "Two questions, one minute.",
  durationMs: 60_000,
  policy: "standard",
  sections: [
    {
      id: brand<SectionId>("only"),
      title: "Both questions",
      items: [
        question("first", "Which of these is an even number?", "Three", "Four"),
        question("second", "Which of these is a vowel?", "B", "A"),
      ],
    },
  ],
};

export function question(id: string, prompt: string, wrong: string, right: string) {
  return {
    kind: "single-choice" as const,
    id: brand<ItemId>(id),
    prompt,
    points: 2,
    category: null,
    options: [
      { id: "wrong", text: wrong },
      { id: "right", text: right },
    ],
    key: "right",
  };
}
