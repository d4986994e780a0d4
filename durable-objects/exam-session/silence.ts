import type { AttemptId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Loaded } from "./event-log.ts";
import { closeQuietly, type Sockets } from "./sockets.ts";

/**
 * A page says "ping" every ten seconds. One that misses two of them is not there, though no close came: a cable that is
 * pulled tells nobody, and the runtime may not find out for minutes.
 */
export const silentAfterMs = 25_000;

/** Whose line is dead, and how long ago the page was last heard. */
export type Gone = { readonly attemptId: AttemptId; readonly agoMs: number };

/**
 * When to look for candidates who fell silent, and who they are. Only those whose exam is open are watched: a session in
 * which nobody is at work has no look ahead of it, and may sleep.
 */
export function createSilence(sockets: Sockets, attempts: ReadonlyMap<AttemptId, Loaded>) {
  let lookAt: EpochMs | null = null;

  function watched(): readonly AttemptId[] {
    return [...attempts].filter(([, loaded]) => isAtWork(loaded)).map(([attemptId]) => attemptId);
  }

  /** The moment at which the first of those who are here would have been silent for too long. */
  function next(): EpochMs | null {
    const heard = watched().flatMap((attemptId) =>
      sockets.candidate(attemptId).map((socket) => sockets.heardAt(socket)),
    );
    return heard.length === 0 ? null : Math.min(...heard) + silentAfterMs;
  }

  return {
    lookAt: (): EpochMs | null => lookAt,

    /** An attempt has changed. Cheap, for it comes often: nobody who is here now can be silent for too long sooner. */
    expect(loaded: Loaded, now: EpochMs): void {
      if (isAtWork(loaded)) lookAt ??= now + silentAfterMs;
    },

    /** After a start, from the sockets that outlived the sleep. */
    reckon(): void {
      lookAt = next();
    },

    /** Closes lines that are silent, and answers whose candidates are gone by that. */
    look(now: EpochMs): readonly Gone[] {
      if (lookAt === null || now < lookAt) return [];
      const gone = watched().flatMap((attemptId): readonly Gone[] => {
        const attempt = attempts.get(attemptId)?.attempt;
        const silent = sockets.candidate(attemptId).filter((socket) => sockets.heardAt(socket) + silentAfterMs <= now);
        const agoMs = now - Math.max(...silent.map((socket) => sockets.heardAt(socket)));
        for (const socket of silent) closeQuietly(socket, 1001, "nothing was heard");
        return silent.length > 0 && !sockets.isOnline(attemptId, attempt) ? [{ attemptId, agoMs }] : [];
      });
      lookAt = next();
      return gone;
    },
  };
}

function isAtWork({ attempt }: Loaded): boolean {
  return attempt.status === "open" || attempt.status === "paused";
}
