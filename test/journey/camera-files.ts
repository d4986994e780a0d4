import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { chromiumFlags, chromiumPath } from "#tools/check/chromium.ts";

/** Camera files that are made before the journeys, with the noise that a camera of glass has. */
export const cameraFolder = join(import.meta.dirname, "../../test-results/cameras");
/** One still picture each, as it is committed: a camera that shows it is frozen. */
export const stillFolder = join(import.meta.dirname, "assets");

export const livelyCameras = ["one", "two", "none"] as const;

/**
 * Shares no factor with 30 or 9: whoever looks each second, or each third of it, sees another picture each time. And so many
 * that a look which a busy machine delays hardly ever meets the picture of before, as it would each seventh time with seven.
 */
const pictures = 61;

type Recipe = {
  readonly file: string;
  /** The committed picture that is drawn, or a colour that fills the whole. */
  readonly from: { readonly still: string } | { readonly colour: string };
  readonly size?: { readonly width: number; readonly height: number };
};

/** Writes the files. Takes some seconds, most of which a browser draws. */
export async function makeCameraFiles(): Promise<void> {
  const recipes: readonly Recipe[] = [
    ...livelyCameras.map((name) => ({ file: `${name}.mjpeg`, from: { still: `${name}.mjpeg` } })),
    // The sensors look at no larger pictures: a camera that costs a slow machine little, and so does not hang there.
    { file: "small.mjpeg", from: { still: "one.mjpeg" }, size: { width: 320, height: 240 } },
    { file: "covered.mjpeg", from: { colour: "#0a0808" } },
    { file: "OBS Virtual Camera.mjpeg", from: { colour: "#0a0808" } },
  ];
  await mkdir(cameraFolder, { recursive: true });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumFlags] });
  try {
    const page = await browser.newPage();
    for (const { file, from, size = { width: 640, height: 480 } } of recipes) {
      const still = "still" in from ? (await readFile(join(stillFolder, from.still))).toString("base64") : null;
      const colour = "colour" in from ? from.colour : "#000000";
      const frames = await noisyFrames(page, { still, colour, ...size });
      await writeFile(join(cameraFolder, file), Buffer.concat(frames));
    }
  } finally {
    await browser.close();
  }
}

type Drawing = {
  /** A JPEG picture in base64, or null for a plain one. */
  readonly still: string | null;
  readonly colour: string;
  readonly width: number;
  readonly height: number;
};

/** A few pictures of the same with other noise. JPEG, one after the other. */
export async function noisyFrames(page: Page, drawing: Drawing): Promise<readonly Buffer[]> {
  const frames = await page.evaluate(drawWithNoise, { ...drawing, pictures });
  return frames.map((frame) => Buffer.from(frame, "base64"));
}

/** Runs in the browser. Answers JPEG pictures in base64. */
async function drawWithNoise(drawing: Drawing & { readonly pictures: number }): Promise<readonly string[]> {
  const { still, colour, width, height, pictures: count } = drawing;
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d")!;
  const image = new Image();
  if (still !== null) {
    image.src = `data:image/jpeg;base64,${still}`;
    await image.decode();
  }
  return Array.from({ length: count }, () => {
    context.fillStyle = colour;
    context.fillRect(0, 0, canvas.width, canvas.height);
    if (still !== null) context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
    for (let place = 0; place < pixels.data.length; place += 4) {
      const noise = Math.random() * 8 - 4;
      for (let part = place; part < place + 3; part += 1) pixels.data[part] = pixels.data[part]! + noise;
    }
    context.putImageData(pixels, 0, 0);
    return canvas.toDataURL("image/jpeg", 0.9).slice("data:image/jpeg;base64,".length);
  });
}
