import { expect, it } from "vitest";
import { sharpnessOf } from "#client/media/sharpness.ts";

const size = 24;

function picture(brightnessAt: (x: number, y: number) => number): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(4 * size * size);
  for (let place = 0; place < size * size; place += 1) {
    rgba.fill(brightnessAt(place % size, Math.floor(place / size)), 4 * place, 4 * place + 3);
  }
  return rgba;
}

it("a blank wall and an even slope have no edges", () => {
  expect(
    sharpnessOf(
      picture(() => 128),
      size,
      size,
    ),
  ).toBe(0);
  expect(
    sharpnessOf(
      picture((x) => 4 * x),
      size,
      size,
    ),
  ).toBeCloseTo(0, 1);
});

it("sharp lines have more of them than the same lines out of focus", () => {
  const line = (x: number): number => (x % 6 < 3 ? 20 : 220);
  const blurred = (x: number): number => [-2, -1, 0, 1, 2].reduce((sum, by) => sum + line(x + by + 6), 0) / 5;
  const sharp = sharpnessOf(picture(line), size, size);
  expect(sharp).toBeGreaterThan(1_000);
  expect(sharpnessOf(picture(blurred), size, size)).toBeLessThan(sharp / 5);
});
