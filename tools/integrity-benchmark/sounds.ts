import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Samples are -1 to 1, 16,000 of them a second. */
export const soundRate = 16_000;

/** The samples of a WAV file of 16 bits and one channel. */
export async function readWav(file: string): Promise<Float32Array> {
  const bytes = await readFile(join(import.meta.dirname, "../../test/journey/assets", file));
  const start = bytes.indexOf("data", 12, "latin1") + 8;
  const length = Math.min(bytes.readUInt32LE(start - 4), bytes.length - start) >> 1;
  return Float32Array.from({ length }, (_, i) => bytes.readInt16LE(start + 2 * i) / 32_768);
}

/** A WAV file of 16 bits and one channel. */
export function writeWav(samples: Float32Array): Buffer {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + samples.length * 2, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(soundRate, 24);
  header.writeUInt32LE(soundRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(samples.length * 2, 40);
  const body = Buffer.alloc(samples.length * 2);
  for (const [i, sample] of samples.entries()) {
    body.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), i * 2);
  }
  return Buffer.concat([header, body]);
}

/** Numbers from -1 to 1 that look random and are the same each time. */
function createNoise(): () => number {
  let state = 1;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 1_073_741_824 - 1;
  };
}

/** A fan: the same rumble and hiss all the time. `level` is its loudest, 0 to 1. */
export function fan(seconds: number, level: number): Float32Array {
  const noise = createNoise();
  let rumble = 0;
  return Float32Array.from({ length: seconds * soundRate }, () => {
    rumble = 0.97 * rumble + 0.03 * noise();
    return level * (3 * rumble + 0.15 * noise());
  });
}

/** A keyboard at `perSecond` strokes: clicks of 15 ms, and a softer one as each key comes up. */
export function keyboard(seconds: number, perSecond: number, level: number): Float32Array {
  const noise = createNoise();
  const click = soundRate / 65;
  return Float32Array.from({ length: seconds * soundRate }, (_, i) => {
    const since = i % Math.floor(soundRate / perSecond);
    const down = Math.exp((-5 * since) / click);
    const up = since > 1200 ? 0.4 * Math.exp((-5 * (since - 1200)) / click) : 0;
    return level * noise() * (down + up) + 0.001 * noise();
  });
}

/** A cough each `everySeconds`: two barks of noise that fade, the second softer. */
export function cough(seconds: number, everySeconds: number, level: number): Float32Array {
  const noise = createNoise();
  let soft = 0;
  return Float32Array.from({ length: seconds * soundRate }, (_, i) => {
    const since = (i / soundRate) % everySeconds;
    const second = since - 0.45;
    const bark = Math.exp(-9 * since) + (second > 0 ? 0.7 * Math.exp(-9 * second) : 0);
    soft = 0.6 * soft + 0.4 * noise();
    return level * soft * bark + 0.001 * noise();
  });
}

/** A quiet room, in which from `loudFrom` (seconds) on a horn is blown: a deep note with all its overtones. */
export function horn(seconds: number, loudFrom: number): Float32Array {
  const noise = createNoise();
  return Float32Array.from({ length: seconds * soundRate }, (_, i) => {
    const time = i / soundRate;
    const swell = 0.6 + 0.4 * Math.sin(2 * Math.PI * 3 * time);
    return 0.002 * noise() + (time < loudFrom ? 0 : 0.9 * swell * (2 * ((time * 180) % 1) - 1));
  });
}
