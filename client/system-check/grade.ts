import { type CheckFindings, type CheckLine, checkLines, type Finding } from "#protocol/system-check.ts";

/** `better`: the exam can be sat with it, and something can be better. `not-usable`: it cannot, as it is here. */
export type Grade = "fine" | "better" | "not-usable";

/** What is neither fine nor here keeps nobody from the exam. */
const better: { readonly [Line in CheckLine]: readonly Finding<Line>[] } = {
  browser: ["less-tried"],
  camera: ["virtual"],
  microphone: ["nothing-heard"],
  screen: [],
  "full-screen": [],
  displays: ["several", "not-told"],
  clock: ["off"],
  upload: ["slow", "unsteady", "too-often"],
  disk: ["little"],
  // Without faces counted the exam goes on, and the proctor knows that they are not.
  faces: ["no-face", "several-faces", "could-not-load", "could-not-work", "no-answer"],
};

/** Null: it was not checked. */
export function gradeOf(line: CheckLine, finding: Finding): Grade | null {
  if (finding === "not-checked") return null;
  if (finding === "fine") return "fine";
  return (better[line] as readonly Finding[]).includes(finding) ? "better" : "not-usable";
}

export type Verdict = { readonly grade: Grade | "incomplete"; readonly title: string; readonly text: string };

/** What all of it means, in two sentences. */
export function verdictOf(findings: CheckFindings): Verdict {
  const grades = checkLines.map((line) => gradeOf(line, findings[line]));
  const many = (wanted: Grade | null): number => grades.filter((grade) => grade === wanted).length;
  const open = many(null);
  const notUsable = many("not-usable");
  const improvable = many("better");
  if (notUsable > 0) {
    return {
      grade: "not-usable",
      title: "The exam cannot be sat like this yet",
      text: `${things(notUsable)} to be mended. Each says below what to do. Then check it again.`,
    };
  }
  if (open > 0) {
    return {
      grade: "incomplete",
      title: open === grades.length ? "Nothing was checked yet" : "Something was not checked yet",
      text: `${open === 1 ? "One check is" : `${open} checks are`} still to be made.`,
    };
  }
  return improvable > 0
    ? {
        grade: "better",
        title: "The exam can be sat here",
        text: `${improvable === 1 ? "One thing" : `${improvable} things`} can be better. What to do is said below.`,
      }
    : { grade: "fine", title: "Everything is ready for the exam", text: "All checks are fine." };
}

function things(many: number): string {
  return many === 1 ? "One thing has" : `${many} things have`;
}
