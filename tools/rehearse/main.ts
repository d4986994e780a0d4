import { createInterface } from "node:readline/promises";
import { checkAnswers } from "./answer-check.ts";
import { openBoundLoad } from "./bound-load.ts";
import { type LocalRuntime, startLocalRuntime } from "./local-runtime.ts";
import { percentile } from "./percentile.ts";
import { createProgress, type Progress } from "./progress.ts";
import { gather, handInStorm, type Rehearsal, saturate, startStorm, work } from "./rehearsal.ts";
import { ratio, type RehearsalReport, reportTable } from "./rehearsal-report.ts";
import { BadOptions, mustAsk, readOptions, type RehearseOptions } from "./rehearse-options.ts";
import { type Account, prepareSitting, type StaffAccounts } from "./rehearsed-sitting.ts";
import { type RuntimeUsage, runtimeUsage } from "./runtime-usage.ts";
import { DidNotCome } from "./within.ts";

/** How long one slice of a saturated loop lasts; ours and the bound's follow one another. */
const sliceMs = 3_000;
const slices = 3;

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  const progress = createProgress(process.stderr);
  if (mustAsk(options) && !(await agrees(options))) {
    progress.say("Nothing was loaded.");
    return 1;
  }
  const local =
    options.origin === null ? await startLocalRuntime(options.proctors, (step) => progress.step(step)) : null;
  try {
    const report = await rehearse(options, local, progress);
    progress.end();
    process.stdout.write(options.isJson ? `${JSON.stringify(report)}\n` : `\n${reportTable(report)}\n`);
    return report.lost + report.duplicated + report.late + report.refused === 0 ? 0 : 1;
  } finally {
    await local?.stop();
  }
}

async function agrees({ origin, candidates }: RehearseOptions): Promise<boolean> {
  if (!process.stdin.isTTY) throw new BadOptions(`Loading ${origin?.origin} needs --yes.`);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await lines.question(
    `This loads ${origin?.origin} with ${candidates} candidates, and leaves a sitting named Rehearsal there. Go on? (yes/no) `,
  );
  lines.close();
  return answer.trim().toLowerCase() === "yes";
}

async function rehearse(
  options: RehearseOptions,
  local: LocalRuntime | null,
  progress: Progress,
): Promise<RehearsalReport> {
  const { candidates, rooms, proctors, seconds, rate } = options;
  const origin = local?.origin() ?? options.origin;
  if (origin === null) throw new Error("neither a deployment nor a runtime of our own");
  const usage = local === null ? null : runtimeUsage();

  progress.step("Scheduling, and checking everybody in", candidates);
  const staff = local === null ? accountsFrom(process.env) : local.staff;
  const sizes = Array.from({ length: rooms }, (_, index) => Math.floor((candidates + index) / rooms));
  const sitting = await prepareSitting(origin, staff, sizes, (done) => progress.at(done));
  const before = usage?.residentKb() ?? null;
  progress.step("Consent, device check, waiting room", candidates);
  const rehearsal = await gather(origin, sitting, proctors, (done) => progress.at(done));
  for (const candidate of rehearsal.candidates) candidate.disconnect();

  progress.step("Start storm: everybody opens the exam within a second");
  const starts = await startStorm(rehearsal);
  const after = usage?.residentKb() ?? null;

  progress.step(`Working for ${seconds} s`, seconds);
  const ticking = setInterval(() => progress.tick(), 1_000);
  const acks = await work(rehearsal, seconds, rate);
  clearInterval(ticking);

  const saturation = await saturateInSlices(rehearsal, options, local, usage, progress);
  progress.step("Everybody hands in within a second");
  const handIns = await handInStorm(rehearsal);
  for (const candidate of rehearsal.candidates) candidate.disconnect();
  for (const console of rehearsal.consoles) console.disconnect();
  progress.step("Reading the logs back");
  const answers = await checkAnswers(sitting.admin, rehearsal.candidates);

  const { measured } = rehearsal;
  for (const [refusal, count] of measured.refusals) progress.say(`Refused ${count} times: ${refusal}`);
  for (const [code, count] of measured.cutOffs) progress.say(`Closed by the session ${count} times: code ${code}`);
  const { ours, bound } = saturation;
  return {
    candidates,
    rooms,
    proctors,
    seconds,
    acksPerSecond: ours.acksPerSecond,
    ackP50Ms: percentile(acks, 0.5),
    ackP95Ms: percentile(acks, 0.95),
    ackP99Ms: percentile(acks, 0.99),
    violationP50Ms: percentile(measured.violations, 0.5),
    violationP99Ms: percentile(measured.violations, 0.99),
    startP50Ms: percentile(starts, 0.5),
    startP99Ms: percentile(starts, 0.99),
    extensionP99Ms: percentile(measured.extensions, 0.99),
    handInP99Ms: percentile(handIns, 0.99),
    cpuMicrosPerAck: ours.cpuMicrosPerAck,
    memoryKbPerCandidate: before === null || after === null ? null : Math.round((after - before) / candidates),
    bound:
      bound === null || bound.cpuMicrosPerAck === null ? null : { ...bound, cpuMicrosPerAck: bound.cpuMicrosPerAck },
    cpuRatio: ratio(ours.cpuMicrosPerAck, bound?.cpuMicrosPerAck ?? null),
    throughputRatio: ratio(ours.acksPerSecond, bound?.acksPerSecond ?? null),
    ...answers,
    refused: measured.refused(),
  };
}

