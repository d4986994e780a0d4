import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Ack, ClockAnswer, Outcome, SlowDown } from "#protocol/session/down.ts";
import { closeCodes, ping, pong } from "#protocol/session/version.ts";
import { backoffMs } from "./backoff.ts";
import type { Clock } from "./clock.ts";
import { createCommandQueue, type Entry } from "./command-queue.ts";
import { createSendWindow } from "./send-window.ts";
import { createTimers } from "./timers.ts";

/** As much of a WebSocket as is used here, so that a test can hold its other end. */
export type Socket = {
  send(text: string): void;
  close(code?: number): void;
  addEventListener(type: "message", hear: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: "close", lose: (event: { readonly code: number }) => void): void;
};

export type Phase =
  | { readonly kind: "connecting" }
  | { readonly kind: "online" }
  /** The line is down and is tried again by itself. `failures` counts tries in a row that did not come to a welcome. */
  | { readonly kind: "retrying"; readonly failures: number }
  /** The session closed the line for good. */
  | { readonly kind: "closed"; readonly why: "replaced" | "not-allowed" | "not-understood" | "set-aside" };

/** Every session's messages have these among them; the rest is the owner's. */
type Spoken =
  | { readonly type: "welcome"; readonly serverNow: number }
  | { readonly type: "acks"; readonly acks: readonly Ack[] }
  | { readonly type: "mark"; readonly mark: number }
  | SlowDown
  | ClockAnswer;

export type ConnectionOptions<Body, Up, Down> = {
  /** Asked at each try, so that a console can say how far it has read. */
  readonly url: () => string;
  readonly clock: Clock;
  /** A command as it goes on the wire, made anew each time that it is sent. */
  readonly toUp: (entry: Entry<Body>) => Up;
  readonly onDown: (message: Down) => void;
  readonly onPhase: (phase: Phase) => void;
  /** The line is back after it was lost: for how long nothing was heard, by the device's monotonic clock. */
  readonly onBack?: (outageMs: number) => void;
  /** The commands that wait for an answer have changed. */
  readonly onWaiting?: (entries: readonly Entry<Body>[]) => void;
  readonly onOutcome?: (entry: Entry<Body>, outcome: Outcome) => void;
  /** Whether a command may be sent now. What may not waits, in its place. */
  readonly maySend?: (body: Body) => boolean;
  /** The longest that the next try may wait now, where waiting costs more than asking often; null: as long as any. */
  readonly longestWaitMs?: () => number | null;
  /** Whether it is no answer for good: the command goes on waiting. */
  readonly isPassing?: (outcome: Outcome) => boolean;
  /** Commands of an earlier page that were never answered, oldest first. They are sent again under their old ids. */
  readonly restored?: readonly Entry<Body>[];
  readonly openSocket?: (url: string) => Socket;
  readonly random?: () => number;
};

export type Connection<Body> = {
  /** Sends now, or when the line is back, and again until it is answered. `at`: when it was made, if not now. */
  submit(body: Body, at?: EpochMs | null): Promise<Outcome>;
  /** Tries at once, also after the session closed the line. */
  reconnect(): void;
  measureClock(): void;
  /** What waits for an answer, oldest first. */
  entries(): readonly Entry<Body>[];
  /** Takes out what nobody will answer any more. */
  withdraw(which: (entry: Entry<Body>) => boolean): void;
  /** Puts what an earlier page made before all that waits. */
  restore(entries: readonly Entry<Body>[]): void;
  /** Sends what may be sent by now. */
  sendNow(): void;
  close(): void;
};

const heartbeatMs = 10_000;
const silenceMs = 5_000;
/** A try that comes to no welcome by then is given up. */
const welcomeMs = 15_000;
/** A line that was given up may still arrive there for so long. */
const lateMs = 60_000;
const clockEveryMs = 60_000;
const clockQuestions = 5;
const betweenQuestionsMs = 150;

