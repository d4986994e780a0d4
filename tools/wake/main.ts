import { createLoadProctor } from "../rehearse/load-proctor.ts";
import { startLocalRuntime } from "../rehearse/local-runtime.ts";
import { createMeasurements } from "../rehearse/measurements.ts";
import { createProgress } from "../rehearse/progress.ts";
import { gather, startStorm } from "../rehearse/rehearsal.ts";
import { prepareSitting, type RehearsedRoom } from "../rehearse/rehearsed-sitting.ts";
import { allWithin } from "../rehearse/within.ts";

/*
 * How long a room with 200 attempts and 100,000 events takes to wake: the runtime is ended and started anew on the same
 * data, a small room is visited so that the Worker and its database are warm, and then a console opens the large one.
 */
const attempts = 200;
const answersEach = 500;
/** Pages whose close the session has not heard of yet would be noted as lost when it wakes. */
const closeHeardMs = 3_000;
const patienceMs = 10 * 60_000;

const progress = createProgress(process.stderr);
const local = await startLocalRuntime(1, (step) => progress.step(step));
try {
  progress.step("Scheduling, and checking everybody in", attempts + 1);
  const sitting = await prepareSitting(local.origin(), local.staff, [1, attempts], (done) => progress.at(done));
  const rehearsal = await gather(local.origin(), sitting, 1, () => {});
  for (const candidate of rehearsal.candidates) candidate.disconnect();
  await startStorm(rehearsal);

  progress.step("Answering", rehearsal.candidates.length);
  const writing = rehearsal.candidates.map(async (candidate) => {
    for (let count = 0; count < answersEach; count += 1) await candidate.answer();
    progress.tick();
  });
  await allWithin(patienceMs, "candidates with all their answers", writing);
  for (const each of [...rehearsal.candidates, ...rehearsal.consoles]) each.disconnect();
  await sleep(closeHeardMs);

  progress.step("Starting the runtime anew");
  await local.restart();
  const [small, large] = sitting.rooms as readonly [RehearsedRoom, RehearsedRoom];
  await opened(small);
  const coldMs = await opened(large);
  const warmMs = await opened(large);
  progress.end();
  const events = attempts * answersEach;
  process.stdout.write(`${JSON.stringify({ attempts, events, wakeMs: round(coldMs), awakeMs: round(warmMs) })}\n`);
} finally {
  await local.stop();
}

/** From the first byte until a console has the tile of every candidate, in milliseconds. */
async function opened({ examSessionId, proctorCookies, seats }: RehearsedRoom): Promise<number> {
  const [cookie = ""] = proctorCookies;
  const console = createLoadProctor(local.origin(), examSessionId, cookie, createMeasurements());
  const began = performance.now();
  await allWithin(patienceMs, "a console", [console.connect().then(() => console.until(seats.length, "open"))]);
  const took = performance.now() - began;
  console.disconnect();
  return took;
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
