/** What a window says of its size, in CSS pixels. */
export type WindowSize = {
  readonly outerWidth: number;
  readonly outerHeight: number;
  readonly innerWidth: number;
  readonly innerHeight: number;
};

/** Nothing that a browser itself shows in full screen takes so much (pixels, and as a part of the window). */
const leastGap = 200;
const leastPart = 0.12;

/**
 * Whether something is docked to the page, as developer tools are: the page has less of one side of the window than of
 * the other. Only to be asked in full screen, where the page has the whole window: elsewhere the browser's own bars
 * do the same.
 *
 * Zoom makes both sides of the page smaller by the same factor. The side that nothing is docked to gives that factor
 * away, so that `devicePixelRatio`, which mixes the zoom with the display's own scale, is not needed.
 */
export function hasDockedPart({ outerWidth, outerHeight, innerWidth, innerHeight }: WindowSize): boolean {
  if (Math.min(outerWidth, outerHeight, innerWidth, innerHeight) <= 0) return false;
  const zoom = Math.min(outerWidth / innerWidth, outerHeight / innerHeight);
  return isGap(outerWidth - innerWidth * zoom, outerWidth) || isGap(outerHeight - innerHeight * zoom, outerHeight);
}

function isGap(gap: number, side: number): boolean {
  return gap >= leastGap && gap / side >= leastPart;
}
