import { describe, expect, test } from "vitest";
import { createResampler } from "#client/sensors/resampler.ts";

function tone(frequency: number, rate: number, seconds: number): Float32Array {
  return Float32Array.from({ length: rate * seconds }, (_, i) => 0.5 * Math.sin((2 * Math.PI * frequency * i) / rate));
}

/** Gives the sound in uneven pieces, as it comes. */
function resampled(sound: Float32Array, fromRate: number): readonly number[] {
  const resample = createResampler(fromRate, 16_000);
  const out: number[] = [];
  for (let at = 0, length = 1; at < sound.length; at += length, length = (length * 7 + 3) % 5000) {
    out.push(...resample(sound.subarray(at, at + length)));
  }
  return out;
}

function loudness(samples: readonly number[]): number {
  return Math.sqrt(samples.reduce((sum, each) => sum + each * each, 0) / samples.length);
}

describe("another rate of samples", () => {
  test.each([48_000, 44_100, 32_000, 8_000])("a tone at %i samples a second is the same tone at 16,000", (rate) => {
    const wanted = tone(1000, 16_000, 1);
    const out = resampled(tone(1000, rate, 1), rate);
    expect(out.length).toBeGreaterThan(15_900);
    expect(out.length).toBeLessThanOrEqual(16_000);
    // The first samples lean on what was before the beginning: silence.
    const worst = Math.max(...out.slice(100).map((each, i) => Math.abs(each - (wanted[i + 100] ?? Number.NaN))));
    expect(worst).toBeLessThan(0.005);
  });

  test.each([48_000, 44_100])("a tone at %i samples a second that the new rate cannot hold is taken out", (rate) => {
    expect(loudness(resampled(tone(11_000, rate, 1), rate).slice(200))).toBeLessThan(0.005);
  });

  test("the same rate is left alone", () => {
    const sound = tone(440, 16_000, 1);
    expect(createResampler(16_000, 16_000)(sound)).toBe(sound);
  });
});
