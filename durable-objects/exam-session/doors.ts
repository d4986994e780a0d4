import { type Door, doorOf } from "#domain/attempt/take-over.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { SessionConfig, Standing } from "#protocol/session/rpc.ts";
import type { Loaded } from "./event-log.ts";
import type { SetAside } from "./set-aside.ts";
import { asSystem, type Order } from "./turn.ts";

type Doorway = {
  readonly attempts: ReadonlyMap<AttemptId, Loaded>;
  readonly setAside: ReadonlyMap<AttemptId, SetAside>;
  readonly act: (orders: readonly Order[]) => unknown;
  readonly known: () => SessionConfig;
};

/** Which browser may come in to an attempt, and what another one may do about it. */
export function createDoors({ attempts, setAside, act, known }: Doorway) {
  function door(attemptId: AttemptId, browser: string): Door | null {
    const aside = setAside.get(attemptId);
    // Its own browser comes as far as the socket, which says how it is. [R19]
    if (aside !== undefined) {
      return aside.browser === null || aside.browser === browser ? { way: { kind: "in" }, leftAt: null } : null;
    }
    const attempt = attempts.get(attemptId)?.attempt;
    if (attempt === undefined || attempt.status === "unregistered") return null;
    return doorOf(attempt, browser, known().exam, Date.now());
  }

  return {
    /** Until somebody consents any browser may come in, from then on the one that did. [A5] */
    standing(attemptId: AttemptId, browser: string): Standing {
      const found = door(attemptId, browser);
      if (found === null) return "unknown";
      if (found.way.kind === "in") return "welcome";
      return found.leftAt === null ? "another-browser" : "left";
    },

    door,

    checkIn(attemptId: AttemptId, browser: string): Door | null {
      // Only a freed attempt is bound by this; to any other the law says that it is so already, or refuses.
      if (door(attemptId, browser) !== null) act([asSystem(attemptId, { type: "bindBrowser", browser })]);
      return door(attemptId, browser);
    },

    goOnElsewhere(attemptId: AttemptId, browser: string): Door | null {
      if (door(attemptId, browser) !== null) act([asSystem(attemptId, { type: "goOnElsewhere", browser })]);
      return door(attemptId, browser);
    },
  };
}

export type Doors = ReturnType<typeof createDoors>;
