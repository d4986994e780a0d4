import type { SignalKind } from "#domain/integrity/signal.ts";
import { type Act, during, type Stage, wait } from "./stage.ts";

type Doing = (stage: Stage) => Promise<unknown>;

/** Another window really takes the focus: the test browser's pretence that each page has it is switched off meanwhile. */
const blur: Doing = async ({ devtools, other }) => {
  await devtools.send("Emulation.setFocusEmulationEnabled", { enabled: false });
  await other.bringToFront();
};
const focus: Doing = async ({ devtools, page }) => {
  await page.bringToFront();
  await devtools.send("Emulation.setFocusEmulationEnabled", { enabled: true });
};
const leaveFullScreen: Doing = ({ page }) => page.evaluate(() => document.exitFullscreen());
/** Asking for full screen needs a click behind it. */
const enterFullScreen: Doing = async ({ page }) => {
  await page.keyboard.press("Shift");
  await page.evaluate(() => document.documentElement.requestFullscreen({ navigationUI: "hide" }));
};
const zoom =
  (factor: number): Doing =>
  ({ devtools }) =>
    devtools.send("Emulation.setPageScaleFactor", { pageScaleFactor: factor });

function lasting(
  about: SignalKind,
  ms: number,
  title: string,
  begin: Doing,
  end: Doing,
  also: readonly SignalKind[],
): Act {
  return {
    about,
    isThere: true,
    title,
    also,
    play: (stage) =>
      during(
        ms,
        () => begin(stage),
        () => end(stage),
      ),
  };
}

function harmless(about: SignalKind, title: string, play: Doing, also: readonly SignalKind[] = []): Act {
  return {
    about,
    isThere: false,
    title,
    also,
    async play(stage) {
      await play(stage);
      return null;
    },
  };
}

async function brief(stage: Stage, ms: number, begin: Doing, end: Doing): Promise<void> {
  await begin(stage);
  await wait(ms);
  await end(stage);
}

export const focusClips: readonly Act[] = [
  lasting("window-blurred", 2_800, "another window for three seconds", blur, focus, ["tab-hidden"]),
  lasting("window-blurred", 1_800, "another window for two seconds", blur, focus, ["tab-hidden"]),
  lasting("window-blurred", 6_000, "another window for six seconds", blur, focus, ["tab-hidden"]),
  harmless("window-blurred", "a notification takes the focus for 300 ms", (stage) => brief(stage, 300, blur, focus)),
  harmless("window-blurred", "another window for 600 ms", (stage) => brief(stage, 600, blur, focus)),
  harmless("window-blurred", "from field to field with the keyboard", async ({ page }) => {
    for (let press = 0; press < 6; press += 1) await page.keyboard.press("Tab");
  }),
  lasting("full-screen-left", 4_000, "out of full screen for four seconds", leaveFullScreen, enterFullScreen, []),
  lasting("full-screen-left", 7_000, "out of full screen for seven seconds", leaveFullScreen, enterFullScreen, []),
  lasting("full-screen-left", 3_000, "out of full screen for three seconds", leaveFullScreen, enterFullScreen, []),
  harmless("full-screen-left", "full screen left for 300 ms", (stage) =>
    brief(stage, 300, leaveFullScreen, enterFullScreen),
  ),
  harmless("full-screen-left", "full screen left for 600 ms", (stage) =>
    brief(stage, 600, leaveFullScreen, enterFullScreen),
  ),
  harmless("full-screen-left", "zoomed in and out", async (stage) => {
    await brief(stage, 800, zoom(1.5), zoom(1));
  }),
];
