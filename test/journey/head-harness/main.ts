import type { NormalizedLandmark } from "@mediapipe/tasks-vision";
import { drawTurned, type Turn } from "./turn-head.ts";

declare global {
  /** Draws a portrait with its head turned in each of these ways. Pictures are JPEG in data URLs. */
  var turnHead: ((portrait: string, turns: readonly Turn[]) => Promise<readonly string[]>) | undefined;
}

globalThis.turnHead = async (portrait, turns) => {
  const image = new Image();
  image.src = portrait;
  await image.decode();
  const landmarks = await landmarksOf(image);
  if (landmarks.length === 0) throw new Error("the portrait has no face");
  return turns.map((turn) => drawTurned(image, landmarks, turn));
};

async function landmarksOf(image: HTMLImageElement): Promise<readonly NormalizedLandmark[]> {
  const worker = new Worker(new URL("./landmarks-worker.ts", import.meta.url), { type: "module" });
  const frame = await createImageBitmap(image);
  return new Promise((resolve) => {
    worker.addEventListener("message", ({ data }: MessageEvent<readonly NormalizedLandmark[]>) => {
      worker.terminate();
      resolve(data);
    });
    worker.postMessage(frame, [frame]);
  });
}
