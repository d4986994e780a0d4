/**
 * The portrait's head as a body: an ellipsoid, with a nose before it. Pixels of the 640x480 picture. The hair is wider
 * than the skull under it: the face falls back to its sides as the skull does.
 */
const middle = { x: 317, y: 150 };
const radius = { x: 118, y: 128 };
const skull = { x: 92, y: 132, z: 112 };
const nose = { x: 312, y: 184, height: 34, spread: 15 };
/** Steps of half a pixel leave no holes where the surface turns towards the camera. */
const step = 0.5;

/**
 * Turns the head of the portrait about its middle: to the side (`turn`) and up or down (`nod`), in radians. Each point of
 * the picture is put on the head's body, turned with it, and drawn where it is then nearest to the camera. What the
 * portrait does not show, the far side of the head, is not made up: it stays empty.
 */
export function turnHead(person: OffscreenCanvas, turn: number, nod: number): OffscreenCanvas {
  const { width, height } = person;
  const result = new OffscreenCanvas(width, height);
  const context = result.getContext("2d");
  const source = person.getContext("2d")?.getImageData(0, 0, width, height).data;
  if (context === null || source === undefined) throw new Error("a canvas has no context");
  const turned = new ImageData(width, height);
  const depths = new Float32Array(width * height).fill(-Infinity);
  for (let y = middle.y - radius.y; y < middle.y + radius.y; y += step) {
    for (let x = middle.x - radius.x; x < middle.x + radius.x; x += step) {
      const z = depthAt(x, y);
      if (z === null) continue;
      const from = 4 * (Math.floor(y) * width + Math.floor(x));
      if ((source[from + 3] ?? 0) < 128) continue;
      const [sideways, near] = rotated(x - middle.x, z, turn);
      const [down, depth] = rotated(y - middle.y, near, nod);
      const place = Math.round(middle.y + down) * width + Math.round(middle.x + sideways);
      if (depth <= (depths[place] ?? Infinity)) continue;
      depths[place] = depth;
      for (let colour = 0; colour < 4; colour += 1) turned.data[4 * place + colour] = source[from + colour] ?? 0;
    }
  }
  const face = new OffscreenCanvas(width, height);
  face.getContext("2d")?.putImageData(turned, 0, 0);
  context.drawImage(person, 0, 0);
  context.globalCompositeOperation = "destination-out";
  context.beginPath();
  context.ellipse(middle.x, middle.y - 4, radius.x + 4, radius.y - 8, 0, 0, 2 * Math.PI);
  context.fill();
  context.globalCompositeOperation = "source-over";
  context.drawImage(face, 0, 0);
  return result;
}

/** How far a point of the portrait is before the middle of the head; null beside it. */
function depthAt(x: number, y: number): number | null {
  if (inside(radius, x, y) <= 0) return null;
  const away = (x - nose.x) ** 2 + (y - nose.y) ** 2;
  return skull.z * Math.sqrt(Math.max(0, inside(skull, x, y))) + nose.height * Math.exp(-away / (2 * nose.spread ** 2));
}

/** Above 0 within the ellipse, 1 in its middle. */
function inside(of: { readonly x: number; readonly y: number }, x: number, y: number): number {
  return 1 - ((x - middle.x) / of.x) ** 2 - ((y - middle.y) / of.y) ** 2;
}

/** A point before the middle and beside it, turned towards that side. */
function rotated(beside: number, before: number, angle: number): readonly [beside: number, before: number] {
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  return [beside * cosine + before * sine, before * cosine - beside * sine];
}
