/** A timer that sleeps with the computer is looked after at least so often. */
const lookEveryMs = 1_000;

/**
 * Says whether the time is up by the server's clock as this page measures it, whenever that changes. `leftMs`: null
 * while no clock runs. Look again when anything may have moved the end.
 */
export function watchTime(leftMs: () => number | null, onChange: (isUp: boolean) => void) {
  let isUp = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(): boolean {
    clearTimeout(timer);
    const left = leftMs();
    const isUpNow = left !== null && left <= 0;
    if (left !== null) timer = setTimeout(look, isUpNow ? lookEveryMs : Math.min(left, lookEveryMs));
    if (isUpNow !== isUp) {
      isUp = isUpNow;
      onChange(isUp);
    }
    return isUp;
  }

  return { look, stop: () => clearTimeout(timer) };
}
