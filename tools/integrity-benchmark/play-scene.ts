import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { chromiumFlags, chromiumPath } from "../check/chromium.ts";
import { writeCameraFile } from "./camera-file.ts";
import type { Clip, Interval, PlayedClip } from "./clip.ts";
import type { Observation } from "./observation.ts";
import { seated } from "./pictures.ts";
import type { Scene } from "./scene.ts";
import type { CameraClip, Shot } from "./shot.ts";
import { pageCpuMs } from "./sensor-cost.ts";
import { writeSoundFile } from "./sound-file.ts";
import { type Act, type Models, type Stage, wait } from "./stage.ts";

export type PlayedScene = {
  readonly name: string;
  readonly clips: readonly PlayedClip[];
  readonly observations: readonly Observation[];
  /** How long (ms) each task over 50 ms on the page's thread was, from when all sensors had begun to work. */
  readonly longTasksMs: readonly number[];
  readonly watch: Interval;
  /** CPU (ms) of the page's process for a second of all sensors; null where it was not measured. */
  readonly cpuMsPerLook: number | null;
};

export type Players = {
  readonly origin: string;
  /** The page that draws camera pictures. */
  readonly composer: Page;
  readonly isHeaded: boolean;
  readonly onClip: (clip: PlayedClip) => void;
};

const ordinaryLeadMs = 9_000;
/** Between two clips of the camera: the candidate sits there, and the picture is marked. */
const gapMs = 3_000;
/** After an act, until what it was is told and over. */
const afterActMs = 1_600;

/** Plays a scene in a browser of its own and returns what its sensors told, with the labels. */
export async function playScene(scene: Scene, players: Players): Promise<PlayedScene> {
  const folder = mkdtempSync(join(tmpdir(), "invigil-benchmark-"));
  const camera = join(folder, scene.camera);
  const sound = join(folder, "sound.wav");
  await writeCameraFile(players.composer, camera, shotsOf(scene));
  writeSoundFile(sound, scene.sound);
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    headless: !players.isHeaded,
    args: [
      ...chromiumFlags,
      // The test browser says of itself that it is driven; a scene that is about that leaves it so.
      ...(scene.throughout.some(({ about, isThere }) => about === "automation" && isThere)
        ? []
        : ["--disable-blink-features=AutomationControlled"]),
      `--use-file-for-fake-video-capture=${camera}`,
      `--use-file-for-fake-audio-capture=${sound}`,
      ...(scene.flags ?? []),
    ],
  });
  try {
    const context = await browser.newContext({
      viewport: { width: 1366, height: 768 },
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const other = await context.newPage();
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    const models: Models = { isBroken: false };
    if (scene.mayBreakModels === true) {
      await page.route("**/face/**", (route) => (models.isBroken ? route.fulfill({ status: 503 }) : route.continue()));
    }
    return await played(scene, { browser, context, page, other, devtools, models }, players);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function played(scene: Scene, stage: Stage, { origin, onClip }: Players): Promise<PlayedScene> {
  const { page } = stage;
  await page.goto(origin);
  await page.click("#start");
  await page.waitForFunction(() => globalThis.bench !== undefined && globalThis.bench.streams !== null);
  const cost = scene.isAlone === true ? await startCost(stage) : null;
  const from = Date.now();
  await page.evaluate(() => globalThis.bench?.watch());
  const clips: PlayedClip[] = [];
  const add = (clip: PlayedClip): void => {
    clips.push(clip);
    onClip(clip);
  };
  await wait(ordinaryLeadMs / 2);
  const cpuMsPerLook = cost === null ? null : await cost();
  const workingFrom = Date.now();
  await Promise.all([
    playCamera(scene.cameraClips, page, add),
    playActs(scene.acts, stage, add),
    wait(scene.leastMs ?? 0),
  ]);
  await Promise.all(scene.endings.map((act) => playAct(act, stage, add)));
  await page.evaluate(() => globalThis.bench?.stop());
  const watch = { from, to: Date.now() };
  for (const clip of scene.throughout) add({ ...clip, ...watch, truth: clip.isThere ? watch : null });
  const { observations, longTasks } = await page.evaluate(() => ({
    observations: globalThis.bench?.observations ?? [],
    longTasks: globalThis.bench?.longTasks ?? [],
  }));
  const longTasksMs = longTasks.filter(({ at }) => at > workingFrom).map(({ ms }) => ms);
  return { name: scene.name, clips, observations, longTasksMs, watch, cpuMsPerLook };
}

const costMs = 10_000;

/** Measures the page without its sensors; what comes back measures it with them, for as long, and answers the difference. */
async function startCost({ browser }: Stage): Promise<() => Promise<number>> {
  const browserTools = await browser.newBrowserCDPSession();
  const used = async (): Promise<number> => {
    const before = await pageCpuMs(browserTools);
    await wait(costMs);
    return (await pageCpuMs(browserTools)) - before;
  };
  const without = await used();
  return async () => Math.round((((await used()) - without) * 1000) / costMs);
}

function shotsOf({ cameraClips, leadMs = ordinaryLeadMs }: Scene): readonly (Shot & { readonly isMarked: boolean })[] {
  const lead = { ms: leadMs, picture: seated, moves: true, isMarked: false };
  const gap = { ms: gapMs, picture: seated, moves: true, isMarked: true };
  // The end is long: nothing of the file's beginning may come again before the scene is over.
  const end = { ...gap, ms: 90_000 };
  return [lead, ...cameraClips.flatMap(({ shot }) => [gap, { ...shot, isMarked: false }]), end];
}

/** A clip of the camera is between two marks. */
async function playCamera(clips: readonly CameraClip[], page: Page, add: (clip: PlayedClip) => void): Promise<void> {
  // The first change is the lead without a mark; then the first gap's mark comes.
  for (const [place, { shot: _shot, ...clip }] of clips.entries()) {
    await page.waitForFunction((count) => (globalThis.bench?.marks.length ?? 0) >= count, 2 * place + 4, {
      timeout: 120_000,
      polling: 200,
    });
    const [begin, end] = await page.evaluate((at) => (globalThis.bench?.marks ?? []).slice(at, at + 2), 2 * place + 2);
    if (begin === undefined || end === undefined || begin.isThere || !end.isThere) {
      throw new Error(`The marks of "${clip.title}" are not in the camera's picture.`);
    }
    add(playedClip(clip, { from: begin.at, to: end.at }, clip.isThere ? { from: begin.at, to: end.at } : null));
  }
  if (clips.length > 0) await wait(gapMs);
}

async function playActs(acts: readonly Act[], stage: Stage, add: (clip: PlayedClip) => void): Promise<void> {
  for (const act of acts) await playAct(act, stage, add);
}

async function playAct({ play, ...clip }: Act, stage: Stage, add: (clip: PlayedClip) => void): Promise<void> {
  const from = Date.now();
  const truth = await play(stage);
  add(playedClip(clip, { from, to: Date.now() }, truth));
  await wait(afterActMs);
}

function playedClip(clip: Clip, when: Interval, truth: Interval | null): PlayedClip {
  return { ...clip, ...when, truth };
}
