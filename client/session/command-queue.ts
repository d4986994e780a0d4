import type { Outcome } from "#protocol/session/down.ts";

/** A command as it was made. `at`: the server's time then, as this page knew it; null before it knew. */
export type Entry<Body> = { readonly id: string; readonly at: number | null; readonly body: Body };

export type CommandQueue<Body> = {
  /** Oldest first. */
  entries(): readonly Entry<Body>[];
  /** Resolves when the session has answered. */
  add(entry: Entry<Body>): Promise<Outcome>;
  /** The entry that was answered; null when it was answered before. */
  settle(id: string, outcome: Outcome): Entry<Body> | null;
  /** Takes out what nobody will answer any more. */
  withdraw(which: (entry: Entry<Body>) => boolean): void;
  /** Puts what an earlier page made before all that is there already. */
  restore(entries: readonly Entry<Body>[]): void;
};

/** Commands that the session has not answered yet, in the order in which they were made. */
export function createCommandQueue<Body>(restored: readonly Entry<Body>[] = []): CommandQueue<Body> {
  const waiting = new Map<string, { entry: Entry<Body>; resolve: ((outcome: Outcome) => void) | null }>(
    restored.map((entry) => [entry.id, { entry, resolve: null }]),
  );
  return {
    entries: () => [...waiting.values()].map(({ entry }) => entry),
    add: (entry) => new Promise((resolve) => waiting.set(entry.id, { entry, resolve })),
    settle(id, outcome) {
      const found = waiting.get(id);
      if (found === undefined) return null;
      waiting.delete(id);
      found.resolve?.(outcome);
      return found.entry;
    },
    withdraw(which) {
      for (const [id, { entry }] of waiting) if (which(entry)) waiting.delete(id);
    },
    restore(entries) {
      const later = [...waiting].filter(([id]) => !entries.some((entry) => entry.id === id));
      const again = entries.map((entry) => [entry.id, waiting.get(entry.id) ?? { entry, resolve: null }] as const);
      waiting.clear();
      for (const [id, each] of [...again, ...later]) waiting.set(id, each);
    },
  };
}
