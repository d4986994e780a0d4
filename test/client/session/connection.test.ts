import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createClock } from "#client/session/clock.ts";
import type { Entry } from "#client/session/command-queue.ts";
import { type Connection, openConnection, type Phase } from "#client/session/connection.ts";
import type { Outcome } from "#protocol/session/down.ts";
import { closeCodes } from "#protocol/session/version.ts";
import { createSocketPairs } from "#test/support/socket-pair.ts";

type Up = { readonly type: "command"; readonly id: string; readonly body: string };
type Down = { readonly type: string };

function commandsIn(heard: readonly unknown[]): readonly Up[] {
  return heard.filter((message): message is Up => (message as Down).type === "command");
}

function start(restored: readonly Entry<string>[] = []) {
  const lines = createSocketPairs();
  const phases: Phase[] = [];
  const waiting: string[][] = [];
  const outcomes: [string, Outcome][] = [];
  const connection: Connection<string> = openConnection<string, Up, Down>({
    url: () => "wss://exam.test/socket",
    clock: createClock(),
    restored,
    toUp: ({ id, body }) => ({ type: "command", id, body }),
    onDown: () => {},
    onPhase: (phase) => phases.push(phase),
    onWaiting: (entries) => waiting.push(entries.map(({ body }) => body)),
    onOutcome: ({ body }, outcome) => outcomes.push([body, outcome]),
    openSocket: lines.openSocket,
    random: () => 0,
  });
  function welcome(): void {
    lines.latest().say({ type: "welcome", serverNow: 1_000 });
    lines.latest().deliver();
  }
  function acknowledge(ids: readonly string[]): void {
    const acks = ids.map((id) => ({ id, outcome: { accepted: true, seq: 1 } }));
    lines.latest().say({ type: "acks", acks, checkpoint: null });
    lines.latest().deliver();
  }
  return { lines, phases, waiting, outcomes, connection, welcome, acknowledge };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("commands", () => {
  it("wait for the welcome and then go in the order in which they were made", () => {
    const { lines, connection, welcome } = start();
    void connection.submit("a");
    void connection.submit("b");
    expect(commandsIn(lines.latest().hear())).toEqual([]);
    welcome();
    expect(commandsIn(lines.latest().hear()).map(({ body }) => body)).toEqual(["a", "b"]);
  });

  it("resolve with the session's answer and no longer wait", async () => {
    const { lines, waiting, connection, welcome, acknowledge } = start();
    welcome();
    const outcome = connection.submit("a");
    expect(waiting.at(-1)).toEqual(["a"]);
    acknowledge(commandsIn(lines.latest().hear()).map(({ id }) => id));
    expect(await outcome).toEqual({ accepted: true, seq: 1 });
    expect(waiting.at(-1)).toEqual([]);
  });

  it("that were not answered go again under their old ids and in their old order after the line broke", () => {
    const { lines, connection, welcome, acknowledge } = start();
    welcome();
    for (const body of ["a", "b", "c"]) void connection.submit(body);
    const [a, b, c] = commandsIn(lines.latest().hear()).map(({ id }) => id);
    acknowledge([b ?? ""]);
    lines.latest().cut();
    void connection.submit("d");
    vi.advanceTimersByTime(1_000);
    welcome();
    const again = commandsIn(lines.latest().hear());
    expect(again.map(({ body }) => body)).toEqual(["a", "c", "d"]);
    expect(again.map(({ id }) => id).slice(0, 2)).toEqual([a, c]);
  });

  it("of an earlier page go before those of this one", () => {
    const { lines, connection, welcome } = start([{ id: "old", at: 5, body: "before the crash" }]);
    void connection.submit("after");
    welcome();
    expect(commandsIn(lines.latest().hear()).map(({ body }) => body)).toEqual(["before the crash", "after"]);
  });

  it("[R12] go two hundred at a time, and the next as answers come", () => {
    const { lines, connection, welcome, acknowledge } = start();
    for (let count = 0; count < 250; count += 1) void connection.submit(String(count));
    welcome();
    const first = commandsIn(lines.latest().hear());
    expect(first.map(({ body }) => body)).toEqual(Array.from({ length: 200 }, (_, count) => String(count)));
    acknowledge(first.slice(0, 3).map(({ id }) => id));
    expect(commandsIn(lines.latest().hear()).map(({ body }) => body)).toEqual(["200", "201", "202"]);
  });

  it("[R12] that the session did not take go again in their order after the time it says, and nothing before", async () => {
    const { lines, connection, welcome, acknowledge } = start();
    welcome();
    const outcomes = ["a", "b", "c"].map((body) => connection.submit(body));
    const sent = commandsIn(lines.latest().hear());
    lines.latest().say({ type: "slowDown", id: sent[1]?.id, retryAfterMs: 3_000 });
    lines.latest().deliver();
    acknowledge([sent[0]?.id ?? ""]);
    void connection.submit("d");
    vi.advanceTimersByTime(2_999);
    expect(commandsIn(lines.latest().hear())).toEqual([]);
    lines.latest().say("pong");
    lines.latest().deliver();
    vi.advanceTimersByTime(1);
    const again = commandsIn(lines.latest().hear());
    expect(again.map(({ body }) => body)).toEqual(["b", "c", "d"]);
    expect(again.slice(0, 2)).toEqual(sent.slice(1));
    acknowledge(again.map(({ id }) => id));
    expect(await Promise.all(outcomes)).toHaveLength(3);
  });

  it("[R12] that wait for the session's leave go with all others when the line is new", () => {
    const { lines, connection, welcome } = start();
    welcome();
    for (const body of ["a", "b"]) void connection.submit(body);
    lines.latest().say({ type: "slowDown", id: commandsIn(lines.latest().hear())[0]?.id, retryAfterMs: 60_000 });
    lines.latest().deliver();
    lines.latest().close(closeCodes.tooMuch);
    vi.advanceTimersByTime(1_000);
    welcome();
    expect(commandsIn(lines.latest().hear()).map(({ body }) => body)).toEqual(["a", "b"]);
  });

  it("are settled once, however often they are answered", () => {
    const { lines, outcomes, connection, welcome, acknowledge } = start();
    welcome();
    void connection.submit("a");
    const ids = commandsIn(lines.latest().hear()).map(({ id }) => id);
    acknowledge(ids);
    acknowledge(ids);
    expect(outcomes).toHaveLength(1);
  });
});

describe("the line", () => {
  it("[R16] answers a mark when what came before it is read", () => {
    const { lines, welcome } = start();
    welcome();
    lines.latest().hear();
    lines.latest().say({ type: "mark", mark: 7 });
    lines.latest().deliver();
    expect(lines.latest().hear()).toEqual([{ type: "heard", mark: 7 }]);
  });

  it("is given up when a ping is not answered within five seconds, and tried again", () => {
    const { lines, phases, welcome } = start();
    welcome();
    lines.latest().hear();
    vi.advanceTimersByTime(10_000);
    expect(lines.latest().hear()).toContain("ping");
    vi.advanceTimersByTime(4_999);
    expect(phases.at(-1)).toEqual({ kind: "online" });
    vi.advanceTimersByTime(1);
    expect(phases.at(-1)).toEqual({ kind: "retrying", failures: 1 });
    expect(lines.all[0]?.isClosedByPage()).toBe(true);
    vi.advanceTimersByTime(1_000);
    expect(lines.all).toHaveLength(2);
  });

  it("is given up five seconds after a command that nothing answers, however long ago the last beat was", () => {
    const { lines, phases, connection, welcome } = start();
    welcome();
    lines.latest().hear();
    void connection.submit("a");
    expect(lines.latest().hear()).toContain("ping");
    vi.advanceTimersByTime(3_000);
    void connection.submit("b");
    vi.advanceTimersByTime(1_999);
    expect(phases.at(-1)).toEqual({ kind: "online" });
    vi.advanceTimersByTime(1);
    expect(phases.at(-1)).toEqual({ kind: "retrying", failures: 1 });
  });

  it("stays when pings are answered", () => {
    const { lines, phases, welcome } = start();
    welcome();
    for (let beat = 0; beat < 5; beat++) {
      vi.advanceTimersByTime(10_000);
      lines.latest().say("pong");
      lines.latest().deliver();
    }
    expect(lines.all).toHaveLength(1);
    expect(phases.at(-1)).toEqual({ kind: "online" });
  });

  it("is given up when no welcome comes", () => {
    const { lines, phases } = start();
    vi.advanceTimersByTime(15_000);
    expect(phases.at(-1)).toEqual({ kind: "retrying", failures: 1 });
    expect(lines.all[0]?.isClosedByPage()).toBe(true);
  });

  it("counts tries until a welcome, and begins anew after it", () => {
    const { lines, phases, welcome } = start();
    lines.latest().cut();
    vi.advanceTimersByTime(60_000 / 60);
    lines.latest().cut();
    expect(phases.at(-1)).toEqual({ kind: "retrying", failures: 2 });
    vi.advanceTimersByTime(2_000);
    welcome();
    lines.latest().cut();
    expect(phases.at(-1)).toEqual({ kind: "retrying", failures: 1 });
  });

  it("is not tried again by itself when the session closed it for good, but is when a person asks", () => {
    const { lines, phases, connection, welcome } = start();
    welcome();
    lines.latest().close(closeCodes.replaced);
    expect(phases.at(-1)).toEqual({ kind: "closed", why: "replaced" });
    vi.advanceTimersByTime(120_000);
    expect(lines.all).toHaveLength(1);
    connection.reconnect();
    expect(lines.all).toHaveLength(2);
  });

  it("is tried again by itself when an own line that was given up came late and took its place", () => {
    const { lines, phases, welcome } = start();
    vi.advanceTimersByTime(20_000); // no welcome: given up, and tried again
    welcome();
    lines.latest().close(closeCodes.replaced);
    expect(phases.at(-1)).toEqual({ kind: "retrying", failures: 1 });
    vi.advanceTimersByTime(10_000);
    welcome();
    expect(phases.at(-1)).toEqual({ kind: "online" });
    // Long after, it can only be somebody else.
    for (let beats = 0; beats < 7; beats += 1) {
      vi.advanceTimersByTime(10_000);
      lines.latest().say("pong");
      lines.latest().deliver();
    }
    lines.latest().close(closeCodes.replaced);
    expect(phases.at(-1)).toEqual({ kind: "closed", why: "replaced" });
  });

  it("does not hear a socket that was given up", () => {
    const { lines, phases, connection, welcome } = start();
    const first = lines.latest();
    connection.reconnect();
    welcome();
    first.close(closeCodes.notAllowed);
    expect(phases.at(-1)).toEqual({ kind: "online" });
  });
});

describe("the clock", () => {
  it("is asked five times at the welcome, and once a minute after that", () => {
    const { lines, welcome } = start();
    const questions = () =>
      lines
        .latest()
        .hear()
        .filter((message) => (message as Down).type === "clock").length;
    welcome();
    vi.advanceTimersByTime(1_000);
    expect(questions()).toBe(5);
    for (let beat = 0; beat < 6; beat++) {
      vi.advanceTimersByTime(10_000);
      lines.latest().say("pong");
      lines.latest().deliver();
    }
    expect(questions()).toBe(1);
  });
});
