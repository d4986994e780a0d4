import { describe, expect, it } from "vitest";
import { policyNamed } from "#domain/integrity/policy.ts";
import { noDetail } from "#domain/integrity/signal.ts";
import { note } from "#tools/integrity-benchmark/note.ts";
import type { Observation } from "#tools/integrity-benchmark/observation.ts";

const standard = policyNamed("standard");

function begin(at: number): Observation {
  return { at, type: "begin", kind: "no-face", detail: { count: 0, confidence: 1 } };
}

function end(at: number): Observation {
  return { at, type: "end", kind: "no-face" };
}

function noted(observations: readonly Observation[], fresh: readonly number[] = [], until = 100_000) {
  const starts = fresh.map((at) => ({ kind: "no-face" as const, at }));
  return note(standard, observations, starts, until).map(({ kind, subject, notedAt }) => ({ kind, subject, notedAt }));
}

describe("what the law makes of what the sensors told", () => {
  it("[I34] a lasting signal is noted when its window is over, and not when it ends before", () => {
    expect(noted([begin(1_000), end(5_900), begin(10_000), end(30_000)])).toEqual([
      { kind: "no-face", subject: undefined, notedAt: 15_000 },
    ]);
  });

  it("[I34] one that nothing ended is noted as well", () => {
    expect(noted([begin(1_000)])).toMatchObject([{ notedAt: 6_000 }]);
    expect(noted([begin(1_000)], [], 5_999)).toEqual([]);
  });

  it("[I34] the cool-down holds within a clip, and not from one clip to the next", () => {
    const twice = [begin(1_000), end(7_000), begin(9_000), end(15_000)];
    expect(noted(twice)).toMatchObject([{ notedAt: 6_000 }]);
    expect(noted(twice, [8_000])).toMatchObject([{ notedAt: 6_000 }, { notedAt: 14_000 }]);
  });

  it("[I34] a moment is noted at once", () => {
    const moment: Observation = { at: 3_000, type: "moment", kind: "pasted", detail: noDetail };
    expect(noted([moment])).toMatchObject([{ kind: "pasted", notedAt: 3_000 }]);
  });

  it("[I34] a lost sensor is a signal of its own until it says anything else, each for itself", () => {
    const lost = (sensor: "faces" | "head", at: number, state: "lost" | "working"): Observation => ({
      at,
      type: "sensor",
      sensor,
      state,
      reason: null,
    });
    expect(
      noted([lost("faces", 0, "lost"), lost("head", 1_000, "lost"), lost("head", 5_000, "working")]),
    ).toMatchObject([{ kind: "sensor-lost", subject: "faces", notedAt: 10_000 }]);
  });
});
