import type { AttemptFact } from "#domain/attempt/event.ts";
import type { AttemptStatus } from "#domain/attempt/state.ts";
import { proctorView } from "#domain/attempt/view.ts";
import { type AttemptId, brand } from "#domain/exam/ids.ts";
import type { PolicyResponse, Severity } from "#domain/integrity/policy.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { FeedEntry, Tile } from "#protocol/session/down.ts";
import { at, attemptAfter, type Happening, type History, nine } from "#test/domain/attempt/given.ts";
import { histories } from "#test/domain/attempt/histories.ts";
import { ada, lin } from "#test/domain/attempt/people.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";

export type Shown = Exclude<AttemptStatus, "unregistered">;
export const shownStatuses = Object.keys(histories).filter((status): status is Shown => status !== "unregistered");

/** A tile as the session makes it from what happened after the attempt came to its status. */
export function tileOf(name: string, status: Shown, { online = true, later = [] as History } = {}): Tile {
  const attempt = attemptAfter([...histories[status], ...later]);
  if (attempt.status === "unregistered") throw new Error("an attempt that nobody registered has no tile");
  return {
    attemptId: brand<AttemptId>(name.toLowerCase()),
    online,
    view: { ...proctorView(attempt, firstAid), name },
  };
}

export function noted(severity: Severity, notedAt: EpochMs, response: PolicyResponse = "notify-proctor"): Happening {
  const seen = { kind: "tab-hidden", reason: "Away", confidence: null } as const;
  return at(notedAt, { type: "violationNoted", violation: { ...seen, severity, from: notedAt, notedAt, response } });
}

export const asked: Happening = at(nine, { type: "messageSent", text: "May I drink?" }, ada);
export const answered: Happening = at(nine, { type: "messageSent", text: "You may" }, lin);
export const warned: Happening = at(nine, { type: "warned", text: "Look at your screen" }, lin);
export const livePictures: AttemptFact = {
  type: "mediaPublished",
  sfuSession: "sfu-1",
  tracks: ["thumbnail", "focus", "microphone", "screen"],
};

export function entryAt(position: number, fact: FeedEntry["fact"] = { type: "resumed" }): FeedEntry {
  return { position, seq: position, at: nine, by: lin.actor, attemptId: brand<AttemptId>("ada"), name: "Ada", fact };
}
