import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openPendingCommands } from "#client/session/pending-commands.ts";
import { openAttemptSession } from "#client/take-exam/attempt-session.ts";
import { stillUnsent } from "#client/take-exam/unsent-answer.ts";
import type { CandidateCommand } from "#domain/attempt/command.ts";
import type { CandidateView } from "#domain/attempt/view.ts";
import { type AttemptId, brand } from "#domain/exam/ids.ts";
import type { Response } from "#domain/exam/response.ts";
import type { Outcome } from "#protocol/session/down.ts";
import type { CandidateUp } from "#protocol/session/up.ts";
import { memoryShelf } from "#test/support/memory-shelf.ts";
import { createSocketPairs } from "#test/support/socket-pair.ts";
import { first, openView, third } from "./paper.ts";

type Command = Extract<CandidateUp, { type: "command" }>;
type Shelf = ReturnType<typeof memoryShelf>;

const ada = brand<AttemptId>("ada");
const a = { kind: "single-choice", option: "a" } as const;
const b = { kind: "single-choice", option: "b" } as const;
const c = { kind: "single-choice", option: "c" } as const;
const now = 1_000_000;

function writtenBy(page: string, answers: CandidateView["answers"] = {}, since = now): CandidateView {
  return { ...openView, answers, writer: { page, since } };
}

function saved(response: Response, at = now): CandidateView["answers"][string & keyof CandidateView["answers"]] {
  return { response, late: false, at };
}

/** A tab of the candidate's browser, which shares its disk with the other ones. */
async function tab(page: string, disk: Shelf = memoryShelf()) {
  const lines = createSocketPairs();
  const urls: string[] = [];
  const pending = await openPendingCommands<CandidateCommand>(ada, disk.open);
  const session = openAttemptSession({
    attemptId: ada,
    page,
    pending,
    openSocket: (url) => {
      urls.push(url);
      return lines.openSocket(url);
    },
  });
  function say(message: object): void {
    lines.latest().say(message);
    lines.latest().deliver();
  }
  function welcome(view: CandidateView): void {
    const facts = { protocol: 3, attemptId: "ada", examTitle: "First aid", instructions: "", durationMs: 60_000 };
    say({ type: "welcome", serverNow: now, ...facts, view });
  }
  function change(view: CandidateView): void {
    say({ type: "changed", parts: view });
  }
  const heard: Command[] = [];
  /** The commands that have come so far. */
  function commands(): readonly Command[] {
    const fresh = lines.latest().hear();
    heard.push(...fresh.filter((message): message is Command => (message as CandidateUp).type === "command"));
    return heard;
  }
  function answer(command: Command | undefined, outcome: Outcome = { accepted: true, seq: 9 }): void {
    say({ type: "acks", acks: [{ id: command?.id, outcome }], checkpoint: null });
  }
  return { session, lines, urls, welcome, change, commands, answer, written: () => pending.written(), disk };
}

