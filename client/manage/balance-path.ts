import type { EpochMs } from "#domain/integrity/signal.ts";
import type { DayBalance } from "#domain/ledger/balance-by-day.ts";

const dayMs = 86_400_000;

/** Heights from 0 (top) to 1 (bottom) of the picture; `line` in a square of 1 by 1, as an SVG path. */
export type BalancePath = { readonly line: string; readonly zero: number; readonly limit: number | null };

/**
 * The balance as a line of steps: it stays until the day that changes it, and the last one goes on until `until`. The picture
 * holds zero always, and the limit where there is one.
 */
export function balancePath(days: readonly DayBalance[], overdraft: number | null, until: EpochMs): BalancePath {
  const balances = days.map(({ balance }) => balance);
  const top = Math.max(0, ...balances);
  const bottom = Math.min(0, ...balances, ...(overdraft === null ? [] : [-overdraft]));
  const height = (balance: number) => round(top === bottom ? 1 : (top - balance) / (top - bottom));
  const begins = days[0]?.at ?? until;
  // The balance is that of a day's end.
  const width = Math.max(until - begins, dayMs);
  const steps = days.map(({ at, balance }, index) => {
    const x = round(Math.min(1, (at - begins) / width));
    return index === 0 ? `M${x} ${height(balance)}` : `H${x}V${height(balance)}`;
  });
  return {
    line: days.length === 0 ? "" : `${steps.join("")}H1`,
    zero: height(0),
    limit: overdraft === null || overdraft === 0 ? null : height(-overdraft),
  };
}

function round(number: number): number {
  return Math.round(number * 10_000) / 10_000;
}
