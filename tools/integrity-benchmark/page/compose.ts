import { markSquare, markSquares } from "../mark.ts";
import type { Layer, Picture } from "../picture.ts";
import { cutOut } from "./cut-out.ts";
import { drawBook, drawHand, drawPoster, drawRoom } from "./drawings.ts";
import { drawPerson } from "./person.ts";

const width = 640;
const height = 480;
const ordinaryNoise = 3;

export type Composer = {
  /** JPEG files in base64: the picture so many times, each with noise of its own. */
  readonly compose: (picture: Picture, times: number, moves: boolean, isMarked: boolean) => Promise<readonly string[]>;
};

declare global {
  var composer: Composer | undefined;
}

const portrait = await createImageBitmap(await (await fetch("/portrait.jpg")).blob());
const person = cutOut(portrait);
const scenery = new OffscreenCanvas(width, height);
const context = contextOf(scenery);
const canvas = new OffscreenCanvas(width, height);
const result = contextOf(canvas);
const noise = noiseTable(1 << 16);

globalThis.composer = {
  async compose(picture, times, moves, isMarked) {
    const files: string[] = [];
    for (let place = 0; place < times; place += 1) {
      draw(picture, moves ? (place / times) * 2 * Math.PI : 0);
      if (isMarked) drawMark();
      addNoise(picture.noise ?? ordinaryNoise, place);
      files.push(await base64(await canvas.convertToBlob({ type: "image/jpeg", quality: 0.75 })));
    }
    return files;
  },
};

function contextOf(of: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const found = of.getContext("2d", { willReadFrequently: true });
  if (found === null) throw new Error("a canvas has no context");
  return found;
}

/** `phase`: where people are in their small movement, 0 to 2π. */
function draw({ layers, brightness = 1, blur = 0 }: Picture, phase: number): void {
  context.reset();
  for (const layer of layers) drawLayer(layer, phase);
  // Once over the whole: a filter for each stroke takes a quarter of a second.
  result.filter = brightness === 1 && blur === 0 ? "none" : `brightness(${brightness}) blur(${blur}px)`;
  // A blurred picture fades out at its edges: they are beyond the frame.
  const beyond = 3 * blur;
  result.drawImage(scenery, -beyond, -beyond, width + 2 * beyond, height + 2 * beyond);
}

function drawLayer(layer: Layer, phase: number): void {
  context.save();
  switch (layer.draw) {
    case "room":
      drawRoom(context, layer.room);
      break;
    case "person": {
      const { x = 320, y = 140 } = layer;
      drawPerson(context, person, { ...layer, x: x + 5 * Math.sin(phase), y: y + 2 * Math.sin(2 * phase) });
      break;
    }
    case "poster":
      drawPoster(context, layer);
      break;
    case "hand":
      drawHand(context, layer);
      break;
    case "book":
      drawBook(context, layer);
      break;
    case "fill": {
      const gradient = context.createLinearGradient(0, 0, 0, height);
      gradient.addColorStop(0, layer.from);
      gradient.addColorStop(1, layer.to);
      context.fillStyle = gradient;
      context.fillRect(0, 0, width, height);
      break;
    }
  }
  context.restore();
}

function drawMark(): void {
  result.filter = "none";
  for (let square = 0; square < markSquares; square += 1) {
    result.fillStyle = square % 2 === 0 ? "#fff" : "#000";
    result.fillRect(square * markSquare, 0, markSquare, markSquare);
  }
}

/** A camera's sensor never gives the same picture twice. */
function addNoise(deviation: number, place: number): void {
  const image = result.getImageData(0, 0, width, height);
  const { data } = image;
  // An odd stride through the table: each picture begins elsewhere in it.
  let next = (place * 7_919) % noise.length;
  for (let pixel = 0; pixel < data.length; pixel += 4) {
    const more = (noise[next] ?? 0) * deviation;
    next = next + 1 === noise.length ? 0 : next + 1;
    for (let colour = pixel; colour < pixel + 3; colour += 1) data[colour] = (data[colour] ?? 0) + more;
  }
  result.putImageData(image, 0, 0);
}

/** The same at each run: a benchmark that throws dice measures nothing twice. */
function noiseTable(length: number): Float32Array {
  let seed = 1;
  const random = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  // Three dice are near enough to a bell; this scale makes their standard deviation 1.
  return Float32Array.from({ length }, () => (random() + random() + random() - 1.5) * 2);
}

async function base64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
