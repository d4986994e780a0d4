import type { EpochMs } from "../integrity/signal.ts";

/** An attempt of the person, as far as it decides whether their data may go. */
export type ErasureAttempt = {
  readonly endedAt: EpochMs | null;
  readonly isUndecided: boolean;
  readonly isHeld: boolean;
};

/** Why a person's data cannot be erased now. */
export type ErasureRefusal = "on-hold" | "review-undecided" | "attempt-going-on" | "name-differs" | "several-names";

/** The names that one person is known by, each once, however it is written. */
export function namesOf(names: readonly string[]): readonly string[] {
  const byKey = new Map<string, string>();
  for (const name of names.map((each) => each.trim())) {
    const key = name.toLowerCase();
    if (!byKey.has(key)) byKey.set(key, name);
  }
  return [...byKey.values()];
}

/**
 * [D9] Whether this confirms that all of the person is erased: their name; or their address, where several names have it, lest
 * somebody is erased by surprise. [D17]
 */
export function confirms(
  typed: string,
  { names, email }: { readonly names: readonly string[]; readonly email: string | null },
): boolean {
  if (names.length <= 1 || email === null) return typed.trim() === names[0];
  return typed.trim().toLowerCase() === email.trim().toLowerCase();
}

/**
 * [D9] Whether one person's data may be erased. `isHeld`: a hold names the person. `names`: as `namesOf` has them. `typed`: to
 * confirm it.
 * A hold comes first: it is the law's (GDPR, article 17, 3 e).
 */
export function erasureRefusal(
  person: {
    readonly names: readonly string[];
    readonly email: string | null;
    readonly isHeld: boolean;
    readonly attempts: readonly ErasureAttempt[];
  },
  typed: string,
): ErasureRefusal | null {
  if (person.isHeld || person.attempts.some(({ isHeld }) => isHeld)) return "on-hold";
  if (person.attempts.some(({ isUndecided }) => isUndecided)) return "review-undecided";
  if (person.attempts.some(({ endedAt }) => endedAt === null)) return "attempt-going-on";
  if (confirms(typed, person)) return null;
  return person.names.length > 1 ? "several-names" : "name-differs";
}

/** What an erased person is called from then on. */
export const erasedName = "Erased person";

/** Whether this is nobody any more: their name and address went by an erasure, or with their period. */
export function isNobody({ name, email }: { readonly name: string; readonly email: string | null }): boolean {
  return name === erasedName && email === null;
}

/** What stays after an erasure, and why. */
export const staysAfterErasure = [
  {
    what: "The hashes of the attempt's events, with the checkpoints over them",
    why: "They prove that nothing was changed, and nobody can tell from them what they were made of.",
  },
  {
    what: "Entries of the audit and of the ledger about ids that lead to nobody any more",
    why: "Who of the staff did what, and what was paid, must be accounted for. Entries go when their own period is over.",
  },
  {
    what: "That a person with this id was erased, and when",
    why: "So that it can be shown that it was done.",
  },
  {
    what: "For 30 days, what Cloudflare keeps of the database and of the exam's session",
    why: "It mends faults, and cannot be ended sooner. Whoever runs the installation can bring it back, but no recordings and pictures: their keys are not in it.",
  },
  {
    what: "The reason of a hold on a whole sitting",
    why: "It is about everybody in it.",
  },
  {
    what: "Sealed answers to requests of programs, for a day",
    why: "So that what was cut off can be sent again and is done once.",
  },
] as const;
