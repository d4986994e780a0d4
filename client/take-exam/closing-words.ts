import { graceMs } from "#domain/attempt/deadline.ts";
import type { Closing, ReviewView } from "#domain/attempt/view.ts";
import { count, formatDuration } from "../ui/format-duration.ts";

/** How an attempt ended, said kindly: by whom and why. */
export function closingWords({ cause, termination, reason }: Closing): {
  readonly title: string;
  readonly text: string;
} {
  switch (cause) {
    case "candidate":
      return { title: "Your exam is handed in", text: "You handed it in yourself. Thank you." };
    case "deadline":
      return {
        title: "Your exam is handed in",
        text: "The time was over, so it was handed in for you with every answer that was saved in time.",
      };
    case "policy":
      return {
        title: "Your exam was handed in before its end",
        text: "The rules of this exam say so for what was noted. Every answer that was saved until then is kept. This is not a verdict: a person of your institution looks at it and decides.",
      };
    case "terminated":
      if (termination === "technical") {
        return {
          title: "Your exam was ended because of a technical failure",
          text: `The proctor wrote: “${reason ?? "none"}” This says nothing against you. Every answer that was saved until then is kept. What happens next is for your institution to decide, and you can ask them.`,
        };
      }
      if (termination === "other") {
        return {
          title: "Your exam was ended by the proctor",
          text: `The reason given: “${reason ?? "none"}” Every answer that was saved until then is kept. What happens next is for your institution to decide, and you can ask them.`,
        };
      }
      return {
        title: "Your exam was ended by the proctor",
        text: `The reason given: “${reason ?? "none"}” Every answer that was saved until then is kept. This is not a verdict: people of your institution look at it, and you can ask them about it.`,
      };
  }
}

/** What is held and why, and what people decided of it. It accuses nobody, and says nothing for certain that is not. */
export function reviewWords({ state, why, reason }: ReviewView): { readonly title: string; readonly text: string } {
  switch (state) {
    case "held":
      return {
        title: "Your result is held until people have looked at it",
        text: `The reason: “${why}” Nothing is decided yet, and no machine decides it. You need not do anything. If you want to say something about it, write to your institution. What they decide stands here, with their reason.`,
      };
    case "stands":
      return {
        title: "Your result was looked at, and it stands",
        text: `It had been held: “${why}” People of your institution looked at it. Their reason: “${reason ?? ""}”`,
      };
    case "voided":
      return {
        title: "Your result was looked at, and it does not count",
        text: `It had been held: “${why}” People of your institution looked at it. Their reason: “${reason ?? ""}” Everything that was saved is kept. If you see it otherwise, write to your institution: they can hold the result again and look anew.`,
      };
  }
}

type Arrivals = { readonly unsent: number; readonly late: number; readonly kept: number };

/** What became of answers that were still on this computer when the exam ended: one sentence a line, none if none was. */
export function arrivalWords({ unsent, late, kept }: Arrivals): readonly string[] {
  const lines: string[] = [];
  if (unsent > 0) lines.push(`Sending what was saved on this computer: ${unsent} left, keep this page open.`);
  if (late > 0) {
    const verb = late === 1 ? "It counts" : "They count";
    lines.push(`${count(late, "answer")} came within ${formatDuration(graceMs)} after the end. ${verb}, marked late.`);
  }
  if (kept > 0) {
    const [was, is] = kept === 1 ? ["was", "it is"] : ["were", "they are"];
    lines.push(`${count(kept, "answer")} came after the time and ${was} kept as evidence; ${is} not in the score.`);
  }
  return lines;
}
