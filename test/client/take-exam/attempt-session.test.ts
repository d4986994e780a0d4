import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Entry } from "#client/session/command-queue.ts";
import type { PendingCommands } from "#client/session/pending-commands.ts";
import { openAttemptSession } from "#client/take-exam/attempt-session.ts";
import { overallSaving, savingOf } from "#client/take-exam/saving.ts";
import { enteredWorkOf, withCommand, workOf } from "#client/take-exam/work.ts";
import type { CandidateCommand } from "#domain/attempt/command.ts";
import type { CandidateView } from "#domain/attempt/view.ts";
import { type AttemptId, brand } from "#domain/exam/ids.ts";
import type { Outcome } from "#protocol/session/down.ts";
import type { CandidateUp } from "#protocol/session/up.ts";
import { createSocketPairs } from "#test/support/socket-pair.ts";
import { first, openView, third } from "./paper.ts";

type Command = Extract<CandidateUp, { type: "command" }>;
const a = { kind: "single-choice", option: "a" } as const;
const b = { kind: "single-choice", option: "b" } as const;

/** A disk that is looked at. */
function disk(restored: readonly Entry<CandidateCommand>[], unreadable: number) {
  let kept = restored;
  let isWiped = false;
  const pending: PendingCommands<CandidateCommand> = {
    isDurable: true,
    restored,
    unreadable,
    receipt: null,
    reread: () => Promise.resolve(kept),
    keep: (entries) => {
      kept = entries;
      return Promise.resolve(true);
    },
    keepReceipt: () => {},
    wipe: () => void (isWiped = true),
    written: () => Promise.resolve(),
  };
  return { pending, kept: () => kept, isWiped: () => isWiped };
}