type Saturation = { readonly acksPerSecond: number; readonly cpuMicrosPerAck: number | null };

/** Slices of ours and of the bound's in turn, so that a machine that slows down slows both. */
async function saturateInSlices(
  rehearsal: Rehearsal,
  { candidates, proctors, hasBound }: RehearseOptions,
  local: LocalRuntime | null,
  usage: RuntimeUsage | null,
  progress: Progress,
): Promise<{ readonly ours: Saturation; readonly bound: Saturation | null }> {
  progress.step("Saturation: everybody answers as fast as it is acknowledged", hasBound ? slices * 2 : slices);
  const load = hasBound && local !== null ? await openBoundLoad(local.boundOrigin(), candidates, proctors) : null;
  const mine = createTotal(usage);
  const bounds = createTotal(usage);
  for (let slice = 0; slice < slices; slice += 1) {
    await mine.add(() => saturate(rehearsal, sliceMs));
    progress.tick();
    if (load === null) continue;
    await bounds.add(() => load.saturate(sliceMs));
    progress.tick();
  }
  load?.close();
  return { ours: mine.result(), bound: load === null ? null : bounds.result() };
}

function createTotal(usage: RuntimeUsage | null) {
  let acks = 0;
  let milliseconds = 0;
  let cpuMicros = 0;
  return {
    async add(run: () => Promise<number>): Promise<void> {
      const [began, cpu] = [performance.now(), usage?.cpuMicros() ?? 0];
      acks += await run();
      milliseconds += performance.now() - began;
      cpuMicros += (usage?.cpuMicros() ?? 0) - cpu;
    },
    result: (): Saturation => ({
      acksPerSecond: Math.round((acks / milliseconds) * 1000),
      cpuMicrosPerAck: usage === null || acks === 0 ? null : Math.round((cpuMicros / acks) * 10) / 10,
    }),
  };
}

/** Of a deployment: from the environment, because a command line is read by others on the same computer. */
function accountsFrom(env: NodeJS.ProcessEnv): StaffAccounts {
  const account = (role: string): Account => {
    const [email, password] = [env[`REHEARSE_${role}_EMAIL`], env[`REHEARSE_${role}_PASSWORD`]];
    if (email === undefined || password === undefined) {
      throw new BadOptions(`Set REHEARSE_${role}_EMAIL and REHEARSE_${role}_PASSWORD: the rehearsal signs in as them.`);
    }
    return { email, password };
  };
  return { author: account("AUTHOR"), admin: account("ADMIN"), proctors: [account("PROCTOR")] };
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof BadOptions || error instanceof DidNotCome)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error instanceof BadOptions ? 2 : 1;
}
