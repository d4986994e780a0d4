import { registerHooks } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type { Mutation } from "./mutations.ts";
import type { Failure } from "./schedule.ts";

/** What a player is to do: these seeds, in their order, on the code as it is or with one mutation of it. */
export type Part = {
  readonly seeds: readonly number[];
  readonly mutation: Mutation | null;
  readonly isFirstEnough: boolean;
};

export type FromPlayer = { readonly played: number; readonly failure: Failure | null };

const { seeds, mutation, isFirstEnough } = workerData as Part;
if (mutation !== null) mutate(mutation);
// Only now: what it imports is read through the hook.
const { playSchedule } = await import("./schedule.ts");

for (const seed of seeds) {
  const failure = await playSchedule(seed);
  parentPort?.postMessage({ played: 1, failure } satisfies FromPlayer);
  if (failure !== null && isFirstEnough) break;
}

/** Changes the real file as it is loaded. The place has to be there exactly once: a mutation does not rot unseen. */
function mutate({ file, from, to }: Mutation): void {
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (!url.endsWith(`/${file}`)) return loaded;
      const text = Buffer.from(loaded.source ?? "").toString("utf8");
      if (text.split(from).length !== 2) throw new Error(`${file} does not have "${from}" exactly once`);
      return { ...loaded, source: text.replace(from, () => to) };
    },
  });
}
