import { parseArgs } from "node:util";
import { failureWords, play } from "./play.ts";
import type { Failure } from "./schedule.ts";

// npm run simulate -- --schedules 20000 [--seed N]

const { values } = parseArgs({
  options: { schedules: { type: "string", default: "1000" }, seed: { type: "string", default: "1" } },
});
const count = wholeNumber("schedules", values.schedules);
const from = wholeNumber("seed", values.seed);

const began = performance.now();
let toldAt = began;
let toldOf = 0;
const { played, failures } = await play({
  from,
  count,
  onPlayed(soFar) {
    // At once: a long run may be ended before it has come to its end.
    for (; toldOf < soFar.failures.length; toldOf += 1) process.stderr.write(`${shortly(soFar.failures[toldOf])}\n`);
    if (performance.now() - toldAt < 5_000) return;
    toldAt = performance.now();
    process.stderr.write(
      `${soFar.played} of ${count} schedules, ${perSecond(soFar.played)} a second, ${soFar.failures.length} failed\n`,
    );
  },
});
const [first, ...others] = failures;
if (first !== undefined) process.stdout.write(`${failureWords(first)}\n`);
for (const failure of others.slice(0, 50)) process.stdout.write(`${shortly(failure)}\n`);
process.stdout.write(
  `${played} schedules from seed ${from}, ${perSecond(played)} a second: ${failures.length === 0 ? "every invariant held" : `${failures.length} failed`}\n`,
);
process.exitCode = failures.length === 0 ? 0 : 1;

function shortly(failure: Failure | undefined): string {
  return failure === undefined ? "" : `seed ${failure.seed} breaks ${failure.invariant}: ${failure.fault}`;
}

function perSecond(done: number): string {
  return ((done * 1000) / (performance.now() - began)).toFixed(1);
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new RangeError(`--${name} is a whole number above zero, not ${text}`);
}
