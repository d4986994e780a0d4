import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium, expect } from "@playwright/test";
import { chromiumFlags, chromiumPath } from "#tools/check/chromium.ts";
import { cameraFolder, noisyFrames, stillFolder } from "./camera-files.ts";
import type { Turn } from "./head-harness/turn-head.ts";
import { serveSensors } from "./serve-sensors.ts";

/** How the head is held, and for how long. */
type Phase = Turn & { readonly seconds: number };

/** A fake camera plays its file at this rate, and begins anew at its end. */
const framesPerSecond = 30;
/** A phase has some thirty seconds: pictures of this size keep its file small, and the sensors look at no larger ones. */
const size = { width: 320, height: 240 };

/** Writes a camera file of the portrait that holds and turns its head. Answers its path. */
export async function makeTurnedCamera(name: string, phases: readonly Phase[]): Promise<string> {
  const portrait = await readFile(join(stillFolder, "one.mjpeg"));
  const { origin, close } = await serveSensors("head-harness");
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumFlags] });
  try {
    const page = await browser.newPage();
    await page.goto(origin);
    await expect.poll(() => page.evaluate(() => typeof globalThis.turnHead)).toBe("function");
    const stills = await page.evaluate(({ picture, turns }) => globalThis.turnHead?.(picture, turns) ?? [], {
      picture: `data:image/jpeg;base64,${portrait.toString("base64")}`,
      turns: phases,
    });
    const frames: Buffer[] = [];
    for (const [place, { seconds }] of phases.entries()) {
      const noisy = await noisyFrames(page, {
        still: stills[place]?.split(",")[1] ?? null,
        colour: "#000000",
        ...size,
      });
      for (let frame = 0; frame < seconds * framesPerSecond; frame += 1) frames.push(noisy[frame % noisy.length]!);
    }
    const path = join(cameraFolder, name);
    await writeFile(path, Buffer.concat(frames));
    return path;
  } finally {
    await browser.close();
    await close();
  }
}
