/** As often as the cron of wrangler.toml. */
const everyMs = 5 * 60 * 1000;

/**
 * Fires the Worker's cron at `origin`, which the local runtime never does by itself: retention, refunds and what waits to
 * be sent would stand still. Runs until `signal` is aborted. A run that fails is said by the Worker itself, in its output.
 */
export function keepSchedule(origin: string, signal: AbortSignal, every: number = everyMs): void {
  const fire = (): void => void fetch(`${origin}/cdn-cgi/handler/scheduled`, { signal }).catch(() => {});
  const timer = setInterval(fire, every);
  signal.addEventListener("abort", () => clearInterval(timer));
}