export function openConnection<Body, Up, Down extends { readonly type: string }>(
  options: ConnectionOptions<Body, Up, Down>,
): Connection<Body> {
  const { clock, openSocket = openWebSocket, random = Math.random } = options;
  const queue = createCommandQueue<Body>(options.restored);
  const sending = createSendWindow({ entries: () => queue.entries().filter(maySend) }, transmit);
  let socket: Socket | null = null;
  let isWelcome = false;
  let failures = 0;
  let heardAt = 0;
  let lostSince: number | null = null;
  let gaveUpAt = Number.NEGATIVE_INFINITY;
  const timers = createTimers();

  function maySend({ body }: Entry<Body>): boolean {
    return options.maySend?.(body) !== false;
  }

  function connect(): void {
    timers.clear();
    options.onPhase(failures === 0 ? { kind: "connecting" } : { kind: "retrying", failures });
    const opened = openSocket(options.url());
    socket = opened;
    isWelcome = false;
    timers.set("welcome", welcomeMs, () => drop(opened));
    // A socket that was given up may still speak; nobody listens then.
    opened.addEventListener("message", ({ data }) => {
      if (socket === opened && typeof data === "string") hear(data);
    });
    opened.addEventListener("close", ({ code }) => {
      if (socket === opened) lose(code);
    });
  }

  /** Closes a line that is dead without waiting for its closing handshake, which a dead line never finishes. */
  function drop(dead: Socket): void {
    if (socket !== dead) return;
    giveUp(dead);
    lose(1006);
  }

  function giveUp(line: Socket): void {
    line.close();
    gaveUpAt = performance.now();
  }

  function lose(code: number): void {
    timers.clear();
    detach();
    // A line of this page's own that came late has taken the place of a newer one, and is given up itself.
    const isOwnLate = code === closeCodes.replaced && performance.now() - gaveUpAt < lateMs;
    const why = isOwnLate ? null : closedFor(code);
    if (why !== null) return options.onPhase({ kind: "closed", why });
    failures += 1;
    options.onPhase({ kind: "retrying", failures });
    const longestMs = options.longestWaitMs?.() ?? Number.POSITIVE_INFINITY;
    timers.set("retry", Math.min(backoffMs(failures, random()), longestMs), connect);
  }

  function detach(): void {
    if (isWelcome) lostSince ??= heardAt;
    socket = null;
    isWelcome = false;
  }

  function hear(text: string): void {
    timers.stop("silence");
    heardAt = performance.now();
    if (text === pong) return;
    const message = JSON.parse(text) as Down & Spoken; // made by the server that this page came from
    if (message.type === "clock") return clock.answer(message);
    if (message.type === "welcome") clock.hint(message.serverNow);
    if (message.type === "acks") settle(message.acks);
    if (message.type === "slowDown") {
      sending.holdFrom(message.id);
      timers.set("slow down", message.retryAfterMs, () => sending.release());
    }
    options.onDown(message);
    // Said when all that came before it is read: the session does not send without end to a page that is stuck.
    if (message.type === "mark") socket?.send(JSON.stringify({ type: "heard", mark: message.mark }));
    // Only now: what may be sent depends on what the welcome says.
    if (message.type === "welcome") welcome();
    if (message.type === "welcome" && lostSince !== null) {
      options.onBack?.(heardAt - lostSince);
      lostSince = null;
    }
  }

  function welcome(): void {
    failures = 0;
    isWelcome = true;
    timers.stop("welcome");
    measureClock();
    beat();
    // The order in which they were made; those that had arrived already are answered with what was decided then.
    sendNow();
    options.onPhase({ kind: "online" });
  }

  function sendNow(): void {
    sending.clear();
    sending.fill();
  }

  function settle(acks: readonly Ack[]): void {
    for (const { id, outcome } of acks) {
      if (options.isPassing?.(outcome) === true) continue;
      sending.settle(id);
      const entry = queue.settle(id, outcome);
      if (entry !== null) options.onOutcome?.(entry, outcome);
    }
    options.onWaiting?.(queue.entries());
    sending.fill();
  }

  function transmit(entry: Entry<Body>): void {
    socket?.send(JSON.stringify(options.toUp(entry)));
    // What is on a dead line is soon said to be kept here, and not for a whole beat to be on its way.
    probe();
  }

  function beat(): void {
    timers.set("beat", heartbeatMs, () => {
      probe();
      beat();
    });
  }

  /** Gives the line up unless anything at all is heard soon. A ping is answered even while the session is busy. */
  function probe(): void {
    const probed = socket;
    if (probed === null || timers.isRunning("silence")) return;
    probed.send(ping);
    timers.set("silence", silenceMs, () => drop(probed));
  }

  function measureClock(left = clockQuestions): void {
    if (!isWelcome) return;
    socket?.send(JSON.stringify(clock.question()));
    if (left > 1) timers.set("clock", betweenQuestionsMs, () => measureClock(left - 1));
    else timers.set("clock", clockEveryMs, () => measureClock(1));
  }

  connect();
  return {
    submit(body, at = clock.serverNow()) {
      const entry = { id: crypto.randomUUID(), at, body };
      const outcome = queue.add(entry);
      options.onWaiting?.(queue.entries());
      if (isWelcome) sending.fill();
      return outcome;
    },
    reconnect() {
      if (isWelcome) return;
      if (socket !== null) giveUp(socket);
      detach();
      connect();
    },
    measureClock: () => measureClock(),
    entries: () => queue.entries(),
    withdraw(which) {
      queue.withdraw(which);
      options.onWaiting?.(queue.entries());
    },
    restore(entries) {
      queue.restore(entries);
      options.onWaiting?.(queue.entries());
    },
    sendNow() {
      options.onWaiting?.(queue.entries());
      if (isWelcome) sendNow();
    },
    close() {
      timers.clear();
      socket?.close(1000);
      detach();
    },
  };
}

function closedFor(code: number): Extract<Phase, { kind: "closed" }>["why"] | null {
  switch (code) {
    case closeCodes.replaced:
      return "replaced";
    case closeCodes.setAside:
      return "set-aside";
    case closeCodes.notAllowed:
      return "not-allowed";
    case closeCodes.badMessage:
    case closeCodes.tooLarge:
      return "not-understood";
    default:
      return null;
  }
}

function openWebSocket(url: string): Socket {
  return new WebSocket(url);
}
