import { largestCapacity } from "#domain/exam/rooms.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { formatDuration } from "../ui/format-duration.ts";

type NewSitting = {
  readonly title: string;
  readonly opensAt: EpochMs | null;
  readonly closesAt: EpochMs | null;
  readonly durationMs: number;
  readonly roomCapacity: number;
};

/** What is to be done beside each field, null where nothing is. The hint keeps nobody from going on. */
export type NewSittingFaults = {
  readonly title: string | null;
  readonly opens: string | null;
  readonly closes: string | null;
  readonly capacity: string | null;
  readonly hint: string | null;
};

export function newSittingFaults(
  { title, opensAt, closesAt, durationMs, roomCapacity }: NewSitting,
  now: EpochMs,
): NewSittingFaults {
  const length = title.trim().length;
  const isOrdered = opensAt !== null && closesAt !== null && opensAt < closesAt;
  const isRoom = Number.isInteger(roomCapacity) && roomCapacity >= 1 && roomCapacity <= largestCapacity;
  const isShort = isOrdered && closesAt - opensAt < durationMs;
  return {
    title: length === 0 || length > 200 ? "Give the sitting a title, at most 200 characters." : null,
    opens: opensAt === null ? "Enter the day and the time." : null,
    closes: closesFault(isOrdered, opensAt, closesAt, now),
    capacity: isRoom ? null : `Enter a number from 1 to ${largestCapacity}.`,
    hint: isShort
      ? `The window is shorter than the exam (${formatDuration(durationMs)}). That is fine when everybody begins together.`
      : null,
  };
}

function closesFault(isOrdered: boolean, opensAt: EpochMs | null, closesAt: EpochMs | null, now: EpochMs) {
  if (closesAt === null) return "Enter the day and the time.";
  if (closesAt <= now) return "That is over already. Choose a later time.";
  return opensAt === null || isOrdered ? null : "Choose a time after the opening.";
}
