import { markSquare, markSquares } from "../mark.ts";
import type { Mark } from "./marks.ts";

const white = 170;
const black = 85;

self.addEventListener("message", ({ data }: MessageEvent<ReadableStream<VideoFrame>>) => void read(data));

async function read(frames: ReadableStream<VideoFrame>): Promise<void> {
  const reader = frames.getReader();
  let wasThere: boolean | null = null;
  for (;;) {
    const { done, value: frame } = await reader.read();
    if (done) return;
    const at = Date.now();
    try {
      const isThere = await hasMark(frame);
      if (isThere !== wasThere) self.postMessage({ at, isThere } satisfies Mark);
      wasThere = isThere;
    } finally {
      frame.close();
    }
  }
}

/** Only the corner is copied; the first plane of every format that a camera has here is brightness. */
async function hasMark(frame: VideoFrame): Promise<boolean> {
  const rect = { x: 0, y: 0, width: markSquare * markSquares, height: markSquare };
  const bytes = new Uint8Array(frame.allocationSize({ rect }));
  const [plane] = await frame.copyTo(bytes, { rect });
  if (plane === undefined) return false;
  for (let square = 0; square < markSquares; square += 1) {
    const brightness = meanOf(bytes, plane, square);
    if (square % 2 === 0 ? brightness < white : brightness > black) return false;
  }
  return true;
}

/** Of the middle of a square: its border is blurred by the file's compression. */
function meanOf(bytes: Uint8Array, { offset, stride }: PlaneLayout, square: number): number {
  let sum = 0;
  let count = 0;
  for (let y = 4; y < markSquare - 4; y += 1) {
    for (let x = 4; x < markSquare - 4; x += 1) {
      sum += bytes[offset + y * stride + square * markSquare + x] ?? 0;
      count += 1;
    }
  }
  return sum / count;
}