function sit(restored: readonly Entry<CandidateCommand>[] = [], view: CandidateView = openView, unreadable = 0) {
  const lines = createSocketPairs();
  const { pending, kept, isWiped } = disk(restored, unreadable);
  const session = openAttemptSession({
    attemptId: brand<AttemptId>("ada"),
    page: "this",
    pending,
    openSocket: lines.openSocket,
  });
  function say(message: object): void {
    lines.latest().say(message);
    lines.latest().deliver();
  }
  function welcome(serverNow: number, with_: CandidateView = view): void {
    const facts = { protocol: 1, attemptId: "ada", examTitle: "First aid", instructions: "", durationMs: 60_000 };
    say({ type: "welcome", serverNow, ...facts, view: with_ });
  }
  function heard(): readonly Command[] {
    return lines
      .latest()
      .hear()
      .filter((message): message is Command => (message as CandidateUp).type === "command");
  }
  function answerAll(commands: readonly Command[], outcome: Outcome = { accepted: true, seq: 9 }): void {
    say({ type: "acks", acks: commands.map(({ id }) => ({ id, outcome })), checkpoint: "a receipt" });
  }
  function work() {
    const state = session.store.get();
    return workOf(state.view ?? openView, state.waiting, state.drafts);
  }
  return { session, lines, say, welcome, heard, answerAll, work, kept, isWiped };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("window", { location: { protocol: "https:", host: "exam.test" } });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("saving", () => {
  it("sends a choice at once, and shows it before it is answered and after", () => {
    const { session, welcome, heard, answerAll, work, kept } = sit();
    welcome(1_000_000);
    session.answer(first, a);
    expect(work().responses[first]).toEqual(a);
    expect(kept()).toHaveLength(1);
    const sent = heard();
    expect(sent.map(({ command }) => command)).toEqual([{ type: "saveAnswer", itemId: first, response: a, agoMs: 0 }]);
    answerAll(sent);
    expect(work().responses[first]).toEqual(a);
    expect(kept()).toEqual([]);
    expect(session.store.get().receipt).toBe("a receipt");
  });

  it("sends typing when it rests, once, within 400 ms", () => {
    const { session, welcome, heard } = sit();
    welcome(1_000_000);
    for (const text of ["h", "hy", "hyp"]) session.answer(third, { kind: "short-text", text });
    expect(heard()).toEqual([]);
    vi.advanceTimersByTime(400);
    expect(heard().map(({ command }) => "response" in command && command.response)).toEqual([
      { kind: "short-text", text: "hyp" },
    ]);
  });

  it("dates what is typed by when it was typed, not by when it rested", () => {
    const { session, welcome, heard } = sit();
    welcome(1_000_000);
    session.answer(third, { kind: "short-text", text: "in time" });
    vi.advanceTimersByTime(350);
    const [sent] = heard();
    expect(sent?.command).toMatchObject({ agoMs: 350 });
  });

  it("counts an answer that was not sent, and dates it right when the line is back", async () => {
    const { session, lines, welcome, heard } = sit();
    welcome(1_000_000);
    lines.latest().cut();
    session.answer(first, b);
    vi.advanceTimersByTime(1);
    expect(overallSaving(savingOf(session.store.get()))).toEqual({ state: "saving", count: 1 });
    await session.written();
    expect(overallSaving(savingOf(session.store.get()))).toEqual({ state: "kept", count: 1 });
    vi.advanceTimersByTime(999);
    welcome(1_001_000);
    expect(heard().map(({ command }) => command)).toMatchObject([
      { itemId: first, response: b, agoMs: 1_000 },
      { type: "reportOutage" },
    ]);
  });

  it("says for how long the line was lost, since something was last heard, and dates it when it is sent", () => {
    const { lines, welcome, heard } = sit();
    welcome(1_000_000);
    vi.advanceTimersByTime(2_000);
    lines.latest().cut();
    vi.advanceTimersByTime(40_000);
    welcome(1_042_000);
    expect(heard().map(({ command }) => command)).toMatchObject([
      { type: "reportOutage", beganAgoMs: 42_000, endedAgoMs: 0 },
    ]);
    lines.latest().cut();
    vi.advanceTimersByTime(500);
    welcome(1_042_500);
    expect(heard().map(({ command: { type } }) => type)).toEqual(["reportOutage"]);
  });

  it("sends what an earlier page left, under its id, and says how long ago it was made by the server's time", () => {
    const made: CandidateCommand = { type: "saveAnswer", itemId: first, response: a, agoMs: 0 };
    const { welcome, heard, work } = sit([{ id: "left", at: 940_000, body: made }]);
    welcome(1_000_000);
    expect(work().responses[first]).toEqual(a);
    expect(heard()).toEqual([{ type: "command", id: "left", command: { ...made, agoMs: 60_000 } }]);
  });
});

describe("an answer that the session does not take", () => {
  it("is told of, and what is shown is what the session has", () => {
    const { session, welcome, heard, answerAll, work } = sit();
    welcome(1_000_000);
    session.answer(first, a);
    answerAll(heard(), { accepted: false, refusal: "too-late" });
    expect(session.store.get().notTaken).toEqual([{ itemId: first, refusal: "too-late" }]);
    expect(work().responses[first]).toBeUndefined();
  });

  it("because the exam was paused in that moment, is sent when it goes on", () => {
    const { session, say, welcome, heard, answerAll, work } = sit();
    welcome(1_000_000);
    session.answer(first, a);
    const refused = heard();
    say({ type: "changed", parts: { status: "paused", paper: null } });
    answerAll(refused, { accepted: false, refusal: "paused" });
    expect(work().responses[first]).toEqual(a);
    say({ type: "changed", parts: { status: "open", paper: openView.paper } });
    expect(heard().map(({ command }) => command)).toMatchObject([{ itemId: first, response: a }]);
  });
});

it("a second flag on a question leaves the list as it is, as it does in the session", () => {
  const view = { ...openView, flagged: [first, third] };
  expect(withCommand(view, { type: "flagItem", itemId: first, flagged: true }).flagged).toEqual([first, third]);
  expect(withCommand(view, { type: "flagItem", itemId: first, flagged: false }).flagged).toEqual([third]);
});

it("a flag and a place are shown before they are answered", () => {
  const { session, welcome, work } = sit();
  welcome(1_000_000);
  void session.submit({ type: "flagItem", itemId: third, flagged: true });
  void session.submit({ type: "visitItem", itemId: third });
  expect(work()).toMatchObject({ flagged: [third], position: third });
});

describe("a change on its way to the disk", () => {
  it("is in its field at once, and is marked as entered when it is there", async () => {
    const { session, welcome, work, lines } = sit();
    welcome(1_000_000);
    lines.latest().cut();
    const entered = () => enteredWorkOf({ ...session.store.get(), view: openView });
    session.answer(first, a);
    void session.submit({ type: "flagItem", itemId: third, flagged: true });
    expect(work()).toMatchObject({ responses: { [first]: a }, flagged: [third] });
    expect(entered()).toMatchObject({ responses: {}, flagged: [] });
    await session.written();
    expect(entered()).toMatchObject({ responses: { [first]: a }, flagged: [third] });
  });

  it("that an earlier page left and nobody can read is told of", () => {
    const { session } = sit([], openView, 2);
    expect(session.store.get().notices).toMatchObject([{ title: "2 changes could not be read" }]);
  });
});

describe("the end of the time, by the clock of a page whose line is down", () => {
  const madeBefore = 1_060_000;
  const handedIn = {
    status: "handed-in",
    paper: null,
    time: { endsAt: null, leftMs: 0, entries: [], sections: [] },
    closing: { at: madeBefore, cause: "deadline", termination: null, reason: null },
  } as const;

  function offlineAtTheEnd() {
    const sitting = sit();
    sitting.welcome(1_000_000);
    sitting.lines.latest().cut();
    // The tries for a new line come to nothing.
    vi.advanceTimersByTime(59_900);
    return sitting;
  }

  it("stops the taking of changes, and keeps what was typed until then with its time", () => {
    const { session, kept, work } = offlineAtTheEnd();
    session.answer(third, { kind: "short-text", text: "in time" });
    expect(session.store.get().isTimeUp).toBe(false);
    vi.advanceTimersByTime(100);
    expect(session.store.get().isTimeUp).toBe(true);
    expect(kept().map(({ at, body }) => [at, body])).toMatchObject([[1_059_900, { itemId: third }]]);
    session.answer(first, a);
    expect(work().responses[first]).toBeUndefined();
    expect(kept()).toHaveLength(1);
  });

  it("[A37] is tried to be told at once, and then every second while answers can still arrive in time", () => {
    const { session, lines } = offlineAtTheEnd();
    /** The line is down: each try ends at once. */
    function triesWithin(ms: number): number {
      const before = lines.all.length;
      for (let passed = 0; passed < ms; passed += 100) {
        if (!lines.latest().isClosedByPage()) lines.latest().cut();
        vi.advanceTimersByTime(100);
      }
      return lines.all.length - before;
    }
    lines.latest().cut();
    expect(session.store.get()).toMatchObject({ isTimeUp: false, phase: { kind: "retrying" } });
    expect(triesWithin(100)).toBe(1);
    expect(triesWithin(9_800)).toBeGreaterThanOrEqual(9);
    expect(triesWithin(30_000)).toBeLessThanOrEqual(5);
  });

  it("is over when the session has given more time meanwhile", () => {
    const { session, welcome } = offlineAtTheEnd();
    vi.advanceTimersByTime(60_000);
    expect(session.store.get().isTimeUp).toBe(true);
    session.reconnect();
    welcome(1_119_900, { ...openView, time: { endsAt: 1_300_000, leftMs: null, entries: [], sections: [] } });
    expect(session.store.get().isTimeUp).toBe(false);
    session.answer(first, a);
    expect(session.store.get().waiting).toMatchObject([{ type: "reportOutage" }, { itemId: first }]);
  });

  it("comes for a section alone, whose questions then take nothing more", () => {
    const [one, two] = openView.paper!.sections;
    const { session, welcome, lines, kept } = sit();
    const running = { id: one!.id, state: "running", endsAt: 1_030_000, leftMs: null } as const;
    welcome(1_000_000, { ...openView, time: { ...openView.time!, sections: [running] } });
    lines.latest().cut();
    vi.advanceTimersByTime(29_999);
    expect(session.store.get().sectionsUp).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(session.store.get()).toMatchObject({ isTimeUp: false, sectionsUp: [one!.id] });
    session.answer(first, a);
    expect(kept()).toEqual([]);
    expect(two!.items.map(({ id }) => id)).toContain(third);
    session.answer(third, { kind: "short-text", text: "hypothermia" });
    session.flush();
    expect(kept()).toHaveLength(1);
  });

  it("does not come while the exam is paused", () => {
    const { session, say, welcome } = sit();
    welcome(1_000_000);
    say({
      type: "changed",
      parts: { status: "paused", time: { endsAt: null, leftMs: 60_000, entries: [], sections: [] } },
    });
    vi.advanceTimersByTime(120_000);
    expect(session.store.get().isTimeUp).toBe(false);
  });

  it("is followed by what was made before it, and nothing readable stays on this computer when that is answered", () => {
    const { session, welcome, heard, answerAll, isWiped } = offlineAtTheEnd();
    session.answer(first, a);
    vi.advanceTimersByTime(60_000);
    session.reconnect();
    welcome(1_119_900, { ...openView, ...handedIn });
    expect(session.store.get().isTimeUp).toBe(false);
    const sent = heard();
    expect(sent.map(({ command }) => command)).toMatchObject([{ itemId: first, agoMs: 60_000 }]);
    expect(isWiped()).toBe(false);
    answerAll(sent);
    expect(isWiped()).toBe(true);
  });
});

it("what was refused because of a pause is sent with its own time when a proctor ends the exam", () => {
  const { session, say, welcome, heard, answerAll, isWiped } = sit();
  welcome(1_000_000);
  session.answer(first, a);
  const refused = heard();
  say({ type: "changed", parts: { status: "paused", paper: null } });
  answerAll(refused, { accepted: false, refusal: "paused" });
  vi.advanceTimersByTime(5_000);
  say({ type: "changed", parts: { status: "terminated" } });
  const again = heard();
  expect(again.map(({ command }) => command)).toMatchObject([{ itemId: first, response: a, agoMs: 5_000 }]);
  expect(isWiped()).toBe(false);
  answerAll(again);
  expect(isWiped()).toBe(true);
});
