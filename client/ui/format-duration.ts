const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Time left as a clock shows it: `1:05:09`, `5:09`, `0:00`. It never shows zero while there is time. */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / second));
  const h = Math.floor(seconds / 3600);
  const m = Math.floor(seconds / 60) % 60;
  const s = String(seconds % 60).padStart(2, "0");
  return h > 0 ? `${h}:${String(m).padStart(2, "0")}:${s}` : `${m}:${s}`;
}

/** A length of time in words, to the second below one hour: `1 hour 30 minutes`, `12 minutes 30 seconds`, `45 seconds`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / second));
  if (seconds < 60) return count(seconds, "second");
  const isLong = seconds >= hour / second;
  const minutes = isLong ? Math.round(ms / minute) : Math.floor(seconds / 60);
  const parts = [
    isLong ? count(Math.floor(minutes / 60), "hour") : null,
    minutes % 60 > 0 ? count(minutes % 60, "minute") : null,
    !isLong && seconds % 60 > 0 ? count(seconds % 60, "second") : null,
  ];
  return parts.filter((part) => part !== null).join(" ");
}

/** `1 answer`, `3 answers`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
