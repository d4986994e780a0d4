/** What can be said of a picture without knowing what is in it. Brightness is 0 (black) to 255. */
export type PictureStatistics = {
  readonly brightness: number;
  /** The standard deviation of the brightness of its parts. */
  readonly contrast: number;
  /** How much neighbouring parts differ in brightness, on average. */
  readonly detail: number;
};

const columns = 32;
const rows = 24;

/**
 * Compares the mean brightness of 32x24 parts of the picture: a part is large enough that a camera's noise, which is
 * strong in the dark, is averaged away.
 *
 * @param rgba four bytes a pixel, row by row; the picture is at least 32x24
 */
export function pictureStatistics(rgba: Uint8ClampedArray, width: number, height: number): PictureStatistics {
  const parts = brightnessOfParts(rgba, width, height);
  const brightness = mean(parts);
  const contrast = Math.sqrt(mean(parts.map((part) => (part - brightness) ** 2)));
  const differences = parts.flatMap((part, place) => {
    const isLastColumn = (place + 1) % columns === 0;
    const neighbours = [isLastColumn ? undefined : parts[place + 1], parts[place + columns]];
    return neighbours.flatMap((neighbour) => (neighbour === undefined ? [] : Math.abs(part - neighbour)));
  });
  return { brightness, contrast, detail: mean(differences) };
}

function brightnessOfParts(rgba: Uint8ClampedArray, width: number, height: number): readonly number[] {
  const partWidth = Math.floor(width / columns);
  const partHeight = Math.floor(height / rows);
  return Array.from({ length: columns * rows }, (_, place) => {
    const left = (place % columns) * partWidth;
    const top = Math.floor(place / columns) * partHeight;
    let sum = 0;
    for (let y = top; y < top + partHeight; y += 1) {
      for (let x = left; x < left + partWidth; x += 1) {
        const pixel = 4 * (y * width + x);
        // The weights of ITU-R BT.709 for red, green and blue.
        sum += 0.2126 * (rgba[pixel] ?? 0) + 0.7152 * (rgba[pixel + 1] ?? 0) + 0.0722 * (rgba[pixel + 2] ?? 0);
      }
    }
    return sum / (partWidth * partHeight);
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Whether not one pixel differs. A camera's sensor has noise: two pictures of it are never the same. */
export function isSamePicture(before: Uint8ClampedArray, after: Uint8ClampedArray): boolean {
  return before.length === after.length && before.every((value, place) => value === after[place]);
}
