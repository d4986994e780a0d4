import type { EpochMs } from "../integrity/signal.ts";
import type { AttemptEvent, AttemptFact } from "./event.ts";
import type { AttemptStatus } from "./state.ts";

/** Another browser asks the proctor to go on with the attempt. `seq` is that of its event, and names it. */
export type TakeOverRequest = { readonly seq: number; readonly at: EpochMs; readonly browser: string };

/** Who may write an attempt: one page of one browser, and what is asked about it. docs/spec/attempt.md, One writer. */
export type Writing = {
  /** The page that writes; null before one came, and after the attempt went to another browser. */
  readonly page: string | null;
  /** Since when it writes. */
  readonly since: EpochMs | null;
  /** The attempt came to a browser whose devices have not been checked. */
  readonly checkFirst: boolean;
  readonly request: TakeOverRequest | null;
  readonly refused: { readonly browser: string; readonly reason: string } | null;
  /** When another browser asked or took over, the latest few. */
  readonly asked: readonly EpochMs[];
  /** The browser that the attempt was taken from last, and when. */
  readonly left: { readonly browser: string; readonly at: EpochMs } | null;
};

export const nobodyWrites: Writing = {
  page: null,
  since: null,
  checkFirst: false,
  request: null,
  refused: null,
  asked: [],
  left: null,
};

/** [A126] Another browser asks or takes over at most so often in an hour. */
export const mostAskedAnHour = 6;

export type WritingFact = Extract<
  AttemptFact,
  { type: "writerChanged" | "takeOverAsked" | "takeOverRefused" | "browserReleased" | "browserBound" }
>;

/** `from`: the browser that the attempt belonged to, and its status, until this fact. */
export function writingAfter(
  before: Writing,
  fact: WritingFact,
  { seq, at }: AttemptEvent,
  from: { readonly browser: string | null; readonly status: AttemptStatus },
): Writing {
  switch (fact.type) {
    case "writerChanged":
      return { ...before, page: fact.page, since: at };
    case "takeOverAsked":
      return {
        ...before,
        request: { seq, at, browser: fact.browser },
        refused: null,
        asked: askedAlso(before.asked, at),
      };
    case "takeOverRefused": {
      const { browser = "" } = before.request ?? {};
      return { ...before, request: null, refused: { browser, reason: fact.reason } };
    }
    case "browserReleased":
      return { ...nobodyWrites, asked: before.asked };
    case "browserBound": {
      if (fact.how === undefined) return before;
      return {
        ...nobodyWrites,
        checkFirst: from.status !== "consented",
        // What was granted was counted when it was asked.
        asked: fact.how === "granted" ? before.asked : askedAlso(before.asked, at),
        left: from.browser === null ? null : { browser: from.browser, at },
      };
    }
  }
}

function askedAlso(before: readonly EpochMs[], at: EpochMs): readonly EpochMs[] {
  return [...before, at].slice(-mostAskedAnHour);
}
