import { type AttemptId, brand, type MemberId } from "#domain/exam/ids.ts";
import type { AuditEntry, AuditKind, AuditSubject } from "#protocol/audit.ts";

const began = Date.UTC(2025, 0, 1);
const entryEveryMs = 60_000;

/** An attempt's share of the entries, as they come in a sitting: of a hundred, so many are of this kind. */
const kinds: readonly (readonly [share: number, AuditKind, "candidate" | "system" | "member"])[] = [
  [46, "violation-noted", "system"],
  [10, "consent-given", "candidate"],
  [10, "admission-requested", "candidate"],
  [10, "admitted", "member"],
  [8, "paper-opened", "candidate"],
  [8, "handed-in", "candidate"],
  [6, "attempt-read", "member"],
  [2, "warned", "member"],
];
/** And once in so many entries something rare. */
const rareEvery = 10_000;
const entriesAnAttempt = 25;
const members = 40;

/** The entry with this number, the same each time. */
export function madeUpEntry(number: number): AuditEntry {
  const [, kind, by] = number % rareEvery === 0 ? ([0, "account-opened", "member"] as const) : kindOf(number);
  const on: AuditSubject = { kind: "attempt", id: attemptOf(number) };
  return {
    at: began + number * entryEveryMs,
    kind,
    who: by === "member" ? { kind: "member", id: memberOf(number) } : { kind: by },
    on,
    from: by === "member" ? "192.0.2.7" : null,
    requestId: by === "member" ? `request-${number}` : null,
    details: { event: number % entriesAnAttempt },
  };
}

/** Twenty candidates of a room take their turns. */
export function attemptOf(number: number): AttemptId {
  const room = Math.floor(number / (20 * entriesAnAttempt));
  return brand<AttemptId>(`attempt-${room}-${scattered(number) % 20}`);
}

export function memberOf(number: number): MemberId {
  return brand<MemberId>(`member-${scattered(number * 7) % members}`);
}

function kindOf(number: number) {
  let left = scattered(number * 3) % 100;
  for (const each of kinds) {
    if (left < each[0]) return each;
    left -= each[0];
  }
  throw new Error("the shares are a hundred");
}

/** A number from 0 to 2^32, the same each time, that looks like any (the finalizer of MurmurHash3). */
function scattered(number: number): number {
  let hash = number ^ (number >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
