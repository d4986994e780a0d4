import { setTimeout as pause } from "node:timers/promises";

const POLL_MS = 20;

/** Asks `find` again and again until it gives something other than null, or for `patienceMs` at most. */
export async function waitUntil<T>(find: () => T | null, patienceMs: number): Promise<T | null> {
  const found = find();
  if (found !== null || patienceMs <= 0) return found;
  const askedAt = performance.now();
  await pause(POLL_MS);
  return waitUntil(find, patienceMs - (performance.now() - askedAt));
}
