import { ensureChromium } from "../check/chromium.ts";
import { createProgress } from "../rehearse/progress.ts";
import { runBenchmark } from "./benchmark.ts";
import { BadOptions, readOptions } from "./benchmark-options.ts";
import { isMet, reportTable } from "./benchmark-report.ts";
import { tabClips } from "./play-tabs.ts";
import type { Scene } from "./scene.ts";
import { scenes } from "./scenes.ts";

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), [...scenes.map(({ name }) => name), "tabs"]);
  const progress = createProgress(process.stderr);
  const missing = await ensureChromium((step) => progress.step(step));
  if (missing !== null) {
    progress.say(missing);
    return 1;
  }
  const asked = scenes
    .filter(({ name }) => options.scenes.length === 0 || options.scenes.includes(name))
    .map((scene) => (options.only.length === 0 ? scene : onlyAbout(scene, options.only)))
    .filter(({ cameraClips, acts, endings, throughout }) =>
      [cameraClips, acts, endings, throughout].some((clips) => clips.length > 0),
    );
  const tabs = tabClips.filter(
    ({ about }) =>
      (options.only.length === 0 || options.only.includes(about)) &&
      (options.scenes.length === 0 || options.scenes.includes("tabs")),
  );
  const of = asked.reduce((sum, scene) => sum + clipCount(scene), tabs.length);
  progress.step(`Playing ${of} clips in ${asked.length} launches of Chromium`, of);
  const began = Date.now();
  let played = 0;
  const report = await runBenchmark(asked, tabs, options.isHeaded, ({ about, isThere, title }, scene) => {
    played += 1;
    const at = `[${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s]`;
    progress.say(`${at} ${played} of ${of}: ${scene}: ${about}${isThere ? "" : " (not there)"}: ${title}`);
  });
  progress.end();
  process.stdout.write(options.isJson ? `${JSON.stringify(report)}\n` : `\n${reportTable(report)}\n`);
  return isMet(report) ? 0 : 1;
}

function onlyAbout(scene: Scene, kinds: readonly string[]): Scene {
  const isAsked = ({ about }: { readonly about: string }): boolean => kinds.includes(about);
  return {
    ...scene,
    cameraClips: scene.cameraClips.filter(isAsked),
    acts: scene.acts.filter(isAsked),
    endings: scene.endings.filter(isAsked),
    throughout: scene.throughout.filter(isAsked),
  };
}

function clipCount({ cameraClips, acts, endings, throughout }: Scene): number {
  return cameraClips.length + acts.length + endings.length + throughout.length;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof BadOptions)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
