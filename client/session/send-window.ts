import type { CommandQueue, Entry } from "./command-queue.ts";

/** As many commands go before an answer must come. A page that kept thousands without a network does not send them at once. */
const underWayAtMost = 200;

/** Sends what a queue holds in its order, no faster than the session takes it. */
export type SendWindow = {
  /** Sends what may go now. */
  fill(): void;
  settle(id: string): void;
  /** The session has done neither this command nor any that was sent after it: from here it all goes again, later. */
  holdFrom(id: string): void;
  /** The wait is over. */
  release(): void;
  /** A new line: nothing is on its way by it. */
  clear(): void;
};

export function createSendWindow<Body>(
  queue: Pick<CommandQueue<Body>, "entries">,
  send: (entry: Entry<Body>) => void,
): SendWindow {
  const underWay = new Set<string>();
  let isHeld = false;

  function fill(): void {
    if (isHeld) return;
    for (const entry of queue.entries()) {
      if (underWay.size >= underWayAtMost) return;
      if (underWay.has(entry.id)) continue;
      underWay.add(entry.id);
      send(entry);
    }
  }

  return {
    fill,
    settle: (id) => void underWay.delete(id),
    holdFrom(id) {
      const ids = queue.entries().map((entry) => entry.id);
      const from = ids.indexOf(id);
      if (from === -1) return;
      isHeld = true;
      for (const later of ids.slice(from)) underWay.delete(later);
    },
    release() {
      isHeld = false;
      fill();
    },
    clear() {
      isHeld = false;
      underWay.clear();
    },
  };
}
