import type { ProctorCommand } from "#domain/attempt/command.ts";
import type { Measurements } from "./measurements.ts";
import { type Heard, type LoadSocket, openSocket } from "./socket.ts";

type FeedEntry = {
  readonly attemptId: string;
  readonly fact: { readonly type: string; readonly violation?: { readonly kind: string } };
};
type Tile = { readonly attemptId: string; readonly view: { readonly status: string } };

/** One console of the load. It reads everything, as a console does, and can step in. */
export function createLoadProctor(origin: URL, examSessionId: string, cookie: string, measured: Measurements) {
  const waiting = new Map<string, (accepted: boolean) => void>();
  const statuses = new Map<string, string>();
  let socket: LoadSocket | null = null;
  let onTiles: () => void = () => {};

  function hear(text: string): void {
    const message = JSON.parse(text) as Heard;
    answerMark(message);
    for (const { attemptId, view } of (message["tiles"] ?? []) as readonly Tile[]) statuses.set(attemptId, view.status);
    if (message["tiles"] !== undefined) onTiles();
    if (message.type === "feed") for (const entry of message["entries"] as readonly FeedEntry[]) see(entry);
    if (message.type === "acks") {
      for (const { id, outcome } of message["acks"] as readonly { id: string; outcome: { accepted: boolean } }[]) {
        waiting.get(id)?.(outcome.accepted);
        waiting.delete(id);
      }
    }
  }

  /** A console tells how far it has read when the session asks. */
  function answerMark(message: Heard): void {
    const mark = message["mark"];
    if (typeof mark === "number") socket?.send(JSON.stringify({ type: "heard", mark }));
  }

  function see({ attemptId, fact }: FeedEntry): void {
    if (fact.type === "violationNoted" && fact.violation?.kind === "pasted") measured.violationCame(attemptId);
  }

  return {
    examSessionId,
    async connect(): Promise<void> {
      const path = `/v1/exam-sessions/${examSessionId}/socket?after=0`;
      socket = await openSocket(origin, path, cookie, hear);
    },

    /** Resolves when as many attempts are in one of these statuses. */
    until(count: number, ...wanted: readonly string[]): Promise<void> {
      return new Promise((resolve) => {
        onTiles = () => {
          const there = [...statuses.values()].filter((status) => wanted.includes(status)).length;
          if (there >= count) resolve();
        };
        onTiles();
      });
    },

    /** Resolves when the session has answered. */
    give(attemptId: string, command: ProctorCommand): Promise<boolean> {
      const id = crypto.randomUUID();
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        socket?.send(JSON.stringify({ type: "command", id, attemptId, command }));
      });
    },

    disconnect(): void {
      socket?.close();
      socket = null;
    },
  };
}

export type LoadProctor = ReturnType<typeof createLoadProctor>;
