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
type Body = { readonly attemptId: AttemptId; readonly command: ProctorCommand };

/** The console's live state, outside React. */
export type ConsoleSession = {
  readonly room: Store<Room>;
  readonly phase: Store<Phase>;
  /** The server's time; the device's own only until the session has spoken. */
  readonly serverNow: () => EpochMs;
  /** Connects, until the function that it gives is called. */
  readonly open: () => () => void;
  /** Sends a command when the session is open, again after a cut, until it is answered. */
  readonly command: (attemptId: AttemptId, command: ProctorCommand) => Promise<Outcome>;
};

/** Follows an exam session as its proctor. After a cut it asks only for the events that it has missed. */
export function createConsole(examSessionId: ExamSessionId, openSocket?: (url: string) => Socket): ConsoleSession {
  const room = createStore(emptyRoom);
  const phase = createStore<Phase>({ kind: "connecting" });
  const clock = createClock();
  let connection: Connection<Body> | null = null;

  function open(): () => void {
    const opened = openConnection<Body, ProctorUp, ProctorDown>({
      url: () => socketUrl(`/v1/exam-sessions/${examSessionId}/socket?after=${room.get().position}`),
      clock,
      toUp: ({ id, body }) => ({ type: "command", id, ...body }),
      onDown: (down) => room.update((before) => roomAfter(before, down)),
      onPhase: phase.set,
      ...(openSocket === undefined ? {} : { openSocket }),
    });
    connection = opened;
    const stopKeeping = keepConnected(opened);
    return () => {
      stopKeeping();
      opened.close();
      connection = null;
    };
  }

  return {
    room,
    phase,
    serverNow: () => clock.serverNow() ?? Date.now(),
    open,
    command(attemptId, command) {
      if (connection === null) throw new Error("a command before the console was opened");
      return connection.submit({ attemptId, command });
    },
  };
}
