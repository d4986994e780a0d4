import type { EpochMs } from "../integrity/signal.ts";
import { type DataClass, dataClasses } from "./data-class.ts";
import { dayMs, dueAt, type Periods } from "./period.ts";

/**
 * Of one class and one day, what is there: `held` of it by a legal hold. For the audit the day of its entries, for all
 * else that on which attempts ended. `sitting` says whose attempts, null for the audit.
 */
export type Heap = {
  readonly of: DataClass;
  readonly endedAt: EpochMs;
  readonly sittingId: string | null;
  readonly count: number;
  readonly held: number;
};

/** What a run would delete of one class now, and what becomes due in each of the coming spans. */
export type ClassPlan = {
  readonly of: DataClass;
  readonly due: number;
  /** Due, and kept by a hold. */
  readonly held: number;
  /** Not due yet. */
  readonly waiting: number;
  readonly nextDueAt: EpochMs | null;
  readonly coming: readonly number[];
};

/** What a run would delete now of one sitting. */
export type SittingPlan = { readonly sittingId: string; readonly due: Readonly<Partial<Record<DataClass, number>>> };

export type Plan = { readonly classes: readonly ClassPlan[]; readonly sittings: readonly SittingPlan[] };

/** How long one of the spans is that `coming` counts in, and how many there are. */
export const spanMs = 30 * dayMs;
export const spans = 12;

/** [D4] What a run at this moment would delete, and when the rest falls due. It changes nothing. */
export function planOf(heaps: readonly Heap[], periods: Periods, now: EpochMs): Plan {
  const dated = heaps.map((heap) => ({ ...heap, dueAt: dueAt(heap.of, heap.endedAt, periods) ?? Infinity }));
  const due = dated.filter((heap) => heap.dueAt <= now);
  const classes = dataClasses.map((of) => {
    const mine = dated.filter((heap) => heap.of === of);
    const later = mine.filter((heap) => heap.dueAt > now);
    const held = sum(due.filter((heap) => heap.of === of).map((heap) => heap.held));
    return {
      of,
      due: sum(due.filter((heap) => heap.of === of).map((heap) => heap.count)) - held,
      held,
      waiting: sum(later.map((heap) => heap.count)),
      nextDueAt: later.length === 0 ? null : Math.min(...later.map((heap) => heap.dueAt)),
      coming: Array.from({ length: spans }, (_, span) =>
        sum(
          later
            .filter((heap) => Math.floor((heap.dueAt - now) / spanMs) === span)
            .map((heap) => heap.count - heap.held),
        ),
      ),
    };
  });
  const sittings = new Map<string, Partial<Record<DataClass, number>>>();
  for (const { of, sittingId, count, held } of due) {
    if (sittingId === null || count === held) continue;
    const counts = sittings.get(sittingId) ?? {};
    sittings.set(sittingId, { ...counts, [of]: (counts[of] ?? 0) + count - held });
  }
  return { classes, sittings: [...sittings].map(([sittingId, counts]) => ({ sittingId, due: counts })) };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
