import { deeds, type Deed } from "./deeds.ts";
import { faults } from "./faults.ts";
import { invariants } from "./invariants.ts";
import { createRandom, type Random } from "./random.ts";
import { fairWeather, setStage, type Stage } from "./stage.ts";

/** What was found wrong, and where. */
export type Failure = {
  readonly seed: number;
  readonly invariant: string;
  readonly fault: string;
  /** What happened until then, in words. */
  readonly story: readonly string[];
  /** How many steps there were until then. */
  readonly steps: number;
};

/** `without`: steps that are left out, by their number. `isTold`: whether the story is wanted where nothing fails. */
export type ScheduleOptions = { readonly without?: ReadonlySet<number> };

const table: readonly Deed[] = [...deeds, ...faults];
const wholeWeight = table.reduce((sum, { weight }) => sum + weight, 0);
const mostLots = 6;
/** Looking at everything in memory costs more than a step: it is done after so many. */
const closeLookEvery = 8;

/** Plays the schedule of a seed. The same seed plays the same schedule; null when nothing was wrong. */
export async function playSchedule(
  seed: number,
  { without = new Set() }: ScheduleOptions = {},
): Promise<Failure | null> {
  const lots = createRandom(seed);
  const story: string[] = [];
  const logged: string[] = [];
  const stage = setStage(lots.between(0, 2 ** 31), (line) => void logged.push(line));
  const { world } = stage;
  const began = world.now();
  const steps = lots.between(30, 80);
  let step = 0;

  function wrong(when: "always" | "end", isClose: boolean): Failure | null {
    for (const invariant of invariants) {
      if (invariant.when === "end" && when !== "end") continue;
      if (invariant.isClose === true && !isClose) continue;
      const [fault] = invariant.faults(stage.seen());
      if (fault !== undefined) return { seed, invariant: invariant.name, fault, story, steps: step };
    }
    return null;
  }

  try {
    stage.begin();
    await world.runUntil(world.now() + 1_500);
    for (step = 1; step <= steps; step += 1) {
      const random = createRandom(lots.between(0, 2 ** 31));
      const now = `${((world.now() - began) / 1000).toFixed(3)} s`;
      const what = without.has(step) ? null : draw({ ...stage, random });
      if (what !== null) story.push(`${step}. ${now}: ${what}`);
      await world.settle();
      await world.runUntil(world.now() + (without.has(step) ? 0 : pauseMs({ ...stage, random })));
      for (const candidate of stage.candidates) candidate.look();
      const failure = wrong("always", step % closeLookEvery === 0);
      if (failure !== null) return failure;
    }
    await heal(stage);
    story.push(`${((world.now() - began) / 1000).toFixed(3)} s: everything works, and nobody does anything`);
    await world.runUntil(world.now() + 130_000);
    // What happened just now is still under way to those who show it.
    while (stage.journal.latestAt() > world.now() - 3_000) await world.runUntil(world.now() + 3_000);
    return wrong("end", true);
  } catch (error) {
    return {
      seed,
      invariant: "nothing-is-thrown",
      fault: String(error instanceof Error ? error.stack : error),
      story,
      steps: step,
    };
  } finally {
    stage.globals.restore();
    stage.host.disk.close();
  }
}

/** Draws deeds until one can happen now. */
function draw(stage: Stage): string | null {
  for (let lot = 0; lot < mostLots; lot += 1) {
    let at = stage.random.next() * wholeWeight;
    const deed = table.find(({ weight }) => (at -= weight) < 0);
    const what = deed?.happens(stage) ?? null;
    if (what !== null) return what;
  }
  return null;
}

/** How long until the next step: often no time at all, now and then until just before somebody's deadline. */
function pauseMs({ random, journal, world }: Stage): number {
  const lot = random.next();
  if (lot < 0.15) return 0;
  if (lot < 0.6) return random.between(1, 1_500);
  if (lot < 0.85) return random.between(1_500, 6_000);
  if (lot < 0.93) return random.between(6_000, 25_000);
  return untilADeadline(random, journal.deadlines(world.now()), world.now());
}

function untilADeadline(random: Random, deadlines: readonly number[], now: number): number {
  const deadline = random.pick(deadlines);
  return deadline === undefined ? 1_000 : Math.max(0, deadline - now - random.between(-500, 2_000));
}

/** From now on nothing goes wrong, and whoever had to leave comes back. */
async function heal({
  weather,
  host,
  candidates,
  proctors,
  world,
  globals,
  offlineUntil,
  healed,
}: Stage): Promise<void> {
  Object.assign(weather, fairWeather);
  host.disk.fail(0);
  offlineUntil.clear();
  healed.at = world.now();
  for (const { tab } of candidates) world.after(tab().machine, 0, () => globals.announce(tab().machine, "online"));
  await world.runUntil(world.now() + 45_000);
  for (const candidate of candidates) if (candidate.tab().session === null) candidate.open();
  for (const proctor of proctors) if (proctor.console() === null) proctor.open();
  for (const candidate of candidates) candidate.goOn();
  await world.runUntil(world.now() + 5_000);
  // A page that only reads sends nothing by itself: its candidate has to say so.
  for (const candidate of candidates) if (candidate.state()?.isReading === true) candidate.do({ type: "takeOver" });
}
