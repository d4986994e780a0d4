import { sha256Hex } from "#durable-objects/exam-session/sha256.ts";
import { consentTextOf } from "#domain/exam/consent.ts";
import { consentTextCharacters } from "#domain/exam/consent-text.ts";
import type { MadeCommand } from "#client/take-exam/attempt-session.ts";
import { type ProctorCommand, terminationCauses } from "#domain/attempt/command.ts";
import type { AttemptStatus } from "#domain/attempt/state.ts";
import type { Candidate } from "./candidate.ts";
import { markOf } from "./exam.ts";
import type { Stage } from "./stage.ts";
import { uploadSegment } from "./upload.ts";

/** Something that a person does, or that goes wrong. Gives what happened in words, or null when it could not happen now. */
export type Deed = { readonly weight: number; readonly happens: (stage: Stage) => string | null };

const passed = { camera: "passed", microphone: "passed", screen: "passed", fullScreen: "passed" } as const;

/** What a candidate does next on the way to the paper, by what the page shows. */
function nextOnTheWay(status: AttemptStatus, stage: Stage): MadeCommand | null {
  switch (status) {
    case "registered":
      return { type: "giveConsent", textSha256: sha256Hex(consentTextCharacters(consentTextOf(stage.exam))) };
    case "consented":
      return { type: "reportDeviceCheck", check: passed };
    case "checked":
    case "denied":
      return { type: "requestAdmission" };
    case "admitted":
      return { type: "openPaper" };
    default:
      return null;
  }
}

/** A deed of one candidate, in one of these statuses as the page shows them. */
function ofCandidate(
  weight: number,
  statuses: readonly AttemptStatus[],
  act: (candidate: Candidate, stage: Stage) => string | null,
): Deed {
  return {
    weight,
    happens(stage) {
      const able = stage.candidates.filter((candidate) => {
        const status = candidate.state()?.view?.status;
        return status !== undefined && statuses.includes(status);
      });
      const candidate = stage.random.pick(able);
      if (candidate === undefined) return null;
      const what = act(candidate, stage);
      return what === null ? null : `${candidate.name} ${what}`;
    },
  };
}

/** A candidate gives a command, in one of these statuses. */
function says(
  weight: number,
  statuses: readonly AttemptStatus[],
  make: (stage: Stage, candidate: Candidate) => MadeCommand | null,
): Deed {
  return ofCandidate(weight, statuses, (candidate, stage) => {
    const command = make(stage, candidate);
    if (command === null) return null;
    candidate.do(command);
    return `says ${command.type}`;
  });
}

/** Words that nobody says a second time, about this candidate. */
function wordsFor({ name }: Candidate, { said }: Stage): string {
  said.words += 1;
  return `words ${said.words} for ${markOf(name)}`;
}

/** A deed of one proctor for one candidate, in one of these statuses as the console shows them. */
function ofProctor(
  weight: number,
  statuses: readonly AttemptStatus[],
  make: (candidate: Candidate, stage: Stage) => ProctorCommand | null,
): Deed {
  return {
    weight,
    happens(stage) {
      const proctor = stage.random.pick(stage.proctors);
      const tiles = proctor?.console()?.room.get().tiles;
      if (proctor === undefined || tiles === undefined) return null;
      const able = stage.candidates.filter(({ attemptId }) => {
        const status = tiles.get(attemptId)?.view.status;
        return status !== undefined && statuses.includes(status);
      });
      const candidate = stage.random.pick(able);
      const command = candidate === undefined ? null : make(candidate, stage);
      if (candidate === undefined || command === null) return null;
      proctor.do(candidate.attemptId, command);
      return `${proctor.name} does ${command.type} for ${candidate.name}`;
    },
  };
}

const beforePaper = ["registered", "consented", "checked", "denied", "admitted"] as const;
const working = ["open", "paused"] as const;
const anything = [...beforePaper, "waiting", ...working, "handed-in", "terminated"] as const;

