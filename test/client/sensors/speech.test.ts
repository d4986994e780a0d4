import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createSpeechJudge } from "#client/sensors/speech-judge.ts";
import { createSpeechModel, pieceLength } from "#client/sensors/speech-model.ts";
import { speechWeightsIn } from "#client/sensors/speech-weights.ts";
import { cough, fan, keyboard, readWav, soundRate } from "#tools/integrity-benchmark/sounds.ts";
import { sileroReference } from "./silero-reference.ts";

async function fileOf(name: string): Promise<ArrayBuffer> {
  const bytes = await readFile(join(import.meta.dirname, "../../../client/sensors", name));
  return new Uint8Array(bytes).buffer;
}

const weights = speechWeightsIn(await fileOf("silero-vad.bin"));
const speech = await readWav("speech.wav");

function piecesOf(samples: Float32Array): readonly Float32Array[] {
  return Array.from({ length: Math.floor(samples.length / pieceLength) }, (_, i) =>
    samples.subarray(i * pieceLength, (i + 1) * pieceLength),
  );
}

/** Whether speech is told, piece by piece. */
function heardIn(samples: Float32Array): readonly boolean[] {
  const model = createSpeechModel(weights);
  const judge = createSpeechJudge();
  return piecesOf(samples).map((piece) => judge.read(model(piece)).isSpeech);
}

function joined(...parts: readonly Float32Array[]): Float32Array {
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

function mixed(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((sample, i) => sample + (b[i] ?? 0));
}

describe("the model of speech", () => {
  test("it says what the published model says in ONNX Runtime, piece by piece", () => {
    const model = createSpeechModel(weights);
    const said = piecesOf(speech).map(model);
    expect(said).toHaveLength(sileroReference.length);
    const worst = Math.max(...said.map((each, i) => Math.abs(each - (sileroReference[i] ?? Number.NaN))));
    expect(worst).toBeLessThan(0.001);
  });

  test("a file that is not the weights is refused", () => {
    expect(() => speechWeightsIn(new ArrayBuffer(1000))).toThrow("1000 bytes");
  });
});

// A second of sound is thirty runs of the model.
describe("speech in a room", { timeout: 30_000 }, () => {
  test("[I57] speech is told within a second and a half of its beginning, also over a fan", () => {
    const quiet = new Float32Array(3 * soundRate);
    for (const sound of [joined(quiet, speech), joined(fan(3, 0.05), mixed(speech, fan(6, 0.05)))]) {
      const beganAt = (heardIn(sound).indexOf(true) * pieceLength) / soundRate;
      expect(beganAt).toBeGreaterThan(3.9);
      expect(beganAt).toBeLessThan(4.7);
    }
  });

  test("[I57] it ends two seconds after the last word", () => {
    const heard = heardIn(joined(speech, fan(4, 0.02)));
    const endedAt = (heard.lastIndexOf(true) * pieceLength) / soundRate - speech.length / soundRate;
    expect(heard.at(-1)).toBe(false);
    expect(endedAt).toBeGreaterThan(1);
    expect(endedAt).toBeLessThan(2.5);
  });

  test.each([
    ["silence", new Float32Array(8 * soundRate)],
    ["a fan", fan(10, 0.05)],
    ["a loud fan", fan(10, 0.4)],
    ["a keyboard", keyboard(10, 6, 0.3)],
    ["a fast and loud keyboard", keyboard(10, 12, 0.8)],
    ["a cough now and then", cough(10, 4, 0.8)],
    ["coughing without end", cough(10, 1.2, 0.8)],
    ["a word of half a second", joined(new Float32Array(soundRate), speech.slice(0, soundRate / 2), fan(4, 0.01))],
  ])("[I57] %s is no speech", (_, sound) => {
    expect(heardIn(sound)).not.toContain(true);
  });
});