beforeEach(() => {
  vi.stubGlobal("window", { location: { protocol: "https:", host: "exam.test" } });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe("a page beside the one that writes", () => {
  it("[A120] sends nothing that it is asked to do, and says so", async () => {
    const second = await tab("second");
    second.welcome(writtenBy("first"));
    expect(second.session.store.get()).toMatchObject({ isReading: true, hasWritten: false });
    expect(await second.session.submit({ type: "handIn" })).toEqual({ accepted: false, refusal: "not-the-writer" });
    second.session.answer(first, a);
    expect(second.commands()).toEqual([]);
    expect(second.disk.entries()).toEqual([]);
  });

  it("[A121] says when its line breaks that it was only reading", async () => {
    const second = await tab("second");
    expect(second.urls).toEqual(["wss://exam.test/v1/sit/ada/socket?page=second"]);
    second.welcome(writtenBy("first"));
    second.session.store.update((state) => state);
    second.lines.latest().cut();
    second.session.reconnect();
    expect(second.urls.at(-1)).toBe("wss://exam.test/v1/sit/ada/socket?page=second&reading=1");
    second.session.close();
  });

  it("leaves what the other page has on the disk, and takes it over with the pen: each once", async () => {
    const disk = memoryShelf();
    const one = await tab("first", disk);
    one.welcome(writtenBy("first"));
    one.session.answer(first, a);
    await one.written();
    one.lines.latest().cut();

    const two = await tab("second", disk);
    two.welcome(writtenBy("first"));
    expect(two.session.store.get().waiting).toEqual([]);
    one.session.answer(third, { kind: "short-text", text: "typed last" });
    one.session.flush();
    await one.written();
    void two.session.submit({ type: "takeOver" });
    const [asked] = two.commands();
    expect(asked?.command).toEqual({ type: "takeOver" });
    two.answer(asked);
    expect(disk.entries()).toHaveLength(2);
    two.change(writtenBy("second"));
    await vi.waitFor(() => expect(two.commands()).toHaveLength(3));
    expect(
      two
        .commands()
        .slice(1)
        .map(({ command }) => command),
    ).toMatchObject([
      { type: "saveAnswer", itemId: first, response: a },
      { type: "saveAnswer", itemId: third },
    ]);
    for (const command of two.commands().slice(1)) two.answer(command);
    await two.written();
    expect(disk.entries()).toEqual([]);
    one.session.close();
    two.session.close();
  });

  it("does not send what the other page has sent since", async () => {
    const disk = memoryShelf();
    const one = await tab("first", disk);
    one.welcome(writtenBy("first"));
    one.session.answer(first, a);
    await one.written();
    const two = await tab("second", disk);
    two.welcome(writtenBy("first"));
    one.answer(one.commands()[0]);
    await one.written();
    two.change(writtenBy("second", { [first]: saved(b) }));
    two.session.answer(third, { kind: "short-text", text: "mine" });
    two.session.flush();
    await vi.waitFor(() => expect(two.commands()).toHaveLength(1));
    expect(two.commands()[0]?.command).toMatchObject({ itemId: third });
  });
});

describe("the page that wrote", () => {
  it("does not show its old receipt as the last one when the exam ends on the other page", async () => {
    const one = await tab("first");
    one.welcome(writtenBy("first"));
    one.session.store.update((state) => ({ ...state, receipt: "of an earlier answer" }));
    one.change(writtenBy("second"));
    expect(one.session.store.get().receipt).toBe("of an earlier answer");
    const closing = { at: now, cause: "candidate", termination: null, reason: null } as const;
    one.change({ ...writtenBy("second"), status: "handed-in", closing });
    expect(one.session.store.get().receipt).toBeNull();
  });

  it("keeps what it had not sent, shows it, and sends it when it writes again", async () => {
    const one = await tab("first");
    one.welcome(writtenBy("first"));
    one.session.answer(third, { kind: "short-text", text: "half a word" });
    one.change(writtenBy("second"));
    expect(one.session.store.get()).toMatchObject({ isReading: true, hasWritten: true, drafts: {} });
    expect(one.session.store.get().unsent).toMatchObject([{ itemId: third, response: { text: "half a word" } }]);
    one.session.flush();
    expect(one.commands()).toEqual([]);
    one.change(writtenBy("first"));
    await vi.waitFor(() => expect(one.commands()).toHaveLength(1));
    expect(one.commands()[0]?.command).toMatchObject({ itemId: third, response: { text: "half a word" } });
    expect(one.session.store.get().unsent).toEqual([]);
  });

  it("[A129] keeps a command that came too late to be its own, and never gives it up as not taken", async () => {
    const one = await tab("first");
    one.welcome(writtenBy("first"));
    one.session.answer(first, a);
    one.answer(one.commands()[0], { accepted: false, refusal: "not-the-writer" });
    expect(one.session.store.get()).toMatchObject({ notTaken: [], waiting: [{ itemId: first }] });
    one.change(writtenBy("second"));
    one.change(writtenBy("first"));
    await vi.waitFor(() => expect(one.commands()).toHaveLength(2));
    expect(one.commands()[1]).toMatchObject({ id: one.commands()[0]?.id });
  });

  it("sends its own latest answer after a crash, though an earlier one of its own came later than that was made", async () => {
    const disk = memoryShelf();
    const before = await tab("first", disk);
    before.welcome(writtenBy("first"));
    before.session.answer(first, a);
    before.session.answer(first, b);
    await before.written();
    before.session.close();
    const after = await tab("first", disk);
    after.welcome(writtenBy("first", { [first]: saved(c, now + 3_600_000) }));
    expect(after.session.store.get().unsent).toEqual([]);
    await vi.waitFor(() => expect(after.commands().at(-1)?.command).toMatchObject({ itemId: first, response: b }));
  });

  it("sends it from a new page too, when the session has one of those that wait", async () => {
    const disk = memoryShelf();
    const before = await tab("first", disk);
    before.welcome(writtenBy("first"));
    before.session.answer(first, a);
    before.session.answer(first, b);
    await before.written();
    before.session.close();
    const after = await tab("second", disk);
    const later = now + 3_600_000;
    after.welcome(writtenBy("second", { [first]: saved(a, later) }, later));
    expect(after.session.store.get().unsent).toEqual([]);
    await vi.waitFor(() => expect(after.commands().at(-1)?.command).toMatchObject({ itemId: first, response: b }));
  });

  it("sends it from a new page too, when the one before it was only as long under way as a message may be", async () => {
    const disk = memoryShelf();
    const before = await tab("first", disk);
    before.welcome(writtenBy("first"));
    before.session.answer(first, b);
    await before.written();
    before.session.close();
    const after = await tab("second", disk);
    const cameAt = now + 4_000;
    after.welcome(writtenBy("second", { [first]: saved(a, cameAt) }, cameAt));
    expect(after.session.store.get().unsent).toEqual([]);
    await vi.waitFor(() => expect(after.commands().at(-1)?.command).toMatchObject({ itemId: first, response: b }));
  });

  it("does not write over what was answered on the other page later: the candidate chooses", async () => {
    const one = await tab("first");
    one.welcome(writtenBy("first"));
    one.session.answer(first, a);
    one.answer(one.commands()[0], { accepted: false, refusal: "not-the-writer" });
    const later = Date.now() + 3_600_000;
    one.change(writtenBy("second", { [first]: saved(b, later) }));
    one.change(writtenBy("first", { [first]: saved(b, later) }, later + 1));
    await vi.waitFor(() => expect(one.session.store.get().unsent).toMatchObject([{ itemId: first, response: a }]));
    expect(one.commands()).toHaveLength(1);
    await one.written();
    await vi.waitFor(() => expect(one.disk.entries()).toEqual([]));
  });

  it("shows of its answers the latest of each question, and none that the session has", () => {
    const unsent = [
      { itemId: first, response: a, at: 1 },
      { itemId: first, response: b, at: 2 },
      { itemId: third, response: null, at: 3 },
    ];
    expect(stillUnsent(unsent, { [first]: saved(a) })).toEqual([unsent[1]]);
    expect(stillUnsent(unsent, { [first]: saved(b) })).toEqual([]);
  });
});

describe("a browser that the exam was moved to", () => {
  it("[A128] holds its answers back until the devices are checked, and sends them then", async () => {
    const there = await tab("there");
    there.welcome({ ...writtenBy("there"), checkFirst: true });
    there.session.answer(first, a);
    void there.session.submit({ type: "sendMessage", text: "I am here" });
    expect(there.commands().map(({ command }) => command.type)).toEqual(["sendMessage"]);
    there.answer(there.commands()[0]);
    there.change({ ...writtenBy("there"), checkFirst: false });
    expect(there.commands().map(({ command }) => command.type)).toEqual(["sendMessage", "saveAnswer"]);
  });
});
