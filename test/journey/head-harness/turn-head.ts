import { FaceLandmarker, type NormalizedLandmark } from "@mediapipe/tasks-vision";

type Point = { readonly x: number; readonly y: number; readonly z: number };
type Triangle = readonly [number, number, number];

/** In degrees, to the side, and up or down. */
export type Turn = { readonly yaw: number; readonly pitch: number };

/** The mesh is told as the sides of its triangles, three after three. */
const triangles: readonly Triangle[] = Array.from(
  { length: FaceLandmarker.FACE_LANDMARKS_TESSELATION.length / 3 },
  (_, place) => {
    const [a, b, c] = FaceLandmarker.FACE_LANDMARKS_TESSELATION.slice(3 * place, 3 * place + 3);
    return [a?.start ?? 0, b?.start ?? 0, c?.start ?? 0];
  },
);

/** The landmarks' surface is flatter than a face: turned as it is, its own pose would be read as less than it was turned. */
const depth = 1.5;

/**
 * Draws a portrait with the head turned: the face's own surface, as the landmarks have it, is turned in space about the
 * middle of the head, and drawn over a head without a face. What was hidden before (the ear, the far cheek) is not there.
 */
export function drawTurned(portrait: HTMLImageElement, landmarks: readonly NormalizedLandmark[], turn: Turn): string {
  const { naturalWidth: width, naturalHeight: height } = portrait;
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("a canvas has no context");
  // Depth is told in the scale of the width; less is nearer.
  const face = landmarks.map(({ x, y, z }) => ({ x: x * width, y: y * height, z: depth * z * width }));
  const turned = turnedPoints(face, turn);
  context.drawImage(portrait, 0, 0);
  hideFace(context, face);
  const farFirst = triangles
    .filter((triangle) => facesUs(cornersOf(turned, triangle)) === facesUs(cornersOf(face, triangle)))
    .toSorted((one, other) => depthOf(cornersOf(turned, other)) - depthOf(cornersOf(turned, one)));
  for (const triangle of farFirst) {
    drawTriangle(context, portrait, cornersOf(face, triangle), cornersOf(turned, triangle));
  }
  return canvas.toDataURL("image/jpeg", 0.92);
}

function turnedPoints(face: readonly Point[], { yaw, pitch }: Turn): readonly Point[] {
  const middle = middleOf(face);
  // The neck is behind the face, not in its surface.
  const axis = Math.max(...face.map(({ z }) => z));
  const [cosYaw, sinYaw] = [Math.cos((yaw * Math.PI) / 180), Math.sin((yaw * Math.PI) / 180)];
  const [cosPitch, sinPitch] = [Math.cos((pitch * Math.PI) / 180), Math.sin((pitch * Math.PI) / 180)];
  return face.map((point) => {
    const [x, y, z] = [point.x - middle.x, point.y - middle.y, point.z - axis];
    const [aside, away] = [x * cosYaw + z * sinYaw, z * cosYaw - x * sinYaw];
    return {
      x: middle.x + aside,
      y: middle.y + y * cosPitch + away * sinPitch,
      z: axis + away * cosPitch - y * sinPitch,
    };
  });
}

function middleOf(face: readonly Point[]): Point {
  const sum = (of: (point: Point) => number): number => face.reduce((total, point) => total + of(point), 0);
  return { x: sum(({ x }) => x) / face.length, y: sum(({ y }) => y) / face.length, z: sum(({ z }) => z) / face.length };
}

/** Covers the face by the colour of the hair above it. */
function hideFace(context: CanvasRenderingContext2D, face: readonly Point[]): void {
  const middle = middleOf(face);
  const [left, right] = [Math.min(...face.map(({ x }) => x)), Math.max(...face.map(({ x }) => x))];
  const [top, bottom] = [Math.min(...face.map(({ y }) => y)), Math.max(...face.map(({ y }) => y))];
  const [red, green, blue] = context.getImageData(middle.x, Math.max(0, top - (bottom - top) / 10), 1, 1).data;
  context.fillStyle = `rgb(${red} ${green} ${blue})`;
  context.beginPath();
  context.ellipse(
    (left + right) / 2,
    (top + bottom) / 2,
    ((right - left) / 2) * 1.15,
    ((bottom - top) / 2) * 1.1,
    0,
    0,
    7,
  );
  context.fill();
}

type Corners = readonly [Point, Point, Point];

function cornersOf(points: readonly Point[], [a, b, c]: Triangle): Corners {
  const corner = (place: number): Point => points[place] ?? { x: 0, y: 0, z: 0 };
  return [corner(a), corner(b), corner(c)];
}

function facesUs([a, b, c]: Corners): boolean {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) > 0;
}

function depthOf([a, b, c]: Corners): number {
  return a.z + b.z + c.z;
}

/** Draws what one triangle of the picture shows into another: the one affine map that takes its corners there. */
function drawTriangle(context: CanvasRenderingContext2D, picture: CanvasImageSource, from: Corners, to: Corners): void {
  const [a, b, c] = from;
  const area = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
  if (area === 0) return;
  const slopes = (of: (point: Point) => number): readonly [number, number] => {
    const [first, second] = [of(to[1]) - of(to[0]), of(to[2]) - of(to[0])];
    return [(first * (c.y - a.y) - second * (b.y - a.y)) / area, (second * (b.x - a.x) - first * (c.x - a.x)) / area];
  };
  const [xByX, xByY] = slopes(({ x }) => x);
  const [yByX, yByY] = slopes(({ y }) => y);
  context.save();
  context.beginPath();
  for (const { x, y } of to) context.lineTo(x, y);
  context.closePath();
  context.clip();
  context.transform(xByX, yByX, xByY, yByY, to[0].x - xByX * a.x - xByY * a.y, to[0].y - yByX * a.x - yByY * a.y);
  context.drawImage(picture, 0, 0);
  context.restore();
}
