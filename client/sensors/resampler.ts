/** Zero crossings of the filter on each side: enough that nothing audible of what is above half the new rate comes back. */
const crossings = 16;

/** Takes samples as they come and gives them at another rate, each with a delay of a millisecond. */
export type Resampler = (samples: Float32Array) => Float32Array;

/** @param fromRate and `toRate`: whole samples a second */
export function createResampler(fromRate: number, toRate: number): Resampler {
  if (fromRate === toRate) return (samples) => samples;
  const divisor = greatestCommonDivisor(fromRate, toRate);
  const up = toRate / divisor;
  const down = fromRate / divisor;
  // The part of the spectrum that both rates have, less what the filter's slope needs.
  const cutoff = Math.min(1, toRate / fromRate) * 0.94;
  const reach = Math.ceil(crossings / cutoff);
  const kernels = Array.from({ length: up }, (_, phase) => kernelAt(((phase * down) % up) / up, cutoff, reach));

  /** What is still needed, the first of it at `start` of all that came. */
  let kept = new Float32Array(reach);
  let start = -reach;
  /** How many samples were given. */
  let given = 0;

  return (samples) => {
    const all = new Float32Array(kept.length + samples.length);
    all.set(kept);
    all.set(samples, kept.length);
    const out: number[] = [];
    for (;;) {
      const centre = Math.floor((given * down) / up);
      const first = centre - reach + 1 - start;
      if (first + 2 * reach > all.length) break;
      out.push(weighted(all, first, kernels[given % up] ?? none));
      given += 1;
    }
    const next = Math.floor((given * down) / up) - reach + 1;
    kept = all.slice(Math.max(0, next - start));
    start = Math.max(start, next);
    return Float32Array.from(out);
  };
}

const none = new Float32Array(0);

function weighted(samples: Float32Array, first: number, kernel: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < kernel.length; i += 1) sum += (samples[first + i] ?? 0) * (kernel[i] ?? 0);
  return sum;
}

/** A low-pass filter (sinc under a Hann window) for a place between two samples; its weights add up to 1. */
function kernelAt(fraction: number, cutoff: number, reach: number): Float32Array {
  const kernel = Float32Array.from({ length: 2 * reach }, (_, i) => {
    const distance = i - reach + 1 - fraction;
    const angle = Math.PI * distance * cutoff;
    const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
    return sinc * Math.cos((Math.PI * distance) / (2 * reach)) ** 2;
  });
  const sum = kernel.reduce((total, each) => total + each, 0);
  return kernel.map((each) => each / sum);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
