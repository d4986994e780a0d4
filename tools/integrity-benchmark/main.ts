import { ensureChromium } from "../check/chromium.ts";
import { createProgress } from "../rehearse/progress.ts";
import { runBenchmark } from "./benchmark.ts";
import { clipsAbout, listOf, sceneNames } from "./benchmark-clips.ts";
import { BadOptions, readOptions } from "./benchmark-options.ts";
import { isMet, reportTable } from "./benchmark-report.ts";

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), sceneNames);
  const progress = createProgress(process.stderr);
  const missing = await ensureChromium((step) => progress.step(step));
  if (missing !== null) {
    progress.say(missing);
    return 1;
  }
  const clips = clipsAbout(options.only, options.scenes);
  const of = listOf(clips).length;
  progress.step(`Playing ${of} clips`, of);
  const began = Date.now();
  let played = 0;
  const report = await runBenchmark(clips, options.isHeaded, ({ about, isThere, title }, scene) => {
    played += 1;
    const at = `[${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s]`;
    progress.say(`${at} ${played} of ${of}: ${scene}: ${about}${isThere ? "" : " (not there)"}: ${title}`);
  });
  progress.end();
  process.stdout.write(options.isJson ? `${JSON.stringify(report)}\n` : `\n${reportTable(report)}\n`);
  return isMet(report) ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof BadOptions)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
