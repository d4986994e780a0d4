import { system } from "./actor.ts";
import type { CandidateCommand, SystemCommand } from "./command.ts";
import { accept, type Context, type Decision, type Refusal, refuse } from "./decision.ts";
import type { AttemptFact } from "./event.ts";
import { noteSecondSession, regainConnection } from "./sensing.ts";
import type { Registered } from "./state.ts";

type Of<Type extends SystemCommand["type"]> = Extract<SystemCommand, { type: Type }>;

/** What a candidate does with the exam itself, for which the devices of a new browser are checked first. [A128] */
const needsCheck: ReadonlySet<string> = new Set<CandidateCommand["type"]>([
  "requestAdmission",
  "openPaper",
  "saveAnswer",
  "flagItem",
  "visitItem",
  "enterSection",
  "startBreak",
  "endBreak",
  "handIn",
]);

/**
 * Why a candidate's page may not command now, or null when it may. [A120] Where no page is known to write, as in an
 * attempt from before this rule, any may.
 */
export function whyNotTheWriter(
  { file }: Registered,
  type: string,
  { actor, page }: Pick<Context, "actor" | "page">,
): Refusal | null {
  if (actor.kind !== "candidate" || type === "takeOver") return null;
  const { writing } = file;
  if (writing.page !== null && writing.page !== page) return "not-the-writer";
  return writing.checkFirst && needsCheck.has(type) ? "check-first" : null;
}

/**
 * [A121] A page comes. It writes where nobody did, or where the page that wrote is not connected any more; one that was
 * only reading until its line broke goes on reading.
 */
export function attend(attempt: Registered, coming: Of<"attend">, context: Context): Decision {
  const { page } = attempt.file.writing;
  if (page === coming.page) return accept();
  if (readsOnly(attempt, coming)) return accept(...(coming.isReading ? [] : noteSecondSession(attempt, context)));
  return accept({ type: "writerChanged", page: coming.page, how: page === null ? "first" : "came-back" });
}

/** [A121] Whether a page that comes only reads beside the one that writes. */
export function readsOnly(
  { file }: Registered,
  { page, isReading, isWriterHere }: Omit<Of<"attend">, "type">,
): boolean {
  const { writing } = file;
  return writing.page !== null && writing.page !== page && (isReading || isWriterHere);
}

/** [A122] A page of the attempt's own browser takes over because its candidate says so. */
export function takeOver(attempt: Registered, context: Context): Decision {
  const { page } = context;
  if (page === null) return refuse("not-the-writer");
  if (attempt.file.writing.page === page) return accept();
  // Where the page that wrote was gone, the attempt's connection was lost with it.
  const back = regainConnection(attempt, { ...context, actor: system });
  return accept(
    ...(back.accepted ? back.facts : []),
    { type: "writerChanged", page, how: "taken-over" },
    ...nothingLive(attempt),
  );
}

/** What the page or browser before showed live is shown no more. */
export function nothingLive({ file: { media } }: Registered): readonly AttemptFact[] {
  if (media === null || media.tracks.length === 0) return [];
  return [{ type: "mediaPublished", sfuSession: media.sfuSession, tracks: [] }];
}
