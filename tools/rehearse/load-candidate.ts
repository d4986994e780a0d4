import type { CandidateCommand } from "#domain/attempt/command.ts";
import { consentTextCharacters } from "#domain/exam/consent-text.ts";
import { createHash } from "node:crypto";
import { loadItems } from "./load-exam.ts";
import type { Measurements } from "./measurements.ts";
import { ping, pong } from "#protocol/session/version.ts";
import { openSeatSocket, type Seat } from "./seat.ts";
import type { Heard, LoadSocket } from "./socket.ts";

type Sent = {
  readonly at: number;
  readonly text: string;
  readonly answer: string | null;
  readonly done: (accepted: boolean) => void;
};

type Acknowledged = {
  readonly id: string;
  readonly outcome: { readonly accepted: boolean; readonly refusal?: string };
};

/** A page says so often that it is there; the session closes the line of one that does not. */
const pingEveryMs = 10_000;

/** A page that was closed on comes back after this long. */
const comesBackAfterMs = 200;

/** The consent's hash as the candidate's page sends it. */
export function consentHash(text: Parameters<typeof consentTextCharacters>[0]): string {
  return createHash("sha256").update(consentTextCharacters(text)).digest("hex");
}

/** One candidate of the load: a socket, what it sent, and how long each answer took. */
export function createLoadCandidate(origin: URL, seat: Seat, measured: Measurements) {
  const { attemptId } = seat;
  /** In the order in which they were sent: it is the order in which they are sent again. */
  const waiting = new Map<string, Sent>();
  /** Answers that the session has said it holds. */
  const acknowledged: string[] = [];
  let socket: LoadSocket | null = null;
  let pinging: ReturnType<typeof setInterval> | undefined;
  let count = 0;
  let onPaper: (() => void) | null = null;
  let onWelcome: (() => void) | null = null;

  function hear(text: string): void {
    if (text === pong) return;
    const message = JSON.parse(text) as Heard;
    if (message.type === "acks") settle(message["acks"] as readonly Acknowledged[]);
    else if (message.type === "welcome") onWelcome?.();
    else if (message.type === "slowDown") slowDown(message["id"] as string, message["retryAfterMs"] as number);
    else if (message.type === "changed") look(message["parts"] as Readonly<Record<string, unknown>>);
  }

  function look(parts: Readonly<Record<string, unknown>>): void {
    if (parts["paper"] !== undefined && parts["paper"] !== null) onPaper?.();
    const time = parts["time"] as { readonly entries?: readonly { readonly reason: string }[] } | undefined;
    const reason = time?.entries?.at(-1)?.reason;
    if (reason !== undefined) measured.timeCame(attemptId, reason);
  }

  /** The session has done neither this command nor any after it. */
  function slowDown(from: string, retryAfterMs: number): void {
    setTimeout(() => sendAgain(from), retryAfterMs);
  }

  function sendAgain(from: string | null): void {
    const ids = [...waiting.keys()];
    const start = from === null ? 0 : ids.indexOf(from);
    if (start === -1) return;
    for (const id of ids.slice(start)) socket?.send(waiting.get(id)?.text ?? "");
  }

  /** As a page does: it comes back with the same commands under the same ids. */
  function comeBack(code: number): void {
    measured.cutOff(code);
    clearInterval(pinging);
    socket = null;
    setTimeout(() => void connect().catch(() => {}), comesBackAfterMs);
  }

  /** Resolves when the session has said welcome, and what was not acknowledged is on its way again. */
  async function connect(): Promise<void> {
    const welcome = new Promise<void>((resolve) => (onWelcome = resolve));
    const opened = await openSeatSocket(origin, seat, "", hear, (code) => {
      if (socket === opened) comeBack(code);
    });
    socket = opened;
    pinging = setInterval(() => opened.send(ping), pingEveryMs);
    await welcome;
    sendAgain(null);
  }

  function settle(acks: readonly Acknowledged[]): void {
    const now = performance.now();
    for (const { id, outcome } of acks) {
      const sent = waiting.get(id);
      if (sent === undefined) continue;
      waiting.delete(id);
      const { accepted } = outcome;
      measured.acknowledged(now - sent.at, outcome.refusal ?? null);
      if (accepted && sent.answer !== null) acknowledged.push(sent.answer);
      sent.done(accepted);
    }
  }

  /** `at`: when it was due, so that a load that cannot keep up is not flattered. */
  function say(command: CandidateCommand, at = performance.now()): Promise<boolean> {
    const id = crypto.randomUUID();
    const answer =
      command.type === "saveAnswer" && command.response?.kind === "short-text" ? command.response.text : null;
    const text = JSON.stringify({ type: "command", id, command });
    return new Promise((resolve) => {
      waiting.set(id, { at, text, answer, done: resolve });
      socket?.send(text);
    });
  }

  return {
    attemptId,
    acknowledged: acknowledged as readonly string[],
    unanswered: () => waiting.size,
    say,

    connect,

    /** Resolves when the paper lies before the candidate. */
    async open(): Promise<void> {
      const paper = new Promise<void>((resolve) => (onPaper = resolve));
      void say({ type: "openPaper" });
      await paper;
    },

    /** An answer like no other of this candidate. */
    answer(at?: number): Promise<boolean> {
      count += 1;
      const itemId = loadItems[count % loadItems.length]!;
      const response = { kind: "short-text", text: `answer ${count} of ${attemptId}` } as const;
      return say({ type: "saveAnswer", itemId, response, agoMs: 0 }, at);
    },

    disconnect(): void {
      const closing = socket;
      clearInterval(pinging);
      socket = null;
      closing?.close();
    },
  };
}

export type LoadCandidate = ReturnType<typeof createLoadCandidate>;
