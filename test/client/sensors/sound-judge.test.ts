import { describe, expect, test } from "vitest";
import { createSoundJudge, type SoundJudgement } from "#client/sensors/sound-judge.ts";
import { cough, fan, keyboard, soundRate } from "#tools/integrity-benchmark/sounds.ts";

/** The power of each tenth of a second. */
function powersOf(samples: Float32Array): readonly number[] {
  const length = soundRate / 10;
  return Array.from({ length: samples.length / length }, (_, i) => {
    const piece = samples.subarray(i * length, (i + 1) * length);
    return piece.reduce((sum, sample) => sum + sample * sample, 0) / length;
  });
}

function judged(powers: readonly number[]): readonly SoundJudgement[] {
  const judge = createSoundJudge();
  return powers.map((each) => judge.read(each));
}

function power(decibels: number): number {
  return 10 ** (decibels / 10);
}

function level(decibels: number, seconds: number): readonly number[] {
  return Array.from({ length: seconds * 10 }, () => power(decibels));
}

describe("a microphone that hears nothing at all", () => {
  test("[I56] a second of digital silence is silence, until anything is heard", () => {
    const said = judged([...level(-60, 2), ...level(-120, 6), ...level(-85, 1)]).map(({ isSilent }) => isSilent);
    expect(said.indexOf(true)).toBe(20 + 9);
    expect(said.slice(80)).not.toContain(true);
  });

  test("[I56] a room at night is not silent", () => {
    expect(judged(level(-80, 60)).some(({ isSilent }) => isSilent)).toBe(false);
  });
});

describe("a loud room", () => {
  test("[I56] most of a second louder than the room is loud, and ends within a second after it", () => {
    const said = judged([...level(-50, 10), ...level(-15, 3), ...level(-50, 3)]).map(({ isLoud }) => isLoud);
    expect(said.indexOf(true)).toBe(100 + 6);
    expect(said.lastIndexOf(true)).toBeLessThan(130 + 10);
  });

  test.each([
    ["a quiet room", powersOf(fan(20, 0.01))],
    ["a room that is always loud", level(-15, 60)],
    ["a fan at the microphone", powersOf(fan(20, 0.9))],
    ["a keyboard", powersOf(keyboard(20, 8, 0.9))],
  ])("[I56] %s is not loud", (_, powers) => {
    expect(judged(powers).some(({ isLoud }) => isLoud)).toBe(false);
  });

  test("[I56] a cough is loud for no longer than a second", () => {
    const said = judged([...level(-50, 10), ...powersOf(cough(3, 3, 1))]).map(({ isLoud }) => isLoud);
    expect(said.filter(Boolean).length).toBeLessThanOrEqual(10);
  });

  test("what is loud from the first moment is not judged before the room is known", () => {
    expect(judged(level(-10, 4)).some(({ isLoud }) => isLoud)).toBe(false);
  });
});
