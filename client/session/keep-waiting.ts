import type { Entry } from "./command-queue.ts";
import type { PendingCommands } from "./pending-commands.ts";

/** Where the commands are that the session has not answered. */
export type Waiting<Body> = {
  readonly waiting: readonly Body[];
  /** Those of them that are not on this computer's disk yet. Where it keeps nothing, none: it would be for ever. */
  readonly entering: readonly Body[];
  readonly isDurable: boolean;
};

/** Follows the commands that wait, writes them down, and tells both: that there is one, and that it is on the disk. */
export function keepWaiting<Body>(
  pending: PendingCommands<Body>,
  tell: (waiting: Waiting<Body>) => void,
): (entries: readonly Entry<Body>[]) => void {
  let onDisk: ReadonlySet<string> = new Set(pending.restored.map(({ id }) => id));
  let latest: readonly Entry<Body>[] = pending.restored;
  let { isDurable } = pending;

  function tellNow(): void {
    const entering = isDurable ? latest.filter(({ id }) => !onDisk.has(id)) : [];
    tell({ waiting: latest.map(({ body }) => body), entering: entering.map(({ body }) => body), isDurable });
  }

  async function write(entries: readonly Entry<Body>[]): Promise<void> {
    const isKept = await pending.keep(entries);
    if (isKept) onDisk = new Set([...onDisk, ...entries.map(({ id }) => id)]);
    // A disk that was full may have room again, and holds everything then.
    isDurable = isKept;
    tellNow();
  }

  return (entries) => {
    latest = entries;
    const ids = new Set(entries.map(({ id }) => id));
    onDisk = new Set([...onDisk].filter((id) => ids.has(id)));
    tellNow();
    void write(entries);
  };
}
