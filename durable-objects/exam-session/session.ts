import type { Command, LiveTrack, Segment } from "#domain/attempt/command.ts";
import type { Context } from "#domain/attempt/decision.ts";
import type { Registered } from "#domain/attempt/state.ts";
import { nextWakeAt } from "#domain/attempt/tick.ts";
import { consentTextOf } from "#domain/exam/consent.ts";
import { consentTextCharacters } from "#domain/exam/consent-text.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { ClockAnswer, Outcome, SlowDown } from "#protocol/session/down.ts";
import type { Erasing, Erasure, PictureCommand, SessionConfig } from "#protocol/session/rpc.ts";
import { ping, pong } from "#protocol/session/version.ts";
import { createAlarm } from "./alarm.ts";
import { togetherOrApart } from "./apart.ts";
import { signCheckpoint } from "./checkpoint.ts";
import { createConsoles } from "./consoles.ts";
import { createDelivery } from "./delivery.ts";
import { createDoors } from "./doors.ts";
import { checkpointSigner, type ExamSessionEnv } from "./env.ts";
import { createErasedLogs } from "./erased-logs.ts";
import { createEventLog, type Loaded } from "./event-log.ts";
import { readMessage } from "./incoming.ts";
import { log } from "./log.ts";
import { createOutbox } from "./outbox.ts";
import { createOutcomes } from "./outcomes.ts";
import { type Announcement, announce } from "./announce.ts";
import { createArchive } from "./archive.ts";
import { createPresence } from "./presence.ts";
import { createRegistrations } from "./registrations.ts";
import { createRoom } from "./room.ts";
import { createSegmentIndex } from "./segment-index.ts";
import { sha256Hex } from "./sha256.ts";
import { createServiceFailures } from "./service-failures.ts";
import { createSilence } from "./silence.ts";
import { closeQuietly, createSockets } from "./sockets.ts";
import { createSpentProofs } from "./spent-proofs.ts";
import { createTurnstile, type Passage } from "./turnstile.ts";
import { asSystem, type Order, runTurn, type TurnResult } from "./turn.ts";

/** An order that came by a socket, which is answered when the turn is committed. */
type Heard = { readonly socket: WebSocket; readonly order: Order & { readonly commandId: string } };

/**
 * The shell of an exam session: it parses, says who asks, lets the domain decide, commits, and only then tells. What is
 * in memory is a copy of what is stored.
 */
