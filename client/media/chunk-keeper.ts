import { backoffMs } from "../session/backoff.ts";

export type KeeperState = {
  /** Why the disk does not take the chunk that is to be put there now. */
  readonly fault: "disk-full" | "not-written" | null;
  /** Chunks that were given up. */
  readonly lost: number;
};

/** Tried for about two minutes: as long as somebody needs to free some space. */
const mostTries = 12;

/**
 * Puts chunks on the disk one after the other, in the order in which they come. A disk that does not take one is tried
 * again; those behind it wait in memory.
 */
export function createChunkKeeper<Chunk>(
  put: (chunk: Chunk) => Promise<void>,
  onState: (state: KeeperState) => void,
): { keep(chunk: Chunk): void; finish(): Promise<void> } {
  let state: KeeperState = { fault: null, lost: 0 };
  let kept: Promise<void> = Promise.resolve();
  let isFinishing = false;
  let wake = (): void => {};

  function tell(next: KeeperState): void {
    if (next.fault === state.fault && next.lost === state.lost) return;
    state = next;
    onState(state);
  }

  async function keepOne(chunk: Chunk): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await put(chunk);
        return tell({ ...state, fault: null });
      } catch (error) {
        // The disk is full, the browser took the storage away, or the recorder's bytes could not be read.
        tell({ ...state, fault: isFull(error) ? "disk-full" : "not-written" });
        if (tries >= mostTries || isFinishing) return tell({ ...state, lost: state.lost + 1 });
        await rest(tries);
      }
    }
  }

  function rest(tries: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, backoffMs(tries, Math.random()));
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  return {
    keep(chunk) {
      kept = kept.then(() => keepOne(chunk));
    },
    /** Tries each that is left once more, and resolves when none is. */
    finish() {
      isFinishing = true;
      wake();
      return kept;
    },
  };
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}
