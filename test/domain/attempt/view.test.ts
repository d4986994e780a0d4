import { describe, expect, test } from "vitest";
import { noDetail } from "#domain/integrity/signal.ts";
import type { AttemptFact } from "#domain/attempt/event.ts";
import type { Registered } from "#domain/attempt/state.ts";
import { changedParts } from "#domain/attempt/changed-parts.ts";
import { candidateView, proctorView } from "#domain/attempt/view.ts";
import { brand, type ItemId } from "#domain/exam/ids.ts";
import type { ExamVersion } from "#domain/exam/exam-version.ts";
import { scoreAttempt } from "#domain/scoring/score-attempt.ts";
import { depth, device, firstAid, recovery } from "#test/domain/exam/first-aid.ts";
import { at, attemptAfter, type History, minutes, nine } from "./given.ts";
import { histories, outOfTime, recoveryId } from "./histories.ts";
import { ada, lin } from "./people.ts";

const secret = "planted-secret";
const theories = Object.entries(histories).filter(([status]) => status !== "unregistered");

/** An exam that has the secret in every place where a key, or a thing of scoring, can be. */
const planted: ExamVersion = {
  ...firstAid,
  sections: firstAid.sections.map((section) => ({
    ...section,
    items: [
      { ...recovery, key: secret, category: secret },
      { ...depth, key: { value: 987_654_321, tolerance: 987_654_321 } },
      { ...device, key: { accepted: [secret], caseSensitive: false } },
      {
        kind: "multiple-choice",
        id: brand<ItemId>(`${section.id}-many`),
        prompt: "Which?",
        points: 1,
        category: secret,
        options: [],
        key: [secret],
        partialCredit: true,
      },
    ],
  })),
};

const noted: AttemptFact = {
  type: "violationNoted",
  violation: { kind: "no-face", severity: "medium", reason: secret, from: nine, notedAt: nine, confidence: 0.5 },
};
const scored: AttemptFact = { type: "scored", score: scoreAttempt(planted, new Map()) };

/** The history with the secret among its violations, and with a planted score where there is one. */
function withSecrets(history: History): Registered {
  const facts = history.map((each) => ("type" in each && each.type === "scored" ? scored : each));
  return registered(facts.length < 1 ? facts : [...facts.slice(0, 1), noted, ...facts.slice(1)]);
}

function registered(history: History): Registered {
  const attempt = attemptAfter(history);
  if (attempt.status === "unregistered") throw new Error("nobody is registered in this history");
  return attempt;
}

function keysIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inside]) => [key, ...keysIn(inside)]);
}

const answerText = "the patient's own words";
const answered: AttemptFact = {
  type: "answerSaved",
  itemId: brand<ItemId>("device"),
  response: { kind: "short-text", text: answerText },
  late: false,
};
const granted = at(nine, {
  type: "timeGiven",
  entry: { kind: "extra", ms: minutes(5), at: nine, by: lin.actor, reason: "Network" },
});

describe("the candidate's view", () => {
  test.each(theories)("[A90] has no key, score or violation in status %s", (_status, history) => {
    const attempt = withSecrets(history);
    expect(JSON.stringify(attempt), "the secret is there to be found").toContain(secret);
    const view = candidateView(attempt, planted);
    const text = JSON.stringify(view);
    expect(text).not.toContain(secret);
    expect(text).not.toContain("987654321");
    expect(keysIn(view).filter((key) => /key|score|violation|correct|accepted|tolerance|category/i.test(key))).toEqual(
      [],
    );
  });

  test.each(theories)("[A91] has the paper in status %s only if that is open", (status, history) => {
    expect(candidateView(registered(history), firstAid).paper !== null).toBe(status === "open");
  });

  test("[A91] has the candidate's own work", () => {
    const history: History = [
      ...histories.open,
      answered,
      { type: "itemFlagged", itemId: recoveryId, flagged: true },
      { type: "itemVisited", itemId: recoveryId },
    ];
    expect(candidateView(registered(history), firstAid)).toMatchObject({
      name: "Ada",
      status: "open",
      answers: { device: { response: { text: answerText }, late: false } },
      flagged: ["recovery"],
      position: "recovery",
    });
  });

  test("[A21] says which of the candidate's own answers came late and count", () => {
    const saved = { type: "answerSaved", itemId: recoveryId, response: null } as const;
    const late: History = [...outOfTime, at(nine + minutes(30) + 1, { ...saved, late: true }, ada)];
    expect(candidateView(registered(late), firstAid).late).toEqual([recoveryId]);
    expect(candidateView(registered([...histories.open, { ...saved, late: false }]), firstAid).late).toEqual([]);
  });

  test("[A29] says which of the candidate's own answers are kept and not scored", () => {
    const kept = { itemId: recoveryId, response: null, madeAt: nine + minutes(29) };
    const late: History = [...outOfTime, at(nine + minutes(31), { type: "answerKept", ...kept }, ada)];
    expect(candidateView(registered(late), firstAid)).toMatchObject({ kept: [kept], answers: {} });
    expect(candidateView(registered(histories.registered), firstAid).kept).toEqual([]);
  });

  test("[A93] names nobody of the staff", () => {
    const talk: History = [...histories.open, granted, at(nine, { type: "warned", text: "Hello" }, lin)];
    const view = candidateView(registered(talk), firstAid);
    expect(view.messages).toEqual([
      { seq: talk.length, at: nine, kind: "warning", text: "Hello", acknowledged: false, from: "proctor" },
    ]);
    expect(JSON.stringify(view)).not.toMatch(/lin/i);
  });

  test("[A35] says how the time came together", () => {
    const line = { name: null, isWithdrawn: false };
    expect(candidateView(registered([...histories.open, granted]), firstAid).time).toEqual({
      endsAt: nine + minutes(35),
      leftMs: null,
      entries: [
        { kind: "base", ms: minutes(30), at: nine, reason: "Duration of the exam", by: "candidate", ...line },
        { kind: "extra", ms: minutes(5), at: nine, reason: "Network", by: "proctor", ...line },
      ],
      sections: [],
    });
  });

  test("[A31] during a pause says what is left and why, and no end", () => {
    expect(candidateView(registered(histories.paused), firstAid)).toMatchObject({
      reason: "Fire alarm",
      time: { endsAt: null, leftMs: minutes(25) },
    });
  });

  test("[A7] has the reason of a denial", () => {
    expect(candidateView(registered(histories.denied), firstAid).reason).toBe("No photo");
  });

  test("[A24] says how it ended", () => {
    const closing = (history: History) => candidateView(registered(history), firstAid).closing;
    expect(closing(outOfTime)).toEqual({ at: nine + minutes(30), cause: "deadline", termination: null, reason: null });
    expect(closing(histories["handed-in"])).toMatchObject({ cause: "candidate", reason: null });
    expect(closing(histories.terminated)).toMatchObject({ cause: "terminated", reason: "Left the room" });
    expect(closing(histories.open)).toBeNull();
  });

  test("[A38] says for which kind of cause staff ended it, and of an end that was stored without one that there is none", () => {
    const closing = (end: AttemptFact) => candidateView(registered([...histories.open, end]), firstAid).closing;
    expect(closing({ type: "terminated", reason: "Left" })?.termination).toBeNull();
    expect(closing({ type: "terminated", cause: "technical", reason: "Power" })?.termination).toBe("technical");
  });
});

