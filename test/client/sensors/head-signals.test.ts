import { describe, expect, test } from "vitest";
import { createHeadBaseline } from "#client/sensors/head-baseline.ts";
import { headPoseOf } from "#client/sensors/head-pose.ts";
import { createHeadSignals, turnOf } from "#client/sensors/head-signals.ts";
import { newEdges } from "./told-edges.ts";

/** Looks at the screen beside the camera, a little down. */
const usual = { yaw: 12, pitch: -8 };

/** One pose a second, from `from` on. Returns when it ended. */
function hold(
  add: (pose: typeof usual, at: number) => unknown,
  pose: typeof usual,
  seconds: number,
  from: number,
): number {
  for (let second = 0; second < seconds; second += 1) {
    // Nobody holds still.
    add({ yaw: pose.yaw + 3 * Math.sin(second), pitch: pose.pitch + 2 * Math.cos(second) }, from + second * 1_000);
  }
  return from + seconds * 1_000;
}

/** The matrix (column after column) of a head turned to the side, then up or down, in degrees. */
function matrixOf(yaw: number, pitch: number): readonly number[] {
  const [y, p] = [(yaw * Math.PI) / 180, (pitch * Math.PI) / 180];
  const [cy, sy, cp, sp] = [Math.cos(y), Math.sin(y), Math.cos(p), Math.sin(p)];
  return [cy, 0, -sy, 0, sy * sp, cp, cy * sp, 0, sy * cp, -sp, cy * cp, 0, 1, 2, -30, 1];
}

test.each([
  [0, 0],
  [35, 0],
  [-35, 0],
  [0, 25],
  [0, -25],
  [20, -15],
])("a head turned by %i and %i degrees is read so from its matrix", (yaw, pitch) => {
  const pose = headPoseOf(matrixOf(yaw, pitch));
  expect(pose.yaw).toBeCloseTo(yaw);
  expect(pose.pitch).toBeCloseTo(pitch);
});

describe("[I47] a head is turned away against the candidate's own first calm half minute", () => {
  test("twenty calm seconds give the middle of how the head was held", () => {
    const { add, pose } = createHeadBaseline();
    hold(add, usual, 20, 0);
    expect(pose()).toBeNull();
    hold(add, usual, 1, 20_000);
    expect(pose()!.yaw).toBeCloseTo(usual.yaw, -1);
    expect(pose()!.pitch).toBeCloseTo(usual.pitch, -1);
  });

  test("it is never changed after that", () => {
    const { add, pose } = createHeadBaseline();
    const end = hold(add, usual, 25, 0);
    const found = pose();
    hold(add, { yaw: 60, pitch: 0 }, 120, end);
    expect(pose()).toBe(found);
  });

  test("who looks about is waited for", () => {
    const { add, pose } = createHeadBaseline();
    let at = 0;
    for (const yaw of [0, 40, -40, 10, 50, -30]) at = hold(add, { yaw, pitch: 0 }, 6, at);
    expect(pose()).toBeNull();
    hold(add, usual, 32, at);
    expect(pose()!.yaw).toBeCloseTo(usual.yaw, -1);
  });

  test("one glance aside does not spoil it", () => {
    const { add, pose } = createHeadBaseline();
    let at = hold(add, usual, 10, 0);
    at = hold(add, { yaw: 50, pitch: 0 }, 3, at);
    hold(add, usual, 10, at);
    expect(pose()!.yaw).toBeCloseTo(usual.yaw, -1);
  });

  test("a slow machine, which reads a pose in four seconds, finds it too", () => {
    const { add, pose } = createHeadBaseline();
    for (let at = 0; at <= 24_000; at += 4_000) add(usual, at);
    expect(pose()).toEqual(usual);
  });
});

describe("the signal of a turned head", () => {
  function newSignals() {
    const { edges, told } = newEdges();
    const signals = createHeadSignals(edges, createHeadBaseline());
    const end = hold((pose, at) => signals.looked(pose, at), usual, 25, 0);
    return { told, look: (yaw: number, pitch: number) => signals.looked({ yaw, pitch }, end), signals, end };
  }

  test.each([
    ["to the side", usual.yaw + 40, usual.pitch],
    ["to the other side", usual.yaw - 40, usual.pitch],
    ["down", usual.yaw, usual.pitch - 30],
    ["up", usual.yaw, usual.pitch + 30],
  ])("two readings %s begin it, and two back end it", (_, yaw, pitch) => {
    const { told, look } = newSignals();
    look(yaw, pitch);
    expect(told).toEqual([]);
    look(yaw, pitch);
    look(usual.yaw, usual.pitch);
    look(usual.yaw, usual.pitch);
    expect(told.map((each) => (each as unknown[]).slice(0, 2))).toEqual([
      ["begin", "head-turned"],
      ["end", "head-turned"],
    ]);
  });

  test("a glance within thirty degrees to the side and twenty up or down is none", () => {
    const { told, look } = newSignals();
    for (const _ of [1, 2, 3]) look(usual.yaw + 24, usual.pitch - 14);
    expect(told).toEqual([]);
  });

  test("the further away, the surer", () => {
    const confidence = (yaw: number): unknown => {
      const { told, look } = newSignals();
      for (const _ of [1, 2]) look(usual.yaw + yaw, usual.pitch);
      return (told[0] as [string, string, { confidence: number }])[2].confidence;
    };
    expect(confidence(35)).toBeLessThan(confidence(43) as number);
    expect(confidence(70)).toBe(1);
  });

  test("a head that is no longer seen is not said to be turned", () => {
    const { told, look, signals, end } = newSignals();
    for (const _ of [1, 2]) look(usual.yaw + 50, usual.pitch);
    for (const _ of [1, 2]) signals.looked(null, end);
    expect(told.at(-1)).toEqual(["end", "head-turned"]);
  });

  test("nothing is said before the baseline is known, nor of a head that was lost", () => {
    const { edges, told } = newEdges();
    const signals = createHeadSignals(edges, createHeadBaseline());
    for (const at of [0, 1_000, 2_000]) signals.looked({ yaw: 80, pitch: 0 }, at);
    expect(told).toEqual([]);
    const turned = newSignals();
    for (const _ of [1, 2]) turned.look(usual.yaw + 50, usual.pitch);
    turned.signals.lost();
    expect(turned.told.at(-1)).toEqual(["end", "head-turned"]);
  });

  test("a turn of one is where turned away begins", () => {
    expect(turnOf({ yaw: 30, pitch: 0 }, { yaw: 0, pitch: 0 })).toBe(1);
    expect(turnOf({ yaw: 0, pitch: -20 }, { yaw: 0, pitch: 0 })).toBe(1);
  });
});
