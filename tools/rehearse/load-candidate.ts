import type { CandidateCommand } from "#domain/attempt/command.ts";
import { consentTextCharacters } from "#domain/exam/consent.ts";
import { createHash } from "node:crypto";
import { loadItems } from "./load-exam.ts";
import type { Measurements } from "./measurements.ts";
import { type Heard, type LoadSocket, openSocket } from "./socket.ts";

export type Seat = { readonly attemptId: string; readonly cookie: string };

type Sent = { readonly at: number; readonly answer: string | null; readonly done: (accepted: boolean) => void };

/** The consent's hash as the candidate's page sends it. */
export function consentHash(text: Parameters<typeof consentTextCharacters>[0]): string {
  return createHash("sha256").update(consentTextCharacters(text)).digest("hex");
}

/** One candidate of the load: a socket, what it sent, and how long each answer took. */
export function createLoadCandidate(origin: URL, { attemptId, cookie }: Seat, measured: Measurements) {
  const waiting = new Map<string, Sent>();
  /** Answers that the session has said it holds. */
  const acknowledged: string[] = [];
  let socket: LoadSocket | null = null;
  let count = 0;
  let onPaper: (() => void) | null = null;
  let onWelcome: (() => void) | null = null;

  function hear(text: string): void {
    const message = JSON.parse(text) as Heard;
    if (message.type === "acks") settle(message["acks"] as readonly { id: string; outcome?: { accepted: boolean } }[]);
    else if (message.type === "welcome") onWelcome?.();
    else if (message.type === "changed") look(message["parts"] as Readonly<Record<string, unknown>>);
  }

  function look(parts: Readonly<Record<string, unknown>>): void {
    if (parts["paper"] !== undefined && parts["paper"] !== null) onPaper?.();
    const time = parts["time"] as { readonly entries?: readonly { readonly reason: string }[] } | undefined;
    const reason = time?.entries?.at(-1)?.reason;
    if (reason !== undefined) measured.timeCame(attemptId, reason);
  }

  function settle(acks: readonly { readonly id: string; readonly outcome?: { readonly accepted: boolean } }[]): void {
    const now = performance.now();
    for (const { id, outcome } of acks) {
      const sent = waiting.get(id);
      if (sent === undefined) continue;
      waiting.delete(id);
      const accepted = outcome?.accepted === true;
      measured.acknowledged(now - sent.at, accepted);
      if (accepted && sent.answer !== null) acknowledged.push(sent.answer);
      sent.done(accepted);
    }
  }

  /** `at`: when it was due, so that a load that cannot keep up is not flattered. */
  function say(command: CandidateCommand, at = performance.now()): Promise<boolean> {
    const id = crypto.randomUUID();
    const answer =
      command.type === "saveAnswer" && command.response?.kind === "short-text" ? command.response.text : null;
    return new Promise((resolve) => {
      waiting.set(id, { at, answer, done: resolve });
      socket?.send(JSON.stringify({ type: "command", id, command }));
    });
  }

  return {
    attemptId,
    acknowledged: acknowledged as readonly string[],
    unanswered: () => waiting.size,
    say,

    /** Resolves when the session has said welcome. */
    async connect(): Promise<void> {
      const welcome = new Promise<void>((resolve) => (onWelcome = resolve));
      socket = await openSocket(origin, `/v1/sit/${attemptId}/socket`, cookie, hear);
      await welcome;
    },

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
      socket?.close();
      socket = null;
    },
  };
}

export type LoadCandidate = ReturnType<typeof createLoadCandidate>;