const candidateDeeds: readonly Deed[] = [
  {
    weight: 40,
    happens(stage) {
      const going = stage.candidates.flatMap((candidate) => {
        const status = candidate.state()?.view?.status;
        const command = status === undefined ? null : nextOnTheWay(status, stage);
        if (command === null) return [];
        candidate.do(command);
        return [`${candidate.name} ${command.type}`];
      });
      return going.length === 0 ? null : `all go on: ${going.join(", ")}`;
    },
  },
  ofCandidate(60, ["open"], (candidate, { random }) => {
    const paper = candidate.state()?.view?.paper;
    const item = random.pick((paper?.sections ?? []).flatMap(({ items }) => items));
    if (item === undefined) return null;
    const times = random.chance(0.3) ? random.between(2, 4) : 1;
    for (let time = 0; time < times; time += 1) candidate.answer(item);
    return `answers ${item.id} ${times} times, up to answer ${candidate.given.length}`;
  }),
  ofCandidate(5, ["open", "paused", "handed-in", "terminated"], (candidate, { random, items }) => {
    const item = random.pick(items);
    if (item === undefined) return null;
    candidate.insist(item);
    return `insists on an answer to ${item.id}, answer ${candidate.given.length}`;
  }),
  says(5, ["open"], ({ items, random }) => {
    const item = random.pick(items);
    return item === undefined ? null : { type: "flagItem", itemId: item.id, flagged: random.chance(0.6) };
  }),
  says(4, ["open"], ({ items, random }) => {
    const item = random.pick(items);
    return item === undefined ? null : { type: "visitItem", itemId: item.id };
  }),
  says(8, ["open"], ({ exam }) => {
    const limited = exam.sections.find(({ timeLimitMs }) => timeLimitMs !== undefined);
    return limited === undefined ? null : { type: "enterSection", sectionId: limited.id };
  }),
  says(4, ["open"], () => ({ type: "startBreak" })),
  says(4, ["paused"], () => ({ type: "endBreak" })),
  says(3, ["open"], () => ({ type: "handIn" })),
  says(5, anything, (stage, candidate) => ({ type: "sendMessage", text: wordsFor(candidate, stage) })),
  says(4, anything, (_stage, candidate) => {
    const warning = candidate
      .state()
      ?.view?.messages.find(({ kind, acknowledged }) => kind === "warning" && !acknowledged);
    return warning === undefined ? null : { type: "acknowledgeWarning", warning: warning.seq };
  }),
  says(6, working, ({ random }) => {
    const kind = random.pick(["tab-hidden", "full-screen-left", "no-face"] as const);
    const detail = { count: null, confidence: null };
    return random.chance(0.5) ? { type: "beginSignal", kind, detail } : { type: "endSignal", kind };
  }),
  ofCandidate(10, anything, (candidate) => (candidate.goOn() ? "goes on in a page whose line was closed" : null)),
  says(15, anything, (_stage, candidate) => (candidate.state()?.isReading === true ? { type: "takeOver" } : null)),
  says(3, working, () => ({ type: "reportMoment", kind: "pasted", detail: { count: 3, confidence: null } })),
  ofCandidate(6, working, (candidate, stage) => uploadSegment(candidate, stage)),
];

const proctorDeeds: readonly Deed[] = [
  {
    weight: 40,
    happens({ random, proctors, candidates }) {
      const proctor = random.pick(proctors);
      const tiles = proctor?.console()?.room.get().tiles;
      const waiting = candidates.filter(({ attemptId }) => tiles?.get(attemptId)?.view.status === "waiting");
      if (proctor === undefined || waiting.length === 0) return null;
      for (const { attemptId } of waiting) proctor.do(attemptId, { type: "admit" });
      return `${proctor.name} admits ${waiting.map(({ name }) => name).join(", ")}`;
    },
  },
  ofProctor(2, ["waiting", "admitted"], (candidate, stage) => ({ type: "deny", reason: wordsFor(candidate, stage) })),
  ofProctor(5, anything, (candidate, stage) => ({ type: "warn", text: wordsFor(candidate, stage) })),
  ofProctor(5, anything, (candidate, stage) => ({ type: "sendMessage", text: wordsFor(candidate, stage) })),
  ofProctor(8, ["open"], (candidate, stage) => ({ type: "pause", reason: wordsFor(candidate, stage) })),
  ofProctor(16, ["paused"], () => ({ type: "resume" })),
  ofProctor(10, working, (candidate, stage) => ({
    type: "addTime",
    ms: stage.random.between(1, 60_000),
    reason: wordsFor(candidate, stage),
  })),
  ofProctor(3, working, (candidate, stage) => {
    const { attempt } = stage.journal.story(candidate.attemptId);
    const entries = "work" in attempt ? attempt.work.ledger.length : 0;
    return { type: "withdrawTime", entry: stage.random.between(0, entries), reason: wordsFor(candidate, stage) };
  }),
  ofProctor(1, working, (candidate, stage) => {
    const reason = wordsFor(candidate, stage);
    const cause = terminationCauses[stage.said.words % terminationCauses.length];
    return { type: "terminate", ...(cause === undefined ? {} : { cause }), reason };
  }),
  {
    weight: 4,
    happens(stage) {
      const { random, candidates, host, proctors } = stage;
      const [proctor] = proctors;
      const candidate = random.pick(candidates);
      if (candidate === undefined || proctor === undefined) return null;
      const allowance = {
        kind: "multiplier",
        factor: random.pick([1.25, 1.5, 2]),
        reason: wordsFor(candidate, stage),
      } as const;
      const member = { memberId: proctor.memberId, name: `Staff ${markOf(proctor.name)}` };
      host.call(
        proctor.machine,
        (session) =>
          session.accommodate(candidate.attemptId, member, { allowances: [allowance], exceptions: [] }, null),
        () => {},
      );
      return `staff arrange ${allowance.factor} times the time for ${candidate.name}`;
    },
  },
];

export const deeds: readonly Deed[] = [...candidateDeeds, ...proctorDeeds];
