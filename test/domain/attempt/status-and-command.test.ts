import { describe, expect, test } from "vitest";
import type {
  CandidateCommand,
  Command,
  ProctorCommand,
  StaffCommand,
  SystemCommand,
} from "#domain/attempt/command.ts";
import { decide } from "#domain/attempt/decide.ts";
import type { Refusal } from "#domain/attempt/decision.ts";
import type { AttemptStatus } from "#domain/attempt/state.ts";
import { candidateCommands, proctorCommands, staffCommands, systemCommands } from "./every-command.ts";
import { attemptAfter, contextOf, minutes, nine } from "./given.ts";
import { histories } from "./histories.ts";
import { ada, lin, type Person, session } from "./people.ts";

/** `done`: accepted, with facts. `so already`: accepted, and nothing changes. */
type Verdict = "done" | "so already" | Refusal;
/** What a command meets in each status but `unregistered`, where every command but `register` is not-registered. */
type Row = Partial<Record<Verdict, readonly AttemptStatus[]>>;

const statuses = Object.keys(histories) as readonly AttemptStatus[];
const registered = statuses.filter((status) => status !== "unregistered");
const consented = registered.filter((status) => status !== "registered");
const over = ["handed-in", "terminated"] as const;
const notOpened = ["registered", "consented", "checked", "waiting", "denied", "admitted"] as const;
const sensed = ["consented", "checked", "waiting", "denied", "admitted", "open", "paused"] as const;

const work: Row = { done: ["open"], paused: ["paused"], "handed-in": over, "wrong-status": notOpened };
const sensing: Row = { done: sensed, "not-consented": ["registered"], "handed-in": over };

const candidateLaw: Readonly<Record<CandidateCommand["type"], Row>> = {
  giveConsent: { done: ["registered"], "so already": consented },
  reportDeviceCheck: {
    done: ["consented", "checked", "waiting", "denied", "admitted"],
    "not-consented": ["registered"],
    "wrong-status": ["open", "paused", ...over],
  },
  requestAdmission: {
    done: ["checked", "denied"],
    "so already": ["waiting", "admitted"],
    "not-consented": ["registered"],
    "wrong-status": ["consented", "open", "paused", ...over],
  },
  // Of an exam that asks for photographs: domain/attempt/identity has it.
  leaveIdentityToProctor: {
    "so already": ["checked", "denied"],
    "not-consented": ["registered"],
    "wrong-status": ["consented", "waiting", "admitted", "open", "paused", ...over],
  },
  openPaper: {
    done: ["admitted"],
    "so already": ["open", "paused"],
    "wrong-status": ["registered", "consented", "checked", "waiting", "denied", ...over],
  },
  saveAnswer: work,
  flagItem: work,
  visitItem: work,
  enterSection: { ...work, done: [], "so already": ["open"] },
  startBreak: { ...work, done: [], "no-break-left": ["open"] },
  endBreak: { ...work, done: [], "so already": ["open"] },
  reportOutage: { "so already": ["open", "paused", ...over], "wrong-status": notOpened },
  handIn: { ...work, "handed-in": ["terminated"], "so already": ["handed-in"] },
  beginSignal: sensing,
  endSignal: { "so already": registered },
  reportMoment: {
    done: ["open"],
    "so already": ["consented", "checked", "waiting", "denied", "admitted", "paused"],
    "not-consented": ["registered"],
    "handed-in": over,
  },
  reportSensor: sensing,
  sendMessage: { done: registered },
  acknowledgeWarning: { "no-such-warning": registered },
  // From a page; these people are none. domain/attempt/writer has the rest.
  takeOver: { "not-the-writer": registered },
};

const staffLaw: Readonly<Record<StaffCommand["type"], Row>> = {
  releaseBrowser: { done: consented, "so already": ["registered"] },
  accommodate: { done: ["registered", ...sensed], "handed-in": over },
  holdForReview: { done: over, "wrong-status": ["open", "paused", ...notOpened] },
  // Of what is held: domain/attempt/review has it.
  decideReview: { "not-held": registered },
};

const proctorLaw: Readonly<Record<ProctorCommand["type"], Row>> = {
  admit: {
    done: ["waiting", "denied"],
    "so already": ["admitted"],
    "wrong-status": ["registered", "consented", "checked", "open", "paused", ...over],
  },
  deny: {
    done: ["waiting", "admitted"],
    "wrong-status": ["registered", "consented", "checked", "denied", "open", "paused", ...over],
  },
  askIdentityAgain: {
    "picture-not-wanted": ["waiting", "denied", "admitted"],
    "wrong-status": ["registered", "consented", "checked", "open", "paused", ...over],
  },
  warn: { done: ["registered", ...sensed], "handed-in": over },
  sendMessage: { done: registered },
  pause: { done: ["open"], "so already": ["paused"], "handed-in": over, "wrong-status": notOpened },
  resume: { done: ["paused"], "so already": ["open"], "handed-in": over, "wrong-status": notOpened },
  addTime: { done: ["open", "paused"], "handed-in": over, "wrong-status": notOpened },
  withdrawTime: { "no-such-entry": ["open", "paused"], "handed-in": over, "wrong-status": notOpened },
  allowTakeOver: { "no-such-request": registered },
  refuseTakeOver: { "no-such-request": registered },
  terminate: {
    done: ["open", "paused"],
    "so already": ["terminated"],
    "handed-in": ["handed-in"],
    "wrong-status": notOpened,
  },
};

