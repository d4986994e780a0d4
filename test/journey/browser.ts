import { join } from "node:path";
import { type Browser, type BrowserContext, chromium } from "@playwright/test";
import { chromiumFlags, chromiumPath } from "#tools/check/chromium.ts";
import { cameraFolder, type livelyCameras } from "./camera-files.ts";
import { demo } from "./demo.ts";

export type Camera = (typeof livelyCameras)[number] | "covered" | "OBS Virtual Camera";

/** Flags of a browser whose camera shows a file. The last of two equal flags is the one that counts. */
export function flagsFor(camera: Camera, more: readonly string[] = []): string[] {
  const file = join(cameraFolder, `${camera}.mjpeg`);
  return [...chromiumFlags, `--use-file-for-fake-video-capture=${file}`, ...more];
}

/** A browser of its own, closed when the journey is over, whatever became of it. */
export async function withBrowser(camera: Camera, journey: (browser: Browser) => Promise<void>): Promise<void> {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: flagsFor(camera) });
  try {
    await journey(browser);
  } finally {
    await browser.close();
  }
}

export const laptop = { width: 1366, height: 768 };

/** The candidate's own browser profile: nothing of it is shared with the staff's. */
export function candidateContext(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ baseURL: demo().origin, viewport: laptop });
}
