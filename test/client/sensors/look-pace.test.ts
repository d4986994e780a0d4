import { describe, expect, test } from "vitest";
import { createLookPace } from "#client/sensors/look-pace.ts";

/** At which of so many beats models look. */
function due(pace: ReturnType<typeof createLookPace>, beats: number): string {
  return Array.from({ length: beats }, () => (pace.isDue() ? "x" : ".")).join("");
}

describe("[I48] models look less often on a slow machine, and as often as before when it recovers", () => {
  test("a quick machine looks at every beat", () => {
    const pace = createLookPace(1_000);
    for (const _ of Array.from({ length: 20 })) pace.answered(30);
    expect(due(pace, 4)).toBe("xxxx");
    expect(pace.isSlow()).toBe(false);
  });

  test("one slow answer changes nothing", () => {
    const pace = createLookPace(1_000);
    for (const tookMs of [900, 30, 900, 30]) pace.answered(tookMs);
    expect(pace.isSlow()).toBe(false);
  });

  test("two slow answers in a row make it every second beat, two more every fourth, and never less", () => {
    const pace = createLookPace(1_000);
    for (const _ of [1, 2]) pace.answered(700);
    expect(pace.isSlow()).toBe(true);
    expect(due(pace, 6)).toBe("x.x.x.");
    for (const _ of [1, 2]) pace.answered(1_200);
    expect(due(pace, 9)).toBe("..x...x..");
    for (const _ of Array.from({ length: 9 })) pace.answered(3_900);
    expect(due(pace, 8)).toMatch(/^\.*x\.{3}x\.*$/);
  });

  test("beats of the page that come late count as slow answers", () => {
    const pace = createLookPace(1_000);
    pace.late();
    expect(pace.isSlow()).toBe(false);
    pace.late();
    expect(pace.isSlow()).toBe(true);
  });

  test("it recovers step by step, after eight quick answers for each", () => {
    const pace = createLookPace(1_000);
    for (const tookMs of [900, 900, 1_800, 1_800]) pace.answered(tookMs);
    for (const _ of Array.from({ length: 8 })) pace.answered(100);
    expect(pace.isSlow()).toBe(true);
    for (const _ of Array.from({ length: 7 })) pace.answered(100);
    expect(pace.isSlow()).toBe(true);
    pace.answered(100);
    expect(pace.isSlow()).toBe(false);
  });

  test("an answer that would be slow at twice the pace does not bring it back", () => {
    const pace = createLookPace(1_000);
    for (const _ of [1, 2]) pace.answered(900);
    for (const _ of Array.from({ length: 30 })) pace.answered(450);
    expect(pace.isSlow()).toBe(true);
  });
});
