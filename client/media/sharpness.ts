/**
 * How sharp a picture is: the variance of its Laplacian (each pixel against its four neighbours), of brightness from 0 to
 * 255. A blank wall is near 0, a page of print that can be read some hundreds.
 *
 * @param rgba four bytes a pixel, row by row; the picture is at least 3x3
 */
export function sharpnessOf(rgba: Uint8ClampedArray, width: number, height: number): number {
  const brightness = new Float32Array(width * height);
  for (let place = 0; place < brightness.length; place += 1) {
    const at = 4 * place;
    // The weights of ITU-R BT.709 for red, green and blue.
    brightness[place] = 0.2126 * (rgba[at] ?? 0) + 0.7152 * (rgba[at + 1] ?? 0) + 0.0722 * (rgba[at + 2] ?? 0);
  }
  const at = (place: number): number => brightness[place] ?? 0;
  let sum = 0;
  let squares = 0;
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const place = y * width + x;
      const edge = at(place - 1) + at(place + 1) + at(place - width) + at(place + width) - 4 * at(place);
      sum += edge;
      squares += edge * edge;
    }
  }
  const count = (width - 2) * (height - 2);
  return squares / count - (sum / count) ** 2;
}
