import { chromium } from "@playwright/test";
import { chromiumFlags, chromiumPath } from "../check/chromium.ts";
import { policyNamed, type Severity } from "#domain/integrity/policy.ts";
import type { SignalKind } from "#domain/integrity/signal.ts";
import type { BenchmarkClips } from "./benchmark-clips.ts";
import { type BenchmarkReport, figuresOf } from "./benchmark-report.ts";
import type { PlayedClip } from "./clip.ts";
import { note } from "./note.ts";
import { type PlayedScene, type Players, playScene } from "./play-scene.ts";
import { playSession } from "./play-session.ts";
import { playTabs } from "./play-tabs.ts";
import type { Scene } from "./scene.ts";
import { calmMs, score, type Watched } from "./score.ts";
import { servePages } from "./serve-page.ts";

const presets = ["standard", "strict"] as const;
/** Most of a scene is waiting: so many are played at a time. */
const atOnce = 2;
const quiet: ReadonlySet<Severity> = new Set<Severity>(["info", "low"]);
const hourMs = 3_600_000;

/** Plays the scenes and compares what the product notes with what was there. */
export async function runBenchmark(
  { scenes, tabs, session, kinds }: BenchmarkClips,
  isHeaded: boolean,
  onClip: (clip: PlayedClip, scene: string) => void,
): Promise<BenchmarkReport> {
  const began = Date.now();
  const served = await servePages();
  const drawing = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumFlags] });
  try {
    const composer = await drawing.newPage();
    await composer.goto(new URL("compose.html", served.origin).href);
    await composer.waitForFunction(() => globalThis.composer !== undefined);
    const players = (scene: string): Players => ({
      origin: served.origin,
      composer,
      isHeaded,
      onClip: (clip) => onClip(clip, scene),
    });
    const play = (scene: Scene): Promise<PlayedScene> => playScene(scene, players(scene.name));
    const together = await inLanes(
      scenes.filter(({ isAlone = false }) => !isAlone),
      play,
    );
    const alone = await inLanes(
      scenes.filter(({ isAlone = false }) => isAlone),
      play,
      1,
    );
    const inTabs = tabs.length === 0 ? [] : [await playTabs(tabs, players("tabs"))];
    const bySession = session.length === 0 ? [] : await playSession(session, (clip) => onClip(clip, "session"));
    return report([...together, ...alone, ...inTabs], bySession, kinds, (Date.now() - began) / 1000);
  } finally {
    await drawing.close();
    await served.close();
  }
}

async function inLanes<In, Out>(
  items: readonly In[],
  work: (item: In) => Promise<Out>,
  lanes = atOnce,
): Promise<Out[]> {
  const waiting = [...items];
  const done: Out[] = [];
  const lane = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) done.push(await work(item));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return done;
}

/** `bySession`: judged by the session itself already; the presets have the same rules for what it notices. */
function report(
  played: readonly PlayedScene[],
  bySession: readonly Watched[],
  kinds: readonly SignalKind[],
  seconds: number,
): BenchmarkReport {
  const calm = played.reduce((sum, { clips, watch }) => sum + calmMs(clips, watch), 0);
  const scores = presets.map((name) => {
    const policy = policyNamed(name);
    const scored = score(policy, [...played.map((scene) => watchedBy(scene, name)), ...bySession]);
    return kinds.length === 0 ? scored : only(kinds, scored);
  });
  const loudAlarms = scores.map(
    (preset) =>
      Object.values(preset)
        .flatMap(({ falseAlarms }) => falseAlarms)
        .filter(({ severity }) => !quiet.has(severity)).length,
  );
  const alone = played.find(({ cpuMsPerLook }) => cpuMsPerLook !== null);
  return {
    signals: figuresOf(scores),
    falseAlarmsAboveLowPerHour: calm === 0 ? 0 : Math.round((Math.max(...loudAlarms) * hourMs * 10) / calm) / 10,
    calmMinutes: Math.round(calm / 6_000) / 10,
    longTasks: alone?.longTasksMs.length ?? 0,
    longestTaskMs: alone === undefined || alone.longTasksMs.length === 0 ? null : Math.max(...alone.longTasksMs),
    longTasksInAllScenes: played.reduce((sum, { longTasksMs }) => sum + longTasksMs.length, 0),
    cpuMsPerLook: alone?.cpuMsPerLook ?? null,
    clips: [...played, ...bySession].reduce((sum, { clips }) => sum + clips.length, 0),
    seconds,
  };
}

type Scores = ReturnType<typeof score>;

function only(kinds: readonly SignalKind[], scored: Scores): Scores {
  return Object.fromEntries(Object.entries(scored).filter(([kind]) => kinds.some((asked) => asked === kind)));
}

function watchedBy({ clips, observations, watch }: PlayedScene, preset: (typeof presets)[number]): Watched {
  const fresh = clips.map(({ about, from }) => ({ kind: about, at: from }));
  return { clips, violations: note(policyNamed(preset), observations, fresh, watch.to) };
}
