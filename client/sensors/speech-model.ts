import type { SpeechWeights } from "./speech-weights.ts";

/** Samples a second that the model was trained with. */
export const modelRate = 16_000;
/** Samples that it takes at a time: 32 ms. */
export const pieceLength = 512;

/** It also sees this many samples of the piece before, and as many mirrored at the end. */
const contextLength = 64;
const window = { length: 256, step: 128, count: 4, bins: 129 } as const;
const hidden = 128;

/** How sure the model is, 0 to 1, that there is speech in a piece of 512 samples (-1 to 1). It remembers what went before. */
export type SpeechModel = (piece: Float32Array) => number;

/**
 * Silero VAD (MIT, https://github.com/snakers4/silero-vad), for 16 kHz, computed directly: a spectrum, four convolutions, a
 * recurrent cell and a weighted sum are 0.7 million multiplications for 32 ms of sound. A runtime for any model at all
 * would be 14 MB.
 */
export function createSpeechModel(weights: SpeechWeights): SpeechModel {
  const samples = new Float32Array(contextLength + pieceLength + contextLength);
  let cell = new Float32Array(hidden);
  let output = new Float32Array(hidden);
  const finalWeight = weights["decoder.decoder.2.weight"];

  return (piece) => {
    samples.copyWithin(0, pieceLength, pieceLength + contextLength);
    samples.set(piece, contextLength);
    const end = contextLength + pieceLength;
    for (let i = 0; i < contextLength; i += 1) samples[end + i] = samples[end - 2 - i] ?? 0;

    let rows: Rows = { values: spectrum(samples, weights["stft.forward_basis_buffer"]), length: window.count };
    for (const [layer, step] of [1, 2, 2, 1].entries()) {
      const name = `encoder.${layer as 0 | 1 | 2 | 3}.reparam_conv` as const;
      rows = convolve(rows, weights[`${name}.weight`], weights[`${name}.bias`], step);
    }
    ({ cell, output } = remember(rows.values, cell, output, weights));
    const heard = output.map((each) => Math.max(0, each));
    return sigmoid((weights["decoder.decoder.2.bias"][0] ?? 0) + dot(finalWeight, 0, heard, 0, hidden));
  };
}

/** Channels of `length` values each, one channel after the other. */
type Rows = { readonly values: Float32Array; readonly length: number };

/** The magnitude of each frequency in each window. */
function spectrum(samples: Float32Array, basis: Float32Array): Float32Array {
  const values = new Float32Array(window.bins * window.count);
  for (let bin = 0; bin < window.bins; bin += 1) {
    for (let at = 0; at < window.count; at += 1) {
      const real = dot(basis, bin * window.length, samples, at * window.step, window.length);
      const imaginary = dot(basis, (bin + window.bins) * window.length, samples, at * window.step, window.length);
      values[bin * window.count + at] = Math.sqrt(real * real + imaginary * imaginary);
    }
  }
  return values;
}

/** Three values wide, with a zero before the first and after the last, and nothing below zero let through. */
function convolve({ values, length }: Rows, weight: Float32Array, bias: Float32Array, step: number): Rows {
  const channels = values.length / length;
  const outLength = Math.floor((length - 1) / step) + 1;
  const out = new Float32Array(bias.length * outLength);
  for (let to = 0; to < bias.length; to += 1) {
    for (let at = 0; at < outLength; at += 1) {
      let sum = bias[to] ?? 0;
      for (let tap = 0; tap < 3; tap += 1) {
        const from = at * step + tap - 1;
        if (from < 0 || from >= length) continue;
        for (let channel = 0; channel < channels; channel += 1) {
          sum += (weight[(to * channels + channel) * 3 + tap] ?? 0) * (values[channel * length + from] ?? 0);
        }
      }
      out[to * outLength + at] = Math.max(0, sum);
    }
  }
  return { values: out, length: outLength };
}

/** One step of a long short-term memory cell; its gates are in PyTorch's order: input, forget, new, output. */
function remember(
  input: Float32Array,
  cell: Float32Array,
  output: Float32Array,
  weights: SpeechWeights,
): { readonly cell: Float32Array<ArrayBuffer>; readonly output: Float32Array<ArrayBuffer> } {
  const gate = (row: number): number =>
    (weights["decoder.rnn.bias_ih"][row] ?? 0) +
    (weights["decoder.rnn.bias_hh"][row] ?? 0) +
    dot(weights["decoder.rnn.weight_ih"], row * hidden, input, 0, hidden) +
    dot(weights["decoder.rnn.weight_hh"], row * hidden, output, 0, hidden);
  const next = { cell: new Float32Array(hidden), output: new Float32Array(hidden) };
  for (let i = 0; i < hidden; i += 1) {
    const taken = sigmoid(gate(i)) * Math.tanh(gate(2 * hidden + i));
    const kept = sigmoid(gate(hidden + i)) * (cell[i] ?? 0) + taken;
    next.cell[i] = kept;
    next.output[i] = sigmoid(gate(3 * hidden + i)) * Math.tanh(kept);
  }
  return next;
}

function dot(a: Float32Array, aStart: number, b: Float32Array, bStart: number, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i += 1) sum += (a[aStart + i] ?? 0) * (b[bStart + i] ?? 0);
  return sum;
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
