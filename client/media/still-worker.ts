/** Makes JPEGs of frames away from the page's thread. */
import { sharpnessOf } from "./sharpness.ts";
import type { FromStillWorker, TakenPicture, ToStillWorker } from "./still-worker-message.ts";

/** Tried one after the other until the picture is small enough; the last is taken whatever it comes to. */
const qualities = [0.7, 0.5, 0.3] as const;

/** As wide as the pictures that are measured for sharpness: what counts is what can be read at arm's length. */
const measuredWidth = 480;

self.addEventListener("message", ({ data }: MessageEvent<ToStillWorker>) => void answer(data));

async function answer(asked: ToStillWorker): Promise<void> {
  const { id, frame } = asked;
  try {
    if (asked.kind === "sharpness") return say({ kind: "sharpness", id, sharpness: measure(frame) });
    const picture = await encode(frame, asked.maxWidth, asked.maxBytes);
    self.postMessage({ kind: "encoded", id, picture } satisfies FromStillWorker, {
      transfer: [picture.bytes.buffer],
    });
  } catch (error) {
    say({ kind: "failed", id, why: String(error) });
  } finally {
    frame.close();
  }
}

function say(message: FromStillWorker): void {
  self.postMessage(message);
}

function drawn(frame: ImageBitmap, maxWidth: number) {
  const scale = Math.min(1, maxWidth / frame.width);
  const width = Math.max(1, Math.round(frame.width * scale));
  const height = Math.max(1, Math.round(frame.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("a worker's canvas has no context");
  context.imageSmoothingQuality = "high";
  context.drawImage(frame, 0, 0, width, height);
  return { canvas, context, width, height };
}

function measure(frame: ImageBitmap): number {
  const { context, width, height } = drawn(frame, measuredWidth);
  return sharpnessOf(context.getImageData(0, 0, width, height).data, width, height);
}

async function encode(frame: ImageBitmap, maxWidth: number, maxBytes: number): Promise<TakenPicture> {
  const { canvas, width, height } = drawn(frame, maxWidth);
  let blob = new Blob();
  for (const quality of qualities) {
    blob = await canvas.convertToBlob({ type: "image/jpeg", quality });
    if (blob.size <= maxBytes) break;
  }
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return { bytes, sha256: Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join(""), width, height };
}
