import type { ProctorCommand } from "#domain/attempt/command.ts";
import type { AttemptId, ExamSessionId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Outcome, ProctorDown } from "#protocol/session/down.ts";
import type { ProctorUp } from "#protocol/session/up.ts";
import { createClock } from "../session/clock.ts";
import { type Connection, openConnection, type Phase, type Socket } from "../session/connection.ts";
import { keepConnected, socketUrl } from "../session/keep-connected.ts";
import { createStore, type Store } from "../session/store.ts";
import { emptyRoom, type Room, roomAfter } from "./room.ts";

/** A command for one attempt, as the console queues it until the session has answered. */
export type Asked = { readonly attemptId: AttemptId; readonly command: ProctorCommand };

/** The console's live state, outside React. */
export type ConsoleSession = {
  readonly room: Store<Room>;
  readonly phase: Store<Phase>;
  /** What the session has not answered yet, oldest first. */
  readonly waiting: Store<readonly Asked[]>;
  /** The server's time, told once a second; the device's own only until the session has spoken. */
  readonly now: Store<EpochMs>;
  /** Connects, until the function that it gives is called. */
  readonly open: () => () => void;
  /** Sends a command when the session is open, again after a cut, until it is answered. */
  readonly command: (attemptId: AttemptId, command: ProctorCommand) => Promise<Outcome>;
};

/** Follows an exam session as its proctor. After a cut it asks only for the events that it has missed. */
export function createConsole(examSessionId: ExamSessionId, openSocket?: (url: string) => Socket): ConsoleSession {
  const room = createStore(emptyRoom);
  const phase = createStore<Phase>({ kind: "connecting" });
  const waiting = createStore<readonly Asked[]>([]);
  const clock = createClock();
  const now = createStore<EpochMs>(Date.now());
  let connection: Connection<Asked> | null = null;

  function tellTime(): void {
    now.set(clock.serverNow() ?? Date.now());
  }

  function hear(down: ProctorDown): void {
    // A tile is shown with the time at which it was so, not with that of up to a second before.
    tellTime();
    room.update((before) => roomAfter(before, down));
  }

  function open(): () => void {
    const opened = openConnection<Asked, ProctorUp, ProctorDown>({
      url: () => socketUrl(`/v1/exam-sessions/${examSessionId}/socket?after=${room.get().position}`),
      clock,
      toUp: ({ id, body }) => ({ type: "command", id, ...body }),
      onDown: hear,
      onPhase: phase.set,
      onWaiting: (entries) => waiting.set(entries.map(({ body }) => body)),
      ...(openSocket === undefined ? {} : { openSocket }),
    });
    connection = opened;
    const stopKeeping = keepConnected(opened);
    const timer = setInterval(tellTime, 1_000);
    return () => {
      clearInterval(timer);
      stopKeeping();
      opened.close();
      connection = null;
    };
  }

  return {
    room,
    phase,
    waiting,
    now,
    open,
    command(attemptId, command) {
      if (connection === null) throw new Error("a command before the console was opened");
      return connection.submit({ attemptId, command });
    },
  };
}