export function createSession(ctx: DurableObjectState, env: ExamSessionEnv) {
  const { storage } = ctx;
  const room = createRoom(storage.sql);
  const events = createEventLog(storage.sql);
  const segmentIndex = createSegmentIndex(storage.sql);
  const outbox = createOutbox(storage.sql);
  const { attempts, setAside, erased } = events.load();
  const stores = {
    setAside: { has: (attemptId: AttemptId) => setAside.has(attemptId) || erased.has(attemptId) },
    storage,
    log: events,
    outcomes: createOutcomes(storage.sql),
    segments: segmentIndex,
    outbox,
  };
  const delivery = createDelivery(outbox, env.READ_MODEL);
  const sockets = createSockets(ctx);
  const erasedLogs = createErasedLogs({ storage, attempts, setAside, erased, sockets });
  const signer = checkpointSigner(env);

  let config = room.config();
  let consentSha256 = config === null ? "" : consentHashOf(config);
  const silence = createSilence(sockets, attempts);
  const turnstile = createTurnstile();
  const consoles = createConsoles({ sockets, attempts, setAside, events, exam: () => known().exam });
  const alarm = createAlarm(storage);
  const doors = createDoors({ attempts, setAside, act, known });
  const presence = createPresence({
    attempts,
    events,
    sockets,
    doors,
    setAside,
    consoles,
    turnstile,
    config: () => config,
    registered,
    act,
  });
  let heard: Heard[] = [];
  let turn: Promise<void> | null = null;

  ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(ping, pong));
  if (config !== null) {
    for (const [attemptId, { attempt }] of attempts) alarm.expect(attemptId, nextWakeAt(attempt, config.exam));
    presence.noticeLost();
    silence.reckon();
    setAlarm();
  }

  function known(): SessionConfig {
    if (config === null) throw new Error("this exam session was never provisioned");
    return config;
  }

  function contextAt(now: EpochMs): (by: Pick<Order, "actor" | "browser" | "page">) => Context {
    const { exam, opensAt, closesAt } = known();
    return ({ actor, browser, page }) => ({ now, actor, browser, page, exam, opensAt, closesAt, consentSha256 });
  }

  function registered(attemptId: AttemptId): Registered | null {
    const attempt = attempts.get(attemptId)?.attempt;
    return attempt === undefined || attempt.status === "unregistered" ? null : attempt;
  }

  /** Decides and commits, takes over what changed, and tells everybody whom it concerns. No `await` may come between. */
  function act(orders: readonly Order[], asked: readonly Heard[] = []): TurnResult {
    const now = Date.now();
    const result = runTurn(stores, attempts, orders, contextAt(now));
    const changes: Announcement["changes"][number][] = [];
    for (const [attemptId, after] of result.changed) {
      changes.push({ attemptId, before: attempts.get(attemptId)?.attempt ?? null, after });
      attempts.set(attemptId, after);
      alarm.expect(attemptId, nextWakeAt(after.attempt, known().exam));
      silence.expect(after, now);
    }
    const isTelling = result.appended.length > 0 && !outbox.isEmpty();
    if (isTelling) delivery.standBehind(now);
    setAlarm();
    const acked = asked.map(({ socket, order }, index) => ({ socket, order, outcome: result.outcomes[index] }));
    const loadedOf = (attemptId: AttemptId) => attempts.get(attemptId);
    announce(sockets, consoles, known().exam, { acked, changes, appended: result.appended, checkpointOf, loadedOf });
    if (isTelling) ctx.waitUntil(deliver());
    return result;
  }

  function checkpointOf(attemptId: AttemptId, { frontier }: Pick<Loaded, "frontier">): string {
    return signCheckpoint(signer, known().tenantId, attemptId, frontier);
  }

  async function deliver(): Promise<void> {
    await delivery.run(known());
    setAlarm();
  }

  function setAlarm(): void {
    alarm.set([delivery.retryAt(), silence.lookAt()]);
  }

  /** Everything that has come since the last turn, in one transaction; acknowledged after it. */
  function flush(): void {
    const asked = heard;
    heard = [];
    turn = null;
    togetherOrApart(
      asked.map((each) => ({ ...each, attemptId: each.order.attemptId })),
      (some) => {
        act(
          some.map(({ order }) => order),
          some,
        );
      },
      (attemptId, some, error) => {
        // Nothing of it was acknowledged. Closed, the pages come back and send it again.
        log("turn-failed", { attemptId, orders: some.length }, error);
        for (const socket of new Set(some.map((each) => each.socket))) closeQuietly(socket, 1011, "not stored");
      },
    );
  }

  function refuse(socket: WebSocket, passage: Exclude<Passage, { kind: "pass" }>): void {
    if (passage.kind === "flood") {
      log("flood-closed", { reason: passage.reason });
      return closeQuietly(socket, passage.code, passage.reason);
    }
    if (passage.kind === "slowDown") {
      answer(socket, { type: "slowDown", id: passage.id, retryAfterMs: passage.retryAfterMs });
    }
  }

  function answer(socket: WebSocket, down: ClockAnswer | SlowDown): void {
    if (sockets.identityOf(socket).role === "proctor") consoles.answer(socket, down);
    else sockets.toCandidate(socket, down);
  }

  /** What the session does for a candidate's page that asked the Worker; a page of another browser gets nothing done. */
  function forPage(attemptId: AttemptId, browser: string, command: Command): Outcome {
    const standing = doors.standing(attemptId, browser);
    if (standing === "another-browser" || (standing === "left" && !isFromBefore(attemptId, browser, command))) {
      return { accepted: false, refusal: "another-browser" };
    }
    const [outcome] = act([asSystem(attemptId, command)]).outcomes;
    if (outcome === undefined) throw new Error("an order without an outcome");
    return outcome;
  }

  /** [A127] What a browser recorded while the attempt was its own is evidence still. */
  function isFromBefore(attemptId: AttemptId, browser: string, command: Command): boolean {
    const leftAt = doors.door(attemptId, browser)?.leftAt ?? null;
    return command.type === "storeSegment" && leftAt !== null && command.segment.startsAt <= leftAt;
  }

  return {
    connect: (url: URL, socket: WebSocket): void => presence.connect(url, socket),
    disconnect: (socket: WebSocket): void => presence.disconnect(socket),

    /** Resolves when what the message asks for is committed. */
    async hear(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
      // What was on its way when the session closed the socket still arrives: from a dismissed proctor, or after bad bytes.
      if (socket.readyState !== WebSocket.OPEN) return;
      const now = Date.now();
      const identity = sockets.identityOf(socket);
      const glance = turnstile.glance(socket, identity, message, now);
      if (glance.kind !== "pass") return refuse(socket, glance);
      const incoming = readMessage(identity, message);
      if (incoming.kind === "unacceptable") return closeQuietly(socket, incoming.code, incoming.reason);
      const passage = turnstile.pass(socket, identity, incoming, now);
      if (passage.kind !== "pass") return refuse(socket, passage);
      switch (incoming.kind) {
        case "clock":
          return answer(socket, { type: "clock", sentAt: incoming.sentAt, serverNow: now });
        case "heard":
          return consoles.hear(socket, incoming.mark);
        case "order":
          heard.push({ socket, order: incoming.order });
          turn ??= scheduler.wait(0).then(flush);
          return turn;
      }
    },

    /** The alarm: time alone moves what is due, and the outbox is tried again. Never throws. */
    async wake(): Promise<void> {
      alarm.hasRung();
      if (config === null) return;
      const now = Date.now();
      togetherOrApart(
        alarm.due(now).map((attemptId) => asSystem(attemptId, { type: "tick" })),
        (some) => {
          act(some);
        },
        (attemptId, _some, error) => {
          // Nothing of it has changed, and it is tried again soon.
          alarm.postpone(attemptId, now);
          log("alarm-failed", { attemptId }, error);
        },
      );
      presence.noteSilent(silence.look(now));
      const retryAt = delivery.retryAt();
      // Not waited for: an alarm that has not ended does not ring again, and this one stands behind a delivery too.
      if (retryAt !== null && retryAt <= now) ctx.waitUntil(deliver());
      setAlarm();
    },

    provision(given: SessionConfig): void {
      room.provision(config, given);
      config = given;
      consentSha256 = consentHashOf(given);
    },

    ...doors,

    publishMedia(attemptId: AttemptId, browser: string, sfuSession: string, tracks: readonly LiveTrack[]): Outcome {
      return forPage(attemptId, browser, { type: "publishMedia", sfuSession, tracks });
    },

    storeSegment(attemptId: AttemptId, browser: string, segment: Segment): Outcome {
      const storedSha256 = segmentIndex.hashAt(attemptId, segment);
      return forPage(attemptId, browser, { type: "storeSegment", segment, storedSha256 });
    },

    storePicture: (attemptId: AttemptId, browser: string, command: PictureCommand): Outcome =>
      forPage(attemptId, browser, command),

    ...createRegistrations({ attempts, sockets, registered, act }),
    ...createArchive({
      attempts,
      events,
      segmentIndex,
      checkpointOf,
      erasedLog: (attemptId) => erasedLogs.erasedLog(attemptId),
    }),

    eraseLog(attemptId: AttemptId, erasing: Erasing): Erasure {
      const erasure = erasedLogs.eraseLog(attemptId, erasing);
      if (erasure === "erased") alarm.expect(attemptId, null);
      return erasure;
    },

    ...createServiceFailures({ attempts, setAside, erased, isTold: erasedLogs.isTold, exam: () => known().exam }),
    ...sockets.farewells,
    ...createSpentProofs(storage),
  };
}

export type Session = ReturnType<typeof createSession>;

function consentHashOf({ exam }: SessionConfig): string {
  return sha256Hex(consentTextCharacters(consentTextOf(exam)));
}
