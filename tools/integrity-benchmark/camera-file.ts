import { closeSync, openSync, writeSync } from "node:fs";
import type { Page } from "@playwright/test";
import type { Shot } from "./shot.ts";

/** Chromium plays a file of JPEG pictures at this rate. */
const framesPerSecond = 30;
/** A picture is shown for so many frames, and so many different ones follow one another. No two looks of a sensor in a row meet the same. */
const framesEach = 4;
const pictures = 13;

/** Writes a file for Chromium's fake camera, shot after shot. Composed in a browser, where a canvas draws and encodes. */
export async function writeCameraFile(
  composer: Page,
  file: string,
  shots: readonly (Shot & { readonly isMarked: boolean })[],
): Promise<void> {
  const made = new Map<string, readonly Buffer[]>();
  const handle = openSync(file, "w");
  try {
    for (const { ms, picture, moves = false, isFrozen = false, isMarked } of shots) {
      const key = JSON.stringify([picture, moves, isFrozen, isMarked]);
      const drawn = made.get(key) ?? (await draw(composer, picture, isFrozen ? 1 : pictures, moves, isMarked));
      made.set(key, drawn);
      for (let frame = 0; frame < Math.round((ms * framesPerSecond) / 1000); frame += 1) {
        const shown = drawn[Math.floor(frame / framesEach) % drawn.length];
        if (shown !== undefined) writeSync(handle, shown);
      }
    }
  } finally {
    closeSync(handle);
  }
}

async function draw(
  composer: Page,
  picture: Shot["picture"],
  times: number,
  moves: boolean,
  isMarked: boolean,
): Promise<readonly Buffer[]> {
  const files = await composer.evaluate(
    ([asked, count, isMoving, hasMark]) => globalThis.composer?.compose(asked, count, isMoving, hasMark),
    [picture, times, moves, isMarked] as const,
  );
  if (files === undefined) throw new Error("the page of the camera pictures did not start");
  return files.map((file) => Buffer.from(file, "base64"));
}
