import type { EpochMs } from "#domain/integrity/signal.ts";

/*
 * The platform does not say how much of what was sent to a socket still waits in its memory. So the session counts what it
 * sends, puts a mark behind it now and then, and the console answers each mark that it has read. Nothing here has a clock.
 */

/** As much may be on its way to a console, in UTF-16 code units, before the session waits for it. */
const unreadAtMost = 256 * 1024;
/** A mark that is not answered by then: who reads so late gets what has changed in one piece, when it answers. */
const answerWithinMs = 5_000;
/** Who has not answered by then reads no more. */
const goneAfterMs = 60_000;
/** A mark goes with the next message after this long, */
const markEveryMs = 1_000;
/** or after this much. Far below what makes the session wait, so that a mark is under way by then. */
const markEvery = 64 * 1024;

/** How far one console has read, as far as the session knows. Lengths are in UTF-16 code units. */
export type Reader = {
  /** Sent and not known to be read. */
  readonly unread: number;
  /** What of it was sent after the mark under way. */
  readonly unreadAfterMark: number;
  /** The mark under way: the moment at which it was sent. Null when the last was answered. */
  readonly mark: EpochMs | null;
  /** The last mark that was sent at all. */
  readonly lastMark: EpochMs;
};

export const newReader: Reader = { unread: 0, unreadAfterMark: 0, mark: null, lastMark: 0 };

export function sent(reader: Reader, length: number): Reader {
  return { ...reader, unread: reader.unread + length, unreadAfterMark: reader.unreadAfterMark + length };
}

/** The mark that should go now behind what was sent, or null. Each is later than the one before. */
export function markDue({ mark, lastMark, unread }: Reader, now: EpochMs): EpochMs | null {
  const isDue = mark === null && unread > 0 && (now - lastMark >= markEveryMs || unread >= markEvery);
  return isDue ? Math.max(now, lastMark + 1) : null;
}

export function marked(reader: Reader, mark: EpochMs): Reader {
  return { ...reader, mark, lastMark: mark, unreadAfterMark: 0 };
}

/** The console has read everything up to the mark. One that is not under way says nothing. */
export function heard(reader: Reader, mark: number): Reader {
  if (mark !== reader.mark) return reader;
  return { ...reader, mark: null, unread: reader.unreadAfterMark };
}

/** Whether the session sends nothing until the console answers. */
export function isHeldUp({ unread, mark }: Reader, now: EpochMs): boolean {
  return unread > unreadAtMost || (mark !== null && now - mark > answerWithinMs);
}

export function isGone({ mark }: Reader, now: EpochMs): boolean {
  return mark !== null && now - mark > goneAfterMs;
}
