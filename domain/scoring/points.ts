// Points have at most two decimals. They are added and shared out as whole hundredths, because in binary fractions
// 0.1 + 0.2 is not 0.3, and two candidates with the same answers must get the same score to the last digit.

/** The sum, exact to the hundredth. */
export function sumOfPoints(points: readonly number[]): number {
  return points.reduce((sum, some) => sum + hundredthsOf(some), 0) / 100;
}

/** `part / whole` of the points, rounded to the hundredth, a half upwards. Whole numbers, `0 <= part <= whole`. */
export function shareOfPoints(points: number, part: number, whole: number): number {
  return Math.floor((2 * hundredthsOf(points) * part + whole) / (2 * whole)) / 100;
}

function hundredthsOf(points: number): number {
  return Math.round(points * 100);
}
