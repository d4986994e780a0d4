import { type ExamVersion, takeOverOf } from "../exam/exam-version.ts";
import type { EpochMs } from "../integrity/signal.ts";
import type { ProctorCommand, SystemCommand } from "./command.ts";
import { accept, type Context, type Decision, refuse } from "./decision.ts";
import { noteSecondSession } from "./sensing.ts";
import type { Attempt, Registered } from "./state.ts";
import { nothingLive } from "./writer.ts";
import { mostAskedAnHour, type Writing } from "./writing.ts";

type Of<Type extends (ProctorCommand | SystemCommand)["type"]> = Extract<
  ProctorCommand | SystemCommand,
  { type: Type }
>;

const hourMs = 60 * 60 * 1000;

/** [A126] So often in an hour a candidate goes on elsewhere without asking, whatever the exam says. */
const mostAloneAnHour = 3;

/** What a browser that holds the attempt's link may do about it. */
export type Way =
  /** The attempt is this browser's, or nobody's yet. */
  | { readonly kind: "in" }
  | { readonly kind: "take-over" }
  /** `refusedBecause`: why the proctor refused this browser before. */
  | { readonly kind: "ask"; readonly refusedBecause: string | null }
  /** This browser has asked, and waits for the answer. */
  | { readonly kind: "asked"; readonly at: EpochMs }
  /** Another browser has asked. */
  | { readonly kind: "asked-elsewhere" }
  | { readonly kind: "too-often" }
  | { readonly kind: "over" };

/** `leftAt`: since when the attempt is not this browser's any more. */
export type Door = { readonly way: Way; readonly leftAt: EpochMs | null };

export function doorOf(attempt: Registered, browser: string, exam: ExamVersion, now: EpochMs): Door {
  const { left } = attempt.file.writing;
  const way = wayOf(attempt, browser, exam, now);
  return { way, leftAt: way.kind !== "in" && left?.browser === browser ? left.at : null };
}

function wayOf(attempt: Registered, browser: string, exam: ExamVersion, now: EpochMs): Way {
  if (attempt.status === "registered" || attempt.consent.browser === browser) return { kind: "in" };
  if (isOver(attempt)) return { kind: "over" };
  const { request, refused, asked } = attempt.file.writing;
  if (request !== null) {
    return request.browser === browser ? { kind: "asked", at: request.at } : { kind: "asked-elsewhere" };
  }
  const count = askedWithinHour(asked, now);
  if (count >= mostAskedAnHour) return { kind: "too-often" };
  if (takeOverOf(exam) === "candidate" && count < mostAloneAnHour) return { kind: "take-over" };
  return { kind: "ask", refusedBecause: refused?.browser === browser ? refused.reason : null };
}

function askedWithinHour(asked: Writing["asked"], now: EpochMs): number {
  return asked.filter((at) => at > now - hourMs).length;
}

/**
 * [A124] [A125] Another browser with the same link wants to go on: the exam says whether the candidate moves it alone, or
 * the proctor is asked.
 */
export function goOnElsewhere(attempt: Registered, { browser }: Of<"goOnElsewhere">, context: Context): Decision {
  const way = wayOf(attempt, browser, context.exam, context.now);
  switch (way.kind) {
    case "in":
    case "asked":
      return accept();
    case "take-over":
      return accept(
        ...noteSecondSession(attempt, context),
        { type: "browserBound", browser, how: "taken-over" },
        ...nothingLive(attempt),
      );
    case "ask":
      return accept(...noteSecondSession(attempt, context), { type: "takeOverAsked", browser });
    case "asked-elsewhere":
    case "too-often":
      return refuse("asked-too-often");
    case "over":
      return refuse("handed-in");
  }
}

/** [A125] The proctor lets the browser go on that asked; `request` keeps a late click from letting in another one. */
export function allowTakeOver(attempt: Registered, { request }: Of<"allowTakeOver">): Decision {
  const pending = attempt.file.writing.request;
  if (pending === null || pending.seq !== request) return refuse("no-such-request");
  if (isOver(attempt)) return refuse("handed-in");
  return accept({ type: "browserBound", browser: pending.browser, how: "granted" }, ...nothingLive(attempt));
}

/** [A125] A refusal has a reason, which is read where it was asked. */
export function refuseTakeOver(attempt: Registered, { request, reason }: Of<"refuseTakeOver">): Decision {
  if (attempt.file.writing.request?.seq !== request) return refuse("no-such-request");
  if (reason.trim() === "") return refuse("empty-text");
  return accept({ type: "takeOverRefused", reason: reason.trim() });
}

function isOver({ status }: Attempt): boolean {
  return status === "handed-in" || status === "terminated";
}
