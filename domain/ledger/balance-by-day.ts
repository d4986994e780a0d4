import type { EpochMs } from "../integrity/signal.ts";

/** `at`: when the day begins, in UTC. */
export type DayBalance = { readonly at: EpochMs; readonly balance: number };

/** [B5] The balance at the end of each day, of by how much it changed on it; the days in order. */
export function balanceByDay(changes: readonly { readonly at: EpochMs; readonly change: number }[]): DayBalance[] {
  let balance = 0;
  return changes.map(({ at, change }) => {
    balance += change;
    return { at, balance };
  });
}
