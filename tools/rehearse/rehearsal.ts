import { consentTextOf } from "#domain/exam/consent.ts";
import { policyNamed } from "#domain/integrity/policy.ts";
import { consentHash, createLoadCandidate, type LoadCandidate } from "./load-candidate.ts";
import { loadExam, loadItems } from "./load-exam.ts";
import { createLoadProctor, type LoadProctor } from "./load-proctor.ts";
import { createMeasurements, type Measurements } from "./measurements.ts";
import type { RehearsedSitting } from "./rehearsed-sitting.ts";
import { allWithin } from "./within.ts";

export type Rehearsal = {
  readonly measured: Measurements;
  readonly candidates: readonly LoadCandidate[];
  readonly consoles: readonly LoadProctor[];
};

type Room = { readonly examSessionId: string; readonly candidates: readonly LoadCandidate[] };

/** Whoever has not had an answer by then is not going to get one. */
const patienceMs = 60_000;
/** Of so many messages one is followed by a page that loses its line and comes back. */
const reconnectsEvery = 997;
/** Pages that come at once before the exam; the storm comes later. */
const atOnce = 20;

const passed = { camera: "passed", microphone: "passed", screen: "passed", fullScreen: "passed" } as const;

/** Everybody connects, consents, passes the device check, waits and is let in; then the candidates close their pages. */
export async function gather(
  origin: URL,
  { rooms }: RehearsedSitting,
  proctors: number,
  onProgress: (done: number) => void,
): Promise<Rehearsal> {
  const measured = createMeasurements();
  const textSha256 = consentHash(consentTextOf({ ...loadExam, integrity: policyNamed(loadExam.policy) }));
  let done = 0;
  const gathered: Room[] = [];
  const consoles: LoadProctor[] = [];
  async function askToComeIn(candidate: LoadCandidate): Promise<void> {
    await candidate.connect();
    await candidate.say({ type: "giveConsent", textSha256 });
    await candidate.say({ type: "reportDeviceCheck", check: passed });
    await candidate.say({ type: "requestAdmission" });
    onProgress(++done);
  }

  for (const { examSessionId, proctorCookies, seats } of rooms) {
    const mine = Array.from({ length: proctors }, (_, index) =>
      createLoadProctor(origin, examSessionId, proctorCookies[index % proctorCookies.length] ?? "", measured),
    );
    for (const console of mine) await console.connect();
    const candidates = seats.map((seat) => createLoadCandidate(origin, seat, measured));
    for (let first = 0; first < candidates.length; first += atOnce) {
      const some = candidates.slice(first, first + atOnce);
      await allWithin(patienceMs, "candidates in the waiting room", some.map(askToComeIn));
    }
    const [first] = mine;
    if (first === undefined) throw new Error("a room without a console");
    const admissions = candidates.map(({ attemptId }) => first.give(attemptId, { type: "admit" }));
    await allWithin(patienceMs, "admissions", admissions);
    consoles.push(...mine);
    gathered.push({ examSessionId, candidates });
  }
  return { measured, consoles, candidates: gathered.flatMap(({ candidates }) => candidates) };
}

/** All come within one second. Gives how long each took from the first byte to the paper, in milliseconds. */
export async function startStorm({ candidates }: Rehearsal): Promise<readonly number[]> {
  return allWithin(
    patienceMs,
    "papers after the start storm",
    candidates.map(async (candidate, index) => {
      await sleep((index / candidates.length) * 1000);
      const began = performance.now();
      await candidate.connect();
      await candidate.open();
      return performance.now() - began;
    }),
  );
}

/**
 * An open loop: each message is due at its moment, whether or not the one before was answered. Most are answers; some go
 * from question to question, flag, paste, and a few pages reconnect. Now and then a proctor gives time.
 */
export async function work(rehearsal: Rehearsal, seconds: number, rate: number): Promise<readonly number[]> {
  const { candidates, consoles, measured } = rehearsal;
  measured.count(true);
  const everyMs = 1000 / rate;
  const giving = giveTime(candidates, consoles, measured, seconds);
  await allWithin(
    seconds * 1000 + patienceMs,
    "candidates at work",
    candidates.map(async (candidate, index) => {
      const first = performance.now() + (index / candidates.length) * everyMs;
      for (let beat = 0; beat < seconds * rate; beat += 1) {
        const due = first + beat * everyMs;
        await sleep(due - performance.now());
        act(candidate, index * 7 + beat, due, measured);
        if ((index + beat) % reconnectsEvery === reconnectsEvery - 1) {
          candidate.disconnect();
          // What is due meanwhile is sent when the line is there again, and counts from when it was due.
          void candidate.connect().catch(() => measured.cutOff(0));
        }
      }
    }),
  );
  await giving;
  await settled(candidates);
  return measured.count(false);
}

/** A fixed mix, so that two runs do the same: of twenty messages fourteen are answers. */
function act(candidate: LoadCandidate, turn: number, due: number, measured: Measurements): void {
  const step = turn % 20;
  const itemId = loadItems[turn % loadItems.length]!;
  if (step === 19) {
    measured.pasted(candidate.attemptId, due);
    void candidate.say(
      { type: "reportMoment", kind: "pasted", detail: { count: 12, confidence: null }, agoMs: 0 },
      due,
    );
  } else if (step >= 15) void candidate.say({ type: "visitItem", itemId }, due);
  else if (step === 14) void candidate.say({ type: "flagItem", itemId, flagged: turn % 40 < 20 }, due);
  else void candidate.answer(due);
}

async function giveTime(
  candidates: readonly LoadCandidate[],
  consoles: readonly LoadProctor[],
  measured: Measurements,
  seconds: number,
): Promise<void> {
  const perRoom = Math.ceil(candidates.length / new Set(consoles.map(({ examSessionId }) => examSessionId)).size);
  const rooms = [...new Map(consoles.map((console) => [console.examSessionId, console])).values()];
  for (let turn = 0; turn < seconds * 2; turn += 1) {
    await sleep(500);
    const index = (turn * 31) % candidates.length;
    const candidate = candidates[index];
    const console = rooms[Math.floor(index / perRoom)];
    if (candidate === undefined || console === undefined) continue;
    const reason = `Rehearsed ${turn}`;
    measured.timeGiven(candidate.attemptId, reason);
    void console.give(candidate.attemptId, { type: "addTime", ms: 60_000, reason });
  }
}

/** A closed loop: each candidate answers again as soon as the answer before is acknowledged. Gives how many were. */
export async function saturate({ candidates, measured }: Rehearsal, milliseconds: number): Promise<number> {
  const before = measured.total();
  const until = performance.now() + milliseconds;
  await allWithin(
    milliseconds + patienceMs,
    "candidates in the closed loop",
    candidates.map(async (candidate) => {
      while (performance.now() < until) await candidate.answer();
    }),
  );
  return measured.total() - before;
}

/** All hand in within one second. Gives how long each took to be acknowledged. */
export async function handInStorm({ candidates }: Rehearsal): Promise<readonly number[]> {
  return allWithin(
    patienceMs,
    "hand-ins",
    candidates.map(async (candidate, index) => {
      await sleep((index / candidates.length) * 1000);
      const began = performance.now();
      await candidate.say({ type: "handIn" });
      return performance.now() - began;
    }),
  );
}

/** Waits until everything is answered, or for ten seconds. */
async function settled(candidates: readonly LoadCandidate[]): Promise<void> {
  const until = performance.now() + 10_000;
  while (candidates.some((candidate) => candidate.unanswered() > 0) && performance.now() < until) await sleep(20);
}

function sleep(ms: number): Promise<void> {
  return ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
}
