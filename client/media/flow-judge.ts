/**
 * What has come in a receiving section so far. `amount`: pictures decoded, or packets of sound. `keyFrames`: pictures
 * decoded that need none before them; null for sound, and where the browser does not count them.
 */
export type Reading = { readonly amount: number; readonly keyFrames: number | null };

export const nothingYet: Reading = { amount: 0, keyFrames: 0 };

/** `starting`: nothing of this seat has come yet. `stopped`: it came and does not any more, or it never came. */
export type Flow = "starting" | "flowing" | "stopped";

type Watched = {
  readonly keyFramesBefore: number;
  readonly since: number;
  amount: number;
  grewAt: number;
  begun: boolean;
};

/** Media that has not grown for this long (ms) has stopped. A still screen sends a picture about once a second. */
const stillMs = 5_000;
/** How long the first picture may take (ms). The SFU waits for a key frame of the publisher, which took 13 s at worst. */
const absentMs = 15_000;

/** Judges, reading by reading, whether what a section is meant to show really comes. Times are `performance.now()`. */
export function createFlowJudge() {
  const sections = new Map<string, Watched>();
  return {
    /**
     * The section is to show another seat from now on. `before` was read before that was asked for: another publisher's
     * picture begins with a key frame, and until one came the section may still show the seat before.
     */
    begin(mid: string, before: Reading, now: number): void {
      const { amount, keyFrames } = before;
      sections.set(mid, { keyFramesBefore: keyFrames ?? 0, since: now, amount, grewAt: now, begun: false });
    },
    judge(mid: string, { amount, keyFrames }: Reading, now: number): Flow {
      const watched = sections.get(mid);
      if (watched === undefined) return "starting";
      const grew = amount !== watched.amount;
      if (grew) {
        watched.amount = amount;
        watched.grewAt = now;
      }
      watched.begun ||= keyFrames === null ? grew : keyFrames > watched.keyFramesBefore;
      if (!watched.begun) return now - watched.since > absentMs ? "stopped" : "starting";
      return now - watched.grewAt > stillMs ? "stopped" : "flowing";
    },
    forget: (mid: string): void => void sections.delete(mid),
    clear: (): void => sections.clear(),
  };
}
