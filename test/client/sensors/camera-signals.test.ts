import { describe, expect, test } from "vitest";
import { createCameraSignals, isCovered } from "#client/sensors/camera-signals.ts";
import { isSamePicture, pictureStatistics } from "#client/sensors/picture-statistics.ts";
import { newEdges } from "./told-edges.ts";

const width = 320;
const height = 240;

/** A grey picture, by the brightness of each pixel. Noise of `noise` levels either way, always the same. */
function picture(brightnessAt: (x: number, y: number) => number, noise = 0): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(4 * width * height);
  let seed = 1;
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    const level = brightnessAt(pixel % width, Math.floor(pixel / width)) + ((seed / 2_147_483_648) * 2 - 1) * noise;
    rgba.set([level, level, level, 255], 4 * pixel);
  }
  return rgba;
}

const statisticsOf = (rgba: Uint8ClampedArray) => pictureStatistics(rgba, width, height);

/** A bright face before a wall, by and large. */
const person = (x: number, y: number): number => (Math.hypot(x - 160, y - 120) < 60 ? 170 : 90 + 40 * Math.sin(x / 20));

describe("the statistics of a picture", () => {
  test("a plain picture has its brightness, no contrast and no detail", () => {
    const { brightness, contrast, detail } = statisticsOf(picture(() => 100));
    expect(brightness).toBeCloseTo(100);
    expect(contrast).toBeCloseTo(0);
    expect(detail).toBeCloseTo(0);
  });

  test("a picture of which one half is black and the other white has the most contrast, and little detail", () => {
    const { brightness, contrast, detail } = statisticsOf(picture((x) => (x < 160 ? 0 : 255)));
    expect(brightness).toBeCloseTo(127.5);
    expect(contrast).toBeCloseTo(127.5);
    // One of the 31 borders between columns, among the borders between rows.
    expect(detail).toBeCloseTo((24 * 255) / (31 * 24 + 32 * 23));
  });

  test("noise is averaged away", () => {
    const { contrast, detail } = statisticsOf(picture(() => 100, 20));
    expect(contrast).toBeLessThan(2.5);
    expect(detail).toBeLessThan(2.5);
  });

  test("two pictures are the same only when not one pixel differs", () => {
    const one = picture(person);
    const other = one.slice();
    expect(isSamePicture(one, other)).toBe(true);
    other[4 * 1_000] = other[4 * 1_000]! + 1;
    expect(isSamePicture(one, other)).toBe(false);
    expect(isSamePicture(one, one.slice(4))).toBe(false);
  });
});

describe("[I44] a camera is covered when its picture is dark and flat, or flat with little detail", () => {
  test.each([
    ["a black picture", picture(() => 0)],
    ["a lid before the lens, with the noise of a camera in the dark", picture(() => 8, 8)],
    ["a hand before the lens, a little lighter at one side", picture((x) => 8 + x / 40, 4)],
    ["white paper", picture(() => 230, 2)],
    ["tape, a little darker at the rim", picture((x, y) => 120 - Math.hypot(x - 160, y - 120) / 20, 2)],
  ])("covered: %s", (_, rgba) => {
    expect(isCovered(statisticsOf(rgba))).toBe(true);
  });

  test.each([
    ["a person before a wall", picture(person, 3)],
    ["the same in dim light", picture((x, y) => person(x, y) / 8, 4)],
    ["an empty room with a window", picture((x, y) => (x > 220 && y < 120 ? 240 : 80), 3)],
    ["a gradient", picture((x, y) => 60 + x / 4 + y / 4)],
  ])("not covered: %s", (_, rgba) => {
    expect(isCovered(statisticsOf(rgba))).toBe(false);
  });
});

describe("the signals of the camera's picture", () => {
  const seen = statisticsOf(picture(person));
  const black = statisticsOf(picture(() => 0));

  function newSignals() {
    const { edges, told } = newEdges();
    return { told, signals: createCameraSignals(edges) };
  }

  test("one covered picture proves nothing, two in a row do, and two good ones end it", () => {
    const { told, signals } = newSignals();
    for (const statistics of [seen, black, seen, black]) signals.looked({ statistics, isSame: false });
    expect(told).toEqual([]);
    for (const statistics of [black, seen, seen]) signals.looked({ statistics, isSame: false });
    expect(told.map((each) => (each as unknown[]).slice(0, 2))).toEqual([
      ["begin", "camera-covered"],
      ["end", "camera-covered"],
    ]);
  });

  test("[I45] a camera is frozen while its pictures do not differ in one pixel", () => {
    const { told, signals } = newSignals();
    for (const isSame of [null, false, true, false, true]) signals.looked({ statistics: seen, isSame });
    expect(told).toEqual([]);
    for (const isSame of [true, true, false, false]) signals.looked({ statistics: seen, isSame });
    expect(told.map((each) => (each as unknown[]).slice(0, 2))).toEqual([
      ["begin", "camera-frozen"],
      ["end", "camera-frozen"],
    ]);
  });

  test("a black picture that stays black is covered, and not frozen as well", () => {
    const { told, signals } = newSignals();
    for (const isSame of [null, true, true, true]) signals.looked({ statistics: black, isSame });
    expect(told.map((each) => (each as unknown[])[1])).toEqual(["camera-covered"]);
  });

  test("while nobody can tell whether pictures differ, a frozen camera stays as it was", () => {
    const { told, signals } = newSignals();
    for (const isSame of [true, true, null, null, null]) signals.looked({ statistics: seen, isSame });
    expect(told).toHaveLength(1);
  });

  test("says whether both readings agreed with those before them", () => {
    const { signals } = newSignals();
    expect(signals.looked({ statistics: seen, isSame: null })).toBe(false);
    expect(signals.looked({ statistics: seen, isSame: false })).toBe(false);
    expect(signals.looked({ statistics: seen, isSame: false })).toBe(true);
    expect(signals.looked({ statistics: black, isSame: false })).toBe(false);
  });

  test("a lost camera takes back what was said of its picture", () => {
    const { told, signals } = newSignals();
    for (const _ of [1, 2]) signals.looked({ statistics: black, isSame: false });
    signals.lost();
    signals.looked({ statistics: black, isSame: false });
    expect(told.map((each) => (each as unknown[]).slice(0, 2))).toEqual([
      ["begin", "camera-covered"],
      ["end", "camera-covered"],
    ]);
  });
});
