import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromiumFlags } from "../check/chromium.ts";
import { type BareBrowser, type BarePage, startBareBrowser } from "./bare-browser.ts";
import { writeCameraFile } from "./camera-file.ts";
import type { Interval, PlayedClip } from "./clip.ts";
import type { Observation } from "./observation.ts";
import { seated } from "./pictures.ts";
import type { PlayedScene, Players } from "./play-scene.ts";
import { wait } from "./stage.ts";
import type { TabClip } from "./tab-clips.ts";

const betweenMs = 3_000;

/** Plays them in a browser that no test runner holds. */
export async function playTabs(clips: readonly TabClip[], { origin, composer, onClip }: Players): Promise<PlayedScene> {
  const profile = mkdtempSync(join(tmpdir(), "invigil-benchmark-"));
  const camera = join(profile, "Integrated Camera.mjpeg");
  await writeCameraFile(composer, camera, [{ ms: 10_000, picture: seated, moves: true, isMarked: false }]);
  const browser = await startBareBrowser(
    [...chromiumFlags, "--disable-blink-features=AutomationControlled", `--use-file-for-fake-video-capture=${camera}`],
    profile,
  );
  try {
    const other = await browser.open("about:blank");
    const exam = await browser.open(origin);
    await browser.activate(exam);
    await started(exam);
    const from = Date.now();
    await exam.evaluate("bench.watch()");
    await wait(betweenMs);
    const played: PlayedClip[] = [];
    for (const clip of clips) {
      const done = await playTab(clip, browser, exam, other);
      played.push(done);
      onClip(done);
      await wait(betweenMs);
    }
    await exam.evaluate("bench.stop()");
    const observations = (await exam.evaluate("bench.observations")) as readonly Observation[];
    return {
      name: "tabs",
      clips: played,
      observations,
      longTasksMs: [],
      watch: { from, to: Date.now() },
      cpuMsPerLook: null,
    };
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

async function started(exam: BarePage): Promise<void> {
  const until = Date.now() + 20_000;
  while ((await exam.evaluate("globalThis.bench !== undefined")) !== true && Date.now() < until) await wait(100);
  await exam.evaluate("document.querySelector('#start').click()");
  while ((await exam.evaluate("bench.streams !== null")) !== true) {
    if (Date.now() > until) throw new Error("the streams were not opened");
    await wait(100);
  }
}

async function playTab(
  { hiddenMs, ...clip }: TabClip,
  browser: BareBrowser,
  exam: BarePage,
  other: BarePage,
): Promise<PlayedClip> {
  const from = Date.now();
  let truth: Interval | null = null;
  if (hiddenMs === null) {
    await browser.openBehind("about:blank");
  } else {
    await browser.activate(other);
    await wait(hiddenMs);
    await browser.activate(exam);
    truth = clip.isThere ? { from, to: Date.now() } : null;
    await exam.evaluate("document.fullscreenElement ?? document.documentElement.requestFullscreen().then(() => null)");
  }
  return { ...clip, from, to: Date.now(), truth };
}
