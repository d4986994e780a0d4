import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Mutation } from "./mutations.ts";
import type { FromPlayer, Part } from "./player.ts";
import type { Failure } from "./schedule.ts";

export type Played = { readonly played: number; readonly failures: readonly Failure[] };

type PlayOptions = {
  readonly from: number;
  readonly count: number;
  readonly mutation?: Mutation;
  /** Ends at the first failure. */
  readonly isFirstEnough?: boolean;
  readonly threads?: number;
  readonly onPlayed?: (soFar: Played) => void;
};

/** Plays the schedules of consecutive seeds, on as many threads as the computer has to give. */
export async function play(options: PlayOptions): Promise<Played> {
  const { from, count, mutation = null, isFirstEnough = false, threads = availableParallelism(), onPlayed } = options;
  let soFar: Played = { played: 0, failures: [] };
  const players = Array.from({ length: Math.min(threads, count) }, (_, player) => {
    const seeds = Array.from({ length: count }, (_seed, index) => from + index).filter(
      (_seed, index) => index % threads === player,
    );
    const part: Part = { seeds, mutation, isFirstEnough };
    return new Worker(new URL("./player.ts", import.meta.url), { workerData: part, execArgv: [] });
  });
  try {
    await Promise.all(players.map((player) => playersEnd(player)));
  } finally {
    await Promise.all(players.map((player) => player.terminate()));
  }
  return { ...soFar, failures: soFar.failures.toSorted((one, other) => one.seed - other.seed) };

  function playersEnd(player: Worker): Promise<void> {
    return new Promise((resolve, reject) => {
      player.on("message", ({ played, failure }: FromPlayer) => {
        soFar = {
          played: soFar.played + played,
          failures: failure === null ? soFar.failures : [...soFar.failures, failure],
        };
        onPlayed?.(soFar);
      });
      player.on("error", reject);
      player.on("exit", () => resolve());
    });
  }
}

/** A failure as a person reads it, with what to do about it. */
export function failureWords({ seed, invariant, fault, story }: Failure): string {
  return [
    `seed ${seed} breaks ${invariant}: ${fault}`,
    ...story.map((line) => `  ${line}`),
    `Again: npm run simulate -- --schedules 1 --seed ${seed}`,
    `To keep it: add { seed: ${seed}, says: "…" } to test/simulation/regressions.test.ts.`,
  ].join("\n");
}
