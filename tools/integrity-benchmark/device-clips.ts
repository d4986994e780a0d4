import type { Worker } from "@playwright/test";
import type { Clip } from "./clip.ts";
import { type Act, during, type Stage, wait } from "./stage.ts";

/** What the browser is started as holds for the whole launch. */
function always(about: Clip["about"], title: string, also: Clip["also"] = []): Clip {
  return { about, isThere: true, title, also };
}

export const oneRoom: readonly Clip[] = [
  always("virtual-camera", "a camera called OBS Virtual Camera"),
  always("screen-not-entire", "a window is shared"),
  always("several-displays", "two displays"),
  always("microphone-silent", "digital silence"),
  always("automation", "a test browser that says so", ["developer-tools"]),
];

export const anotherRoom: readonly Clip[] = [
  always("virtual-camera", "a camera called ManyCam Virtual Webcam"),
  always("screen-not-entire", "a tab is shared"),
  always("several-displays", "three displays"),
  always("microphone-silent", "digital silence, the second time"),
  always("automation", "a test browser that says so, the second time", ["developer-tools"]),
];

function harmless(about: Clip["about"], title: string, play: (stage: Stage) => Promise<unknown>): Act {
  return {
    about,
    isThere: false,
    title,
    async play(stage) {
      await play(stage);
      return null;
    },
  };
}

/** The page's thread is busy for so long. */
function stall(ms: number): (stage: Stage) => Promise<unknown> {
  return ({ page }) =>
    page.evaluate((length) => {
      for (const end = performance.now() + length; performance.now() < end;);
    }, ms);
}

/** What could be taken for developer tools, or for a sensor that is lost. */
/** Who plugs in again is watched anew, and what was there begins anew: first it has to be noted. */
const beforeReplugMs = 7_000;

export const replugClips: readonly Act[] = [
  harmless("camera-ended", "the camera's cable is out for less than a second", async ({ page }) => {
    await wait(beforeReplugMs);
    await page.evaluate(() => globalThis.bench?.plugAgain(700));
  }),
  harmless("microphone-ended", "the microphone's cable is out for a second", ({ page }) =>
    page.evaluate(() => globalThis.bench?.plugAgain(1_000)),
  ),
];

export const slowClips: readonly Act[] = [
  harmless("developer-tools", "the page stands still for two seconds", stall(2_000)),
  harmless("developer-tools", "a computer six times slower for six seconds", ({ devtools }) =>
    during(
      6_000,
      () => devtools.send("Emulation.setCPUThrottlingRate", { rate: 6 }),
      () => devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 }),
    ),
  ),
  harmless("developer-tools", "a smaller window, and back", async ({ page }) => {
    await page.setViewportSize({ width: 1000, height: 640 });
    await wait(3_000);
    await page.setViewportSize({ width: 1366, height: 768 });
  }),
  harmless("sensor-lost", "the page stands still for three seconds", stall(3_000)),
  harmless("screen-share-ended", "the share ends, and is there again within a second", async ({ page }) => {
    await page.evaluate(() => {
      for (const track of globalThis.bench?.streams?.screen.getTracks() ?? []) track.stop();
    });
    await wait(700);
    await page.evaluate(() => document.querySelector<HTMLButtonElement>("#share")?.focus());
    await page.keyboard.press("Enter");
    await wait(2_500);
  }),
];

/** A thread that is busy for good. */
function hang(worker: Worker): void {
  worker
    .evaluate(() => {
      for (;;);
    })
    .catch(() => undefined); // ends with the worker
}

function looksAtPictures(worker: Worker): boolean {
  return worker.url().includes("picture-worker");
}

/** A sensor is lost when it was silent for so long (ms): before that nothing is the case yet. */
const silenceMs = 4_000;

export const lostClips: readonly Act[] = [
  harmless("sensor-lost", "a worker hangs, and is replaced", async ({ page }) => {
    page.workers().filter(looksAtPictures).forEach(hang);
    await wait(18_000);
  }),
  {
    about: "sensor-lost",
    isThere: true,
    title: "a worker hangs, and no model can be loaded any more",
    async play({ page, models }) {
      models.isBroken = true;
      page.workers().filter(looksAtPictures).forEach(hang);
      const from = Date.now() + silenceMs;
      await wait(silenceMs + 13_000);
      models.isBroken = false;
      return { from, to: Date.now() };
    },
  },
];
