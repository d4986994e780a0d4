import type { Deed } from "./deeds.ts";
import type { ReadModelMood, Stage } from "./stage.ts";

/** What goes wrong. */
export const faults: readonly Deed[] = [
  {
    weight: 12,
    happens({ host, random }) {
      const line = random.pick(host.lines());
      if (line === undefined) return null;
      line.cut();
      return `the line of ${line.owner.name} breaks`;
    },
  },
  {
    weight: 8,
    happens(stage) {
      const { random, candidates, world, offlineUntil } = stage;
      const candidate = random.pick(candidates);
      if (candidate === undefined) return null;
      const ms = random.between(3_000, 40_000);
      offlineUntil.set(candidate.name, world.now() + ms);
      breakLines(stage, candidate.name);
      return `${candidate.name} has no network for ${ms} ms`;
    },
  },
  {
    weight: 2,
    happens({ host }) {
      const lines = host.lines();
      for (const line of lines) line.cut();
      return lines.length === 0 ? null : "all lines break";
    },
  },
  { weight: 12, happens: ({ host }) => (host.evict() ? "the object hibernates" : null) },
  {
    weight: 6,
    happens({ host }) {
      host.crash();
      return "the object crashes";
    },
  },
  {
    weight: 8,
    happens({ host, random }) {
      const turns = random.between(1, 3);
      host.disk.fail(turns);
      return `the next ${turns} transactions fail`;
    },
  },
  {
    weight: 10,
    happens(stage) {
      const { random, candidates, world } = stage;
      const candidate = random.pick(candidates);
      if (candidate === undefined) return null;
      const isRestored = random.chance(0.6);
      breakLines(stage, candidate.name);
      candidate.crash(isRestored);
      world.after(candidate.tab().machine, random.between(500, 20_000), candidate.open);
      return `the browser of ${candidate.name} crashes, and comes back with ${isRestored ? "the same tab" : "a new tab"}`;
    },
  },
  {
    weight: 3,
    happens(stage) {
      const { random, proctors, world } = stage;
      const proctor = random.pick(proctors);
      if (proctor === undefined) return null;
      breakLines(stage, proctor.name);
      proctor.crash();
      world.after(proctor.machine, random.between(500, 20_000), proctor.open);
      return `the browser of ${proctor.name} crashes`;
    },
  },
  {
    weight: 4,
    happens({ random, candidates }) {
      const candidate = random.pick(candidates);
      if (candidate === undefined) return null;
      const ms = random.between(-86_400_000, 86_400_000);
      candidate.tab().machine.wallAheadMs = ms;
      return `the wall clock of ${candidate.name} jumps by ${ms} ms`;
    },
  },
  {
    weight: 4,
    happens({ random, candidates, world, slept }) {
      const candidate = random.pick(candidates);
      if (candidate === undefined) return null;
      const ms = random.between(1_000, 40_000);
      slept.add(candidate.name);
      world.sleep(candidate.tab().machine, ms);
      return `the computer of ${candidate.name} sleeps for ${ms} ms`;
    },
  },
  {
    weight: 4,
    happens({ random, weather }) {
      weather.slowestMs = random.pick([20, 120, 1_500, 4_000]);
      return `messages take up to ${weather.slowestMs} ms`;
    },
  },
  {
    weight: 4,
    happens({ random, weather }) {
      weather.latestAlarmMs = random.pick([5, 2_000, 20_000]);
      weather.alarmRingsTwice = random.pick([0, 0.5]);
      return `alarms ring up to ${weather.latestAlarmMs} ms late, and again with a chance of ${weather.alarmRingsTwice}`;
    },
  },
  {
    weight: 8,
    happens({ random, weather }) {
      weather.readModel = random.pick<ReadModelMood>(["well", "fails", "takes and fails", "hangs", "slow"]);
      return `the read model: ${weather.readModel}`;
    },
  },
  {
    weight: 3,
    happens({ random, weather }) {
      weather.storeFails = random.pick([0, 0.4, 0.9]);
      return `the recording store fails with a chance of ${weather.storeFails}`;
    },
  },
];

function breakLines({ host }: Stage, name: string): void {
  for (const line of host.lines()) if (line.owner.name === name) line.cut();
}