describe("the proctor's view", () => {
  test.each(["open", "paused", "handed-in", "terminated"] as const)(
    "[A92] has no answers and no score in status %s",
    (status) => {
      const history = [...histories[status]];
      history.splice(histories.open.length, 0, answered);
      const view = proctorView(registered(history), firstAid);
      expect(view.answered).toBe(1);
      expect(view.items).toBe(4);
      expect(JSON.stringify(view)).not.toContain(answerText);
      expect(keysIn(view).filter((key) => /key|score|answers|response|points|paper/i.test(key))).toEqual([]);
    },
  );

  test("[A92] counts no answer that was taken away", () => {
    const taken: History = [...histories.open, answered, { ...answered, response: null }];
    expect(proctorView(registered(taken), firstAid).answered).toBe(0);
  });

  test("[A92] has what the sensors say, and the latest violation", () => {
    const began: AttemptFact = {
      type: "signalBegan",
      kind: "no-face",
      since: nine,
      detail: { count: null, confidence: null },
    };
    const media: AttemptFact = { type: "mediaPublished", sfuSession: "sfu-1", tracks: ["thumbnail"] };
    const history: History = [...histories.open, began, noted, noted, media];
    expect(proctorView(registered(history), firstAid)).toMatchObject({
      conditions: ["no-face"],
      violations: { count: 2, latest: { kind: "no-face", seq: history.length - 1 } },
      live: ["thumbnail"],
    });
    const over: History = [...history, at(nine, { type: "handedIn", cause: "candidate" }, ada)];
    expect(proctorView(registered(over), firstAid)).toMatchObject({ conditions: [], live: [] });
  });

  test("[A92] says since when the candidate is cut off, and nothing of it afterwards or at the end", () => {
    const lost: AttemptFact = { type: "signalBegan", kind: "connection-lost", since: nine + 5, detail: noDetail };
    const back: AttemptFact = { type: "signalEnded", kind: "connection-lost", until: nine + 9 };
    const cutOffSince = (history: History) => proctorView(registered(history), firstAid).cutOffSince;
    expect(cutOffSince(histories.open)).toBeNull();
    expect(cutOffSince([...histories.open, lost])).toBe(nine + 5);
    expect(cutOffSince([...histories.open, lost, back])).toBeNull();
    expect(cutOffSince([...histories.open, lost, at(nine, { type: "handedIn", cause: "deadline" })])).toBeNull();
  });

  test("[A95] has the latest 50 messages, for it travels whole with every change; the candidate's has all", () => {
    const talk = Array.from({ length: 60 }, (_, index) =>
      at(nine, { type: "messageSent", text: `Word ${index}` }, ada),
    );
    const attempt = registered([...histories.open, ...talk]);
    expect(proctorView(attempt, firstAid).messages.map(({ text }) => text)).toEqual(
      Array.from({ length: 50 }, (_, index) => `Word ${index + 10}`),
    );
    expect(candidateView(attempt, firstAid).messages).toHaveLength(60);
  });

  test("[A93] names who gave time, and nobody who wrote", () => {
    const said = at(nine, { type: "warned", text: "Hello" }, lin);
    const { time, ...rest } = proctorView(registered([...histories.open, granted, said]), firstAid);
    expect(time?.entries.map(({ name }) => name)).toEqual([null, "Lin"]);
    expect(JSON.stringify(rest)).not.toMatch(/lin/i);
  });
});

describe("what changed in a view", () => {
  const before = candidateView(registered(histories.open), firstAid);

  test("[A94] is the parts that differ, which merge into the new one", () => {
    const after = candidateView(registered(histories.paused), firstAid);
    const changed = changedParts(before, after);
    expect(Object.keys(changed ?? {}).toSorted()).toEqual(["paper", "reason", "status", "time"]);
    expect({ ...before, ...changed }).toEqual(after);
  });

  test("[A94] is nothing when nothing differs, and everything when there was no view", () => {
    expect(changedParts(before, candidateView(registered(histories.open), firstAid))).toBeNull();
    expect(changedParts(null, before)).toEqual(before);
  });
});
