import type { Registered } from "#domain/attempt/state.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { SessionConfig } from "#protocol/session/rpc.ts";
import { closeCodes } from "#protocol/session/version.ts";
import { togetherOrApart } from "./apart.ts";
import type { Consoles } from "./consoles.ts";
import type { Doors } from "./doors.ts";
import type { EventLog, Loaded } from "./event-log.ts";
import { log } from "./log.ts";
import { closeOlder, ordersOfComing } from "./pages.ts";
import type { SetAside } from "./set-aside.ts";
import type { Gone } from "./silence.ts";
import { closeQuietly, type Identity, identityIn, type Sockets, turnAway } from "./sockets.ts";
import type { Turnstile } from "./turnstile.ts";
import { asSystem, type Order, type TurnResult } from "./turn.ts";
import { candidateWelcome, proctorWelcome } from "./welcome.ts";

type Doorway = {
  readonly attempts: ReadonlyMap<AttemptId, Loaded>;
  readonly events: EventLog;
  readonly sockets: Sockets;
  readonly setAside: ReadonlyMap<AttemptId, SetAside>;
  readonly doors: Pick<Doors, "standing">;
  readonly consoles: Consoles;
  readonly turnstile: Turnstile;
  readonly config: () => SessionConfig | null;
  readonly registered: (attemptId: AttemptId) => Registered | null;
  readonly act: (orders: readonly Order[]) => TurnResult;
};

/** Sockets that one attempt's reading pages, or one member, may have open at a time. */
const socketsAtMost = 8;

/** A page says "ping" every ten seconds: after this long, one is missing. */
const missedPingMs = 12_000;

/** Closes the oldest of them, so that one more may come. */
function makeRoom(oldestFirst: readonly WebSocket[]): void {
  const tooMany = Math.max(0, oldestFirst.length + 1 - socketsAtMost);
  for (const oldest of oldestFirst.slice(0, tooMany)) {
    closeQuietly(oldest, closeCodes.replaced, "opened in many newer tabs");
  }
}

/** Who comes and who goes: lets a socket in with all that it has to know, and notes in the log whose line is lost. */
export function createPresence({
  attempts,
  events,
  sockets,
  setAside,
  doors,
  consoles,
  turnstile,
  config,
  registered,
  act,
}: Doorway) {
  function isOnline(attemptId: AttemptId): boolean {
    return sockets.isOnline(attemptId, attempts.get(attemptId)?.attempt);
  }

  function connectCandidate(
    room: SessionConfig,
    socket: WebSocket,
    identity: Extract<Identity, { role: "candidate" }>,
    isReading: boolean,
  ): void {
    const { attemptId, browser } = identity;
    // Looked at before anything else: a stranger's browser must not close the candidate's own socket.
    if (doors.standing(attemptId, browser) !== "welcome") return turnAway(socket, "not this browser's attempt");
    if (!turnstile.mayOpen(identity, Date.now())) return turnAway(socket, "opened too often", closeCodes.tooMuch);
    if (setAside.has(attemptId)) return turnAway(socket, "the record cannot be read", closeCodes.setAside);
    noteDeadLine(identity);
    closeOlder(identity, sockets);
    const writer = registered(attemptId)?.file.writing.page ?? null;
    const writing = writer === null ? [] : sockets.page(attemptId, writer);
    makeRoom(sockets.candidate(attemptId).filter((each) => !writing.includes(each)));
    // Before the socket listens: what time has done meanwhile is in its welcome, and must not come as a change before it.
    const before = registered(attemptId);
    if (before !== null) act(ordersOfComing(identity, isReading, before, sockets, Date.now()));
    sockets.accept(socket, identity);
    const attempt = registered(attemptId);
    if (attempt !== null) sockets.toCandidate(socket, candidateWelcome(room, attemptId, attempt, Date.now()));
    consoles.touch(attemptId);
  }

  /** A page that comes anew while its line still seems to be there, and has long said nothing on it, had lost it. [A105] */
  function noteDeadLine({ attemptId, page }: Extract<Identity, { role: "candidate" }>): void {
    const heard = sockets.page(attemptId, page).map((socket) => sockets.heardAt(socket));
    if (heard.length === 0) return;
    const agoMs = Date.now() - Math.max(...heard);
    if (agoMs > missedPingMs) noteLost([{ attemptId, agoMs }]);
  }

  function noteLost(gone: readonly Gone[]): void {
    togetherOrApart(
      gone.map(({ attemptId, agoMs }) => asSystem(attemptId, { type: "loseConnection", agoMs })),
      (some) => {
        act(some);
      },
      (attemptId, _some, error) => {
        // Thrown from the constructor it would keep the whole room shut.
        log("lost-connection-not-noted", { attemptId }, error);
      },
    );
  }

  return {
    /** A socket of the Worker's making: its address says who it is. */
    connect(url: URL, socket: WebSocket): void {
      const identity = identityIn(url);
      const room = config();
      if (identity === null || room === null) return turnAway(socket, "no such exam session");
      if (identity.role === "candidate") {
        return connectCandidate(room, socket, identity, url.searchParams.get("reading") === "1");
      }
      if (!turnstile.mayOpen(identity, Date.now())) return turnAway(socket, "opened too often", closeCodes.tooMuch);
      makeRoom(sockets.member(identity.memberId));
      const after = Number(url.searchParams.get("after") ?? 0) || 0;
      const enter = () => {
        sockets.accept(socket, identity);
        return proctorWelcome(room, attempts, isOnline, events, after, Date.now());
      };
      consoles.welcome(socket, enter, after);
    },

    disconnect(socket: WebSocket): void {
      turnstile.leave(socket);
      const identity = sockets.identityOf(socket);
      if (identity.role === "proctor") return consoles.leave(socket);
      if (isOnline(identity.attemptId)) return;
      if (registered(identity.attemptId) === null) return;
      act([asSystem(identity.attemptId, { type: "loseConnection", agoMs: 0 })]);
      consoles.touch(identity.attemptId);
    },

    /** After a crash there was no close event: who is connected by the log but has no socket has lost the connection. */
    noticeLost(): void {
      const gone = [...attempts.keys()].filter((attemptId) => {
        const attempt = registered(attemptId);
        return attempt !== null && attempt.status !== "registered" && !isOnline(attemptId);
      });
      noteLost(gone.map((attemptId) => ({ attemptId, agoMs: 0 })));
    },

    /** Those whose lines turned out to be dead. */
    noteSilent(silent: readonly Gone[]): void {
      noteLost(silent);
      for (const { attemptId } of silent) consoles.touch(attemptId);
    },
  };
}
