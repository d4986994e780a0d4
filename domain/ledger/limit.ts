import { attemptPrice } from "./entry.ts";

/** How an institution stands. Amounts as in entry.ts. */
export type Standing = {
  readonly balance: number;
  /** Attempts that may begin and have not: candidates who hold a place in a sitting that is not over. */
  readonly promised: number;
  /** How far below zero the balance may go; null: no limit. */
  readonly overdraft: number | null;
};

/** [B8] [B9] For how many more candidates there is credit, beside those who hold a place; null: no limit. */
export function placesLeft({ balance, promised, overdraft }: Standing): number | null {
  if (overdraft === null) return null;
  return Math.max(0, Math.floor((balance + overdraft) / attemptPrice) - promised);
}

export function mayRegister(standing: Standing, candidates: number): boolean {
  const left = placesLeft(standing);
  return left === null || candidates <= left;
}
