import { before, seated, sits } from "./pictures.ts";
import type { CameraClip } from "./shot.ts";
import { type Act, wait } from "./stage.ts";

/** What somebody does before the camera who works: each of them a while, none of them anything to note. */
export const calmCameraClips: readonly CameraClip[] = [
  { about: "no-face", isThere: false, title: "calm: thinking", shot: { ms: 15_000, picture: seated, moves: true } },
  {
    about: "head-turned",
    isThere: false,
    title: "calm: a look at the keyboard",
    shot: { ms: 3_000, picture: before("shelves", sits({ nod: 25 })), moves: true },
  },
  {
    about: "several-faces",
    isThere: false,
    title: "calm: leaned back",
    shot: { ms: 15_000, picture: before("shelves", sits({ y: 190, scale: 0.75 })), moves: true },
  },
  {
    about: "camera-covered",
    isThere: false,
    title: "calm: a cup before the camera",
    shot: { ms: 1_500, picture: before("shelves", sits(), { draw: "book", x: 320, y: 240, size: 420 }), moves: true },
  },
  {
    about: "head-turned",
    isThere: false,
    title: "calm: a glance out of the window",
    shot: { ms: 2_500, picture: before("shelves", sits({ turn: -50 })), moves: true },
  },
  {
    about: "camera-frozen",
    isThere: false,
    title: "calm: reading, nearly still",
    shot: { ms: 15_000, picture: seated },
  },
  {
    about: "no-face",
    isThere: false,
    title: "calm: picks up a pen",
    shot: { ms: 1_800, picture: before("shelves", sits({ x: 480, y: 330, lean: 35 })), moves: true },
  },
  {
    about: "camera-covered",
    isThere: false,
    title: "calm: a cloud takes the light",
    shot: { ms: 15_000, picture: { ...seated, brightness: 0.6 }, moves: true },
  },
];

const paragraph =
  "The moon pulls the near side of the earth more than its middle, and the middle more than the far side. ";

/** Working: typing with pauses, mending, scrolling and clicking. It goes on for as long as the camera's clips. */
export const calmActs: readonly Act[] = [
  {
    about: "burst-typed",
    isThere: false,
    title: "calm: two minutes of writing an answer",
    async play({ page }) {
      const until = Date.now() + 110_000;
      await page.locator("#answer").fill("");
      await page.locator("#answer").click();
      while (Date.now() < until) {
        await page.keyboard.type(paragraph, { delay: 95 });
        await page.keyboard.press("Backspace");
        await page.mouse.wheel(0, 200);
        await wait(1_500);
        await page.keyboard.type(" so the sea is high twice.", { delay: 55 });
        await page.keyboard.press("Control+ArrowLeft");
        await page.keyboard.press("End");
        await page.locator("#prompt").click();
        await wait(1_000);
        await page.locator("#answer").click();
      }
      return null;
    },
  },
];
