import { describe, expect, test } from "vitest";
import { createPauseWatch } from "#client/sensors/pause-watch.ts";

/** Looks four times a second from `from` to `to` (ms), and says what each look said. */
function looks(watch: ReturnType<typeof createPauseWatch>, from: number, to: number): readonly boolean[] {
  const said: boolean[] = [];
  for (let at = from; at <= to; at += 250) said.push(watch.look(at));
  return said;
}

describe("a worker at its breakpoint", () => {
  test("[I54] one that stands still while the page goes on is held by a debugger, until it passes at once", () => {
    const watch = createPauseWatch();
    watch.look(0);
    watch.reaches();
    expect(looks(watch, 250, 500)).toEqual([false, false]);
    expect(looks(watch, 750, 5000)).not.toContain(false);
    watch.passes(5100);
    expect(watch.look(5250)).toBe(true);
    watch.reaches();
    watch.passes(0.1);
    expect(watch.look(5500)).toBe(false);
  });

  test("one that passes at once is not held", () => {
    const watch = createPauseWatch();
    for (let at = 0; at < 5000; at += 250) {
      watch.reaches();
      watch.passes(0.01);
      expect(watch.look(at)).toBe(false);
    }
  });

  test("one that a hand lets go on each time is held throughout", () => {
    const watch = createPauseWatch();
    watch.look(0);
    for (let start = 0; start < 6000; start += 1500) {
      watch.reaches();
      looks(watch, start + 250, start + 1250);
      watch.passes(1300);
      expect(watch.look(start + 1500)).toBe(true);
    }
  });

  test("[I54] a sleep of the computer, or a page that stood still, holds nobody", () => {
    const watch = createPauseWatch();
    watch.look(0);
    watch.reaches();
    // An hour passes for both; the look comes before the answer that waits in line.
    expect(watch.look(3_600_000)).toBe(false);
    watch.passes(0.1);
    expect(watch.look(3_600_250)).toBe(false);
    watch.reaches();
    watch.passes(3_600_000);
    expect(watch.look(7_200_000)).toBe(false);
  });
});
