/** Numbers from `from` to `to`, both among them, without gaps. */
export type Stretch = { readonly from: number; readonly to: number };

/** The fewest stretches that these numbers, each once and ascending, make up. [D15] */
export function stretchesOf(numbers: readonly number[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const number of numbers) {
    const last = stretches.at(-1);
    if (last?.to === number - 1) stretches[stretches.length - 1] = { from: last.from, to: number };
    else stretches.push({ from: number, to: number });
  }
  return stretches;
}
