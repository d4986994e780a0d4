import { playSchedule } from "./schedule.ts";
const [from, count] = process.argv.slice(2).map(Number);
const began = process.hrtime.bigint();
let failed = 0;
for (let seed = from!; seed < from! + count!; seed += 1) {
  const failure = await playSchedule(seed);
  if (failure !== null) { failed += 1; if (failed < 4) { process.stdout.write(`${seed} ${failure.invariant}: ${failure.fault}\n${failed==1? failure.story.slice(-80).join("\n"):""}\n`);} else process.stdout.write(`${seed} ${failure.invariant}: ${failure.fault.slice(0,200)}\n`); }
}
process.stdout.write(`${count} schedules, ${failed} failed, ${Number(process.hrtime.bigint() - began) / 1e6 / count!} ms each\n`);