const systemLaw: Readonly<Record<SystemCommand["type"], Row>> = {
  register: { done: ["unregistered"], "so already": registered },
  bindBrowser: { "so already": ["registered"], "another-browser": consented },
  attend: { done: registered },
  goOnElsewhere: { done: sensed, "so already": ["registered"], "handed-in": over },
  tick: { "so already": registered },
  loseConnection: { done: sensed, "so already": ["registered", ...over] },
  regainConnection: { "so already": registered },
  publishMedia: { done: sensed, "not-consented": ["registered"], "handed-in": over },
  storeSegment: { done: consented, "not-consented": ["registered"] },
  // Of what a rule asked for: domain/attempt/still has it.
  storeStill: { "picture-not-wanted": consented, "not-consented": ["registered"] },
  storeIdentity: {
    "picture-not-wanted": ["checked", "denied"],
    "not-consented": ["registered"],
    "wrong-status": ["consented", "waiting", "admitted", "open", "paused", ...over],
  },
};

const sides: readonly {
  readonly side: string;
  readonly person: Person;
  readonly law: Readonly<Record<string, Row>>;
  readonly commands: Readonly<Record<string, Command>>;
}[] = [
  { side: "the candidate", person: ada, law: candidateLaw, commands: candidateCommands },
  {
    side: "the proctor",
    person: lin,
    law: { ...proctorLaw, ...staffLaw },
    commands: { ...proctorCommands, ...staffCommands },
  },
  { side: "the session", person: session, law: systemLaw, commands: systemCommands },
];

function verdictOf(status: AttemptStatus, command: Command, person: Person): Verdict {
  const decision = decide(attemptAfter(histories[status]), command, contextOf(person, nine + minutes(10)));
  if (!decision.accepted) return decision.refusal;
  return decision.facts.length > 0 ? "done" : "so already";
}

/** The row turned round: each status with its one verdict. */
function byStatus(row: Row, fallback: Readonly<Partial<Record<AttemptStatus, Verdict>>>) {
  const verdicts: Partial<Record<AttemptStatus, Verdict>> = { ...fallback };
  for (const [verdict, inThese] of Object.entries(row) as readonly [Verdict, readonly AttemptStatus[]][]) {
    for (const status of inThese) verdicts[status] = verdict;
  }
  return verdicts;
}

describe.each(sides)("what $side commands", ({ person, law, commands }) => {
  test.each(Object.keys(law))("[A73] %s has its answer in every status", (type) => {
    const row = law[type]!;
    const named = Object.values(row).flat();
    expect(named, "a status stands in the row once").toHaveLength(new Set(named).size);
    const actual = Object.fromEntries(statuses.map((status) => [status, verdictOf(status, commands[type]!, person)]));
    expect(actual).toEqual(byStatus(row, type === "register" ? {} : { unregistered: "not-registered" }));
  });

  test.each(sides)("[A70] $side commands only what is theirs", (other) => {
    for (const [type, command] of Object.entries(commands)) {
      const mayToo = type in other.commands;
      for (const status of statuses) {
        const verdict = verdictOf(status, command, other.person);
        expect(verdict === "not-permitted", `${type} in ${status}`).toBe(!mayToo);
      }
    }
  });
});

describe("an attempt whose log is full", () => {
  const open = attemptAfter(histories.open);
  const verdict = (seq: number, command: Command, person: Person) =>
    decide({ ...open, seq }, command, contextOf(person, nine));

  test("[A74] takes nothing more from the candidate's page but the hand-in", () => {
    const { saveAnswer, visitItem, handIn } = candidateCommands;
    for (const command of [saveAnswer, visitItem]) {
      expect(verdict(99_999, command, ada).accepted).toBe(true);
      expect(verdict(100_000, command, ada)).toEqual({ accepted: false, refusal: "too-many-events" });
    }
    expect(verdict(100_000, handIn, ada).accepted).toBe(true);
  });

  test("[A74] is still the proctor's and the session's to go on with", () => {
    expect(verdict(100_000, proctorCommands.warn, lin).accepted).toBe(true);
    expect(verdict(100_000, systemCommands.storeSegment, session).accepted).toBe(true);
  });
});

describe("an attempt that nobody registered", () => {
  test("[A71] takes no command but its registration", () => {
    const taken = sides.flatMap(({ person, commands }) =>
      Object.values(commands).filter((command) => verdictOf("unregistered", command, person) !== "not-registered"),
    );
    expect(taken.map(({ type }) => type)).toEqual(["register"]);
  });
});
