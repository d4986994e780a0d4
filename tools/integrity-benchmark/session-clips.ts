import type { LoadCandidate } from "../rehearse/load-candidate.ts";
import type { LoadSocket } from "../rehearse/socket.ts";
import type { Clip, Interval } from "./clip.ts";
import { during, wait } from "./stage.ts";

/** The line of one candidate to the session. */
export type Line = {
  readonly candidate: LoadCandidate;
  /** Opens another page of the same candidate, in the same browser. */
  readonly another: () => Promise<LoadSocket>;
};

/** What the session itself notices. Each has a candidate of its own. `play` says when it was really there, or null. */
export type SessionClip = Clip & { readonly play: (line: Line) => Promise<Interval | null> };

function cut(isThere: boolean, ms: number, title: string): SessionClip {
  return {
    about: "connection-lost",
    isThere,
    title,
    async play({ candidate }) {
      const down = await during(
        ms,
        async () => candidate.disconnect(),
        () => candidate.connect(),
      );
      return isThere ? down : null;
    },
  };
}

function second(title: string, beforeMs: number): SessionClip {
  return {
    about: "second-session",
    isThere: true,
    title,
    async play({ another }) {
      await wait(beforeMs);
      const from = Date.now();
      const beside = await another();
      await wait(500);
      beside.close();
      return { from, to: Date.now() };
    },
  };
}

export const sessionClips: readonly SessionClip[] = [
  cut(true, 7_000, "the line is down for seven seconds"),
  cut(true, 9_000, "the line is down for nine seconds"),
  cut(true, 14_000, "the line is down for fourteen seconds"),
  cut(false, 1_000, "the line is down for a second"),
  cut(false, 3_500, "the line is down for three and a half seconds"),
  second("a second page beside the first", 0),
  second("a second page beside the first, later", 3_000),
  {
    about: "second-session",
    isThere: false,
    title: "the page is loaded again",
    async play({ candidate }) {
      candidate.disconnect();
      await wait(300);
      await candidate.connect();
      return null;
    },
  },
];
