import { describe, expect, it } from "vitest";
import type { Violation } from "#domain/integrity/judge.ts";
import { policyNamed } from "#domain/integrity/policy.ts";
import type { SignalKind } from "#domain/integrity/signal.ts";
import { figuresOf } from "#tools/integrity-benchmark/benchmark-report.ts";
import type { PlayedClip } from "#tools/integrity-benchmark/clip.ts";
import { calmMs, precision, recall, score, type SignalScore } from "#tools/integrity-benchmark/score.ts";

const standard = policyNamed("standard");

function clip(about: SignalKind, from: number, to: number, more: Partial<PlayedClip> = {}): PlayedClip {
  return { about, title: `${about} at ${from}`, isThere: true, from, to, truth: { from, to }, ...more };
}

function notThere(about: SignalKind, from: number, to: number): PlayedClip {
  return clip(about, from, to, { isThere: false, truth: null });
}

function noted(kind: SignalKind, notedAt: number): Violation {
  return { kind, severity: "medium", reason: "", from: notedAt, notedAt, confidence: null };
}

function scoreOf(kind: SignalKind, clips: readonly PlayedClip[], violations: readonly Violation[]): SignalScore {
  const found = score(standard, [{ clips, violations }])[kind];
  if (found === undefined) throw new Error("no score");
  return found;
}

describe("labels compared with what was noted", () => {
  it("[I30] recall is the share of what was there that was noted, while it was there or just after", () => {
    const clips = [clip("no-face", 1_000, 9_000), clip("no-face", 20_000, 28_000), clip("no-face", 40_000, 48_000)];
    const found = scoreOf("no-face", clips, [noted("no-face", 6_500), noted("no-face", 29_400)]);
    expect(found.missed).toEqual(["no-face at 40000"]);
    expect(found.timesToDetectMs).toEqual([5_500, 9_400]);
    expect(recall(found)).toBeCloseTo(2 / 3);
    expect(recall({ positives: 0, detected: 0 })).toBe(1);
  });

  it("[I30] what is noted more than a second and a half after the end is no detection but a false alarm", () => {
    const found = scoreOf("no-face", [clip("no-face", 1_000, 9_000)], [noted("no-face", 10_501)]);
    expect(found).toMatchObject({ positives: 1, detected: 0 });
    expect(found.falseAlarms).toHaveLength(1);
  });

  it("[I31] precision is the share of what was noted that was there; a clip about another signal excuses nothing", () => {
    const clips = [clip("no-face", 1_000, 9_000), notThere("camera-covered", 20_000, 22_000)];
    const found = scoreOf("no-face", clips, [
      noted("no-face", 6_500),
      noted("no-face", 21_000),
      noted("no-face", 90_000),
    ]);
    expect(found.falseAlarms.map(({ during }) => during)).toEqual(["camera-covered at 20000", null]);
    expect(precision(found)).toBeCloseTo(1 / 3);
    expect(precision({ detected: 0, falseAlarms: [] })).toBe(1);
  });

  it("[I31] what a clip says is true beside its own signal counts for nothing, noted or not", () => {
    const covered = clip("camera-covered", 1_000, 9_000, { also: ["no-face"] });
    const withAlarm = score(standard, [{ clips: [covered], violations: [noted("no-face", 7_000)] }]);
    expect(withAlarm["no-face"]).toBeUndefined();
    expect(withAlarm["camera-covered"]).toMatchObject({ positives: 1, detected: 0 });
  });

  it("a signal that a preset does not look for has no figures", () => {
    expect(score(standard, [{ clips: [clip("head-turned", 0, 9_000)], violations: [] }])).toEqual({});
  });

  it("[I32] calm is all the time in which nothing was there, and the second and a half after", () => {
    const clips = [
      clip("no-face", 10_000, 20_000),
      clip("window-blurred", 15_000, 18_000),
      notThere("no-face", 30_000, 40_000),
      clip("several-faces", 99_000, 120_000),
    ];
    expect(calmMs(clips, { from: 0, to: 100_000 })).toBe(10_000 + (99_000 - 21_500));
    expect(calmMs([], { from: 5_000, to: 8_000 })).toBe(3_000);
  });

  it("[I33] of the presets' figures the worst is shown", () => {
    const base = { clips: 4, positives: 2, missed: [], falseAlarms: [] };
    const one: SignalScore = { ...base, detected: 2, timesToDetectMs: [2_010, 2_500], windowMs: 2_000 };
    const other: SignalScore = {
      ...base,
      detected: 1,
      missed: ["a title"],
      falseAlarms: [{ kind: "full-screen-left", severity: "medium", during: null }],
      timesToDetectMs: [1_900],
      windowMs: 1_000,
    };
    expect(figuresOf([{ "full-screen-left": one }, { "full-screen-left": other }])).toEqual({
      "full-screen-left": {
        clips: 4,
        positives: 2,
        precision: 0.5,
        recall: 0.5,
        timeToDetectMs: 2_500,
        beyondWindowMs: 900,
        missed: ["a title"],
        falseAlarms: ["between two clips"],
      },
    });
  });
});
