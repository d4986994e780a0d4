/** An entry as far as its erasure goes: its text, or that it is gone. */
type MaybeErased = { readonly number: number } & ({ readonly entry: string } | { readonly leaf: Uint8Array });

/** Entry `by` says that `entries` of the entries from `from` to `to` were erased. */
export type SaidErased = {
  readonly by: number;
  readonly entries: number;
  readonly from: number;
  readonly to: number;
};

/** `erasedByCount`: for how many of the erased the records say how many and not which. */
export type ErasedVerdict =
  | { readonly erased: number; readonly erasedByCount: number }
  /** A text that is gone, and the record that has said its number of others, or null where none speaks of it. */
  | { readonly unsaid: number; readonly record: SaidErased | null };

/**
 * Whether every text that is gone was erased by a rule: a later entry says so of its number. [D7] One record of a stretch
 * without gaps is enough for all of it. A record of fewer entries than its stretch has, as they were once written, is good for
 * as many texts and no more. [D16] `entries`: numbered from 1 without gaps.
 */
export function erasedEntries(entries: readonly MaybeErased[]): ErasedVerdict {
  const records = entries.flatMap((entry) => ("entry" in entry ? saidErased(entry.number, entry.entry) : []));
  const isStretch = ({ entries: count, from, to }: SaidErased) => count === to - from + 1;
  const exact = coveredBy(records.filter(isStretch));
  const gone = entries.filter((entry) => "leaf" in entry).map(({ number }) => number);
  const others = gone.filter((number) => !exact.has(number));
  const loose = records.filter((record) => !isStretch(record)).map((record) => ({ record, left: record.entries }));
  for (const number of others) {
    const speaking = loose.filter(({ record }) => record.from <= number && number <= lastOf(record));
    // Numbers ascend: the record whose stretch is over first serves first, so that none is held short without need.
    const [next] = speaking
      .filter(({ left }) => left > 0)
      .toSorted((one, other) => lastOf(one.record) - lastOf(other.record));
    if (next === undefined) return { unsaid: number, record: speaking[0]?.record ?? null };
    next.left -= 1;
  }
  return { erased: gone.length, erasedByCount: others.length };
}

/** Nothing speaks of itself or of what came after it. */
function lastOf({ by, to }: SaidErased): number {
  return Math.min(to, by - 1);
}

/** The numbers that lie in a stretch, each looked at once. */
function coveredBy(stretches: readonly SaidErased[]): ReadonlySet<number> {
  const covered = new Set<number>();
  let next = 1;
  for (const stretch of stretches.toSorted((one, other) => one.from - other.from)) {
    for (next = Math.max(next, stretch.from); next <= lastOf(stretch); next += 1) covered.add(next);
  }
  return covered;
}

function saidErased(by: number, entry: string): readonly SaidErased[] {
  if (!entry.includes('"kind":"retention-deleted"')) return [];
  const parsed = JSON.parse(entry) as { readonly kind?: unknown; readonly details?: Readonly<Record<string, unknown>> };
  const { class: of, entries, from, to } = parsed.details ?? {};
  if (parsed.kind !== "retention-deleted" || of !== "audit") return [];
  if (!isWhole(entries) || !isWhole(from) || !isWhole(to) || entries > to - from + 1) return [];
  return [{ by, entries, from, to }];
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}
