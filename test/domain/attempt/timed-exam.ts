import type { ExamVersion } from "#domain/exam/exam-version.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import { minutes } from "./given.ts";

/** The first-aid exam of 30 minutes with two breaks of 5, up to 3 minutes for lost connections, and 10 for its first section. */
export const timedExam: ExamVersion = {
  ...firstAid,
  timing: { breaks: { count: 2, longestMs: minutes(5) }, outageCreditMs: minutes(3) },
  sections: firstAid.sections.map((section, index) =>
    index === 0 ? { ...section, timeLimitMs: minutes(10) } : section,
  ),
};
