import { writeFileSync } from "node:fs";
import type { Sound } from "./scene.ts";
import { cough, fan, keyboard, soundRate, writeWav } from "./sounds.ts";

const samples: Readonly<Record<Sound, () => Float32Array>> = {
  fan: () => fan(8, 0.02),
  keyboard: () => keyboard(8, 6, 0.4),
  cough: () => cough(12, 6, 0.8),
  silence: () => new Float32Array(4 * soundRate),
};

/** Writes a file for Chromium's fake microphone, which plays it over and over. */
export function writeSoundFile(file: string, sound: Sound): void {
  writeFileSync(file, writeWav(samples[sound]()));
}
