import { brand, type SectionId } from "#domain/exam/ids.ts";
import type { ExamDraft } from "#protocol/http/exam.ts";
import { question, shortExam } from "./short-exam.ts";

/** Ten minutes in all, one break of two minutes, and a second section of three minutes that has to be opened. */
export const timedExam: ExamDraft = {
  ...shortExam,
  title: "Ten Minute Test",
  durationMs: 600_000,
  timing: { breaks: { count: 1, longestMs: 120_000 }, outageCreditMs: 300_000 },
  sections: [
    ...shortExam.sections,
    {
      id: brand<SectionId>("timed"),
      title: "Against the clock",
      timeLimitMs: 180_000,
      items: [question("third", "Which of these is a prime number?", "Nine", "Eleven")],
    },
  ],
};
