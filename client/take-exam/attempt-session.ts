import type { CandidateCommand } from "#domain/attempt/command.ts";
import type { AttemptId, ItemId } from "#domain/exam/ids.ts";
import { brand } from "#domain/exam/ids.ts";
import type { Response } from "#domain/exam/response.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { CandidateDown, Outcome } from "#protocol/session/down.ts";
import type { CandidateUp } from "#protocol/session/up.ts";
import { type Clock, createClock } from "../session/clock.ts";
import type { Entry } from "../session/command-queue.ts";
import { openConnection, type Socket } from "../session/connection.ts";
import { socketUrl } from "../session/keep-connected.ts";
import { keepWaiting } from "../session/keep-waiting.ts";
import type { PendingCommands } from "../session/pending-commands.ts";
import { createStore, type Store } from "../session/store.ts";
import { type AttemptState, initialState, withMessage, withOutcome } from "./attempt-state.ts";
import { createPen } from "./pen.ts";
import { provenSockets } from "./proven-socket.ts";
import { watchTime } from "./watch-time.ts";

/** How long typing rests before it is saved. Choices do not wait. */
const typingRestsMs = 350;

/** How often a lost line is tried while what was made in time can still arrive in time. */
const graceTriesMs = 1_000;

/** A line that was lost for less is not worth a word: nothing is given back for it. */
const shortestOutageMs = 1_000;

/** A command without what is only known when it is sent. */
export type MadeCommand = CandidateCommand extends infer Command
  ? Command extends { readonly agoMs: number }
    ? Omit<Command, "agoMs">
    : Command
  : never;

/** One attempt, live: its state, and what the page can do to it. It lives outside React. */
export type AttemptSession = {
  readonly store: Store<AttemptState>;
  readonly clock: Clock;
  submit(command: MadeCommand): Promise<Outcome>;
  /** Saves an answer, until the time is up: a choice at once, typing when it rests. */
  answer(itemId: ItemId, response: Response | null): void;
  /** Saves what is typed without waiting for it to rest. */
  flush(): void;
  reconnect(): void;
  measureClock(): void;
  /** Resolves when what was made so far is on this computer's disk. */
  written(): Promise<void>;
  close(): void;
};

type AttemptSessionOptions = {
  /** This page's name among those of its browser. */
  readonly page: string;
  readonly attemptId: AttemptId;
  readonly pending: PendingCommands<CandidateCommand>;
  readonly clock?: Clock;
  readonly openSocket?: (url: string) => Socket;
};

export function openAttemptSession({
  attemptId,
  page,
  pending,
  clock = createClock(),
  openSocket = provenSockets(attemptId),
}: AttemptSessionOptions): AttemptSession {
  const store = createStore<AttemptState>(initialState(pending, page));
  const keep = keepWaiting(pending, (waiting) => store.update((state) => ({ ...state, ...waiting })));
  const pen = createPen({ store, pending, connection: () => connection, onSettled: wipeWhenOver });
  const typing = new Map<ItemId, { rest: ReturnType<typeof setTimeout> | undefined; at: EpochMs | null }>();

  const connection = openConnection<CandidateCommand, CandidateUp, CandidateDown>({
    url: () => socketUrl(`/v1/sit/${attemptId}/socket?page=${page}${store.get().isReading ? "&reading=1" : ""}`),
    maySend: (command) => pen.maySend(command),
    isPassing: (outcome) =>
      !outcome.accepted && (outcome.refusal === "not-the-writer" || outcome.refusal === "check-first"),
    longestWaitMs: () => (time.isInGrace() ? graceTriesMs : null),
    clock,
    restored: pending.restored,
    toUp: (entry) => ({ type: "command", id: entry.id, command: asOfNow(entry, clock.serverNow()) }),
    onDown(message) {
      const earlier = store.get();
      const before = earlier.view?.status;
      store.update((state) => withMessage(state, message));
      if (store.get().isReading && !earlier.isReading) layDown(earlier.view === null);
      pen.follow(earlier);
      if (message.type === "acks" && message.checkpoint !== null) pending.keepReceipt(message.checkpoint);
      const after = store.get().view?.status;
      if (before !== after && (before === "open" || before === "paused")) flush();
      time.look();
      wipeWhenOver();
    },
    onPhase: (phase) => store.update((state) => ({ ...state, phase })),
    onBack(outageMs) {
      const { view } = store.get();
      const isAtWork = view?.status === "open" || view?.status === "paused";
      if (!isAtWork || store.get().isReading || outageMs < shortestOutageMs) return;
      void submit({ type: "reportOutage", beganAgoMs: outageMs, endedAgoMs: 0 });
    },
    onWaiting(entries) {
      // What another page of this browser has on the disk is not for this one to change.
      if (pen.isHere()) keep(entries);
    },
    onOutcome({ at, body }, outcome) {
      // What comes back to be sent when the exam goes on was still made when it was made.
      const isBack = body.type === "saveAnswer" && !outcome.accepted && outcome.refusal === "paused";
      const drafted = isBack && body.itemId in store.get().drafts;
      store.update((state) => withOutcome(state, body, outcome));
      if (isBack && !drafted && body.itemId in store.get().drafts) typing.set(body.itemId, { rest: undefined, at });
    },
    openSocket,
  });

  const time = watchTime(
    () => ({ view: store.get().view, serverNow: clock.serverNow() }),
    (up) => {
      flush();
      store.update((state) => ({ ...state, ...up }));
      // The next try may have been set for a time after the grace.
      if (time.isInGrace() && store.get().phase.kind === "retrying") connection.reconnect();
    },
  );

  function isShut(itemId: ItemId): boolean {
    const { isTimeUp, sectionsUp } = time.look();
    const section = store.get().view?.paper?.sections.find(({ items }) => items.some(({ id }) => id === itemId));
    return isTimeUp || (section !== undefined && sectionsUp.includes(section.id));
  }

  /** Another page writes. What was typed here is shown as not sent; `isNew`: this page has only come, and has nothing. */
  function layDown(isNew: boolean): void {
    const { drafts } = store.get();
    const unsent = Object.entries(drafts).map(([id, response]) => {
      const itemId = brand<ItemId>(id);
      return { itemId, response, at: typing.get(itemId)?.at ?? null };
    });
    for (const { rest } of typing.values()) clearTimeout(rest);
    typing.clear();
    store.update((state) => ({
      ...state,
      drafts: {},
      unsent: [...state.unsent, ...unsent],
      ...(isNew ? { waiting: [], entering: [] } : {}),
    }));
  }

  /** An exam that is over leaves nothing readable on this computer, once all of it has arrived. */
  function wipeWhenOver(): void {
    const { view, waiting, drafts } = store.get();
    // What the page before left on the disk may not have been read yet, and is not in `waiting` then.
    if (!pen.isHere()) return;
    const isOver = view?.status === "handed-in" || view?.status === "terminated";
    if (isOver && waiting.length === 0 && Object.keys(drafts).length === 0) pending.wipe();
  }

  function submit(command: MadeCommand, at?: EpochMs | null): Promise<Outcome> {
    if (store.get().isReading && command.type !== "takeOver") {
      return Promise.resolve({ accepted: false, refusal: "not-the-writer" });
    }
    if (store.get().refusal !== null) store.update((state) => ({ ...state, refusal: null }));
    return connection.submit(withoutDelay(command), at);
  }

  function save(itemId: ItemId): void {
    const typed = typing.get(itemId);
    clearTimeout(typed?.rest);
    typing.delete(itemId);
    const { [itemId]: response, ...others } = store.get().drafts;
    if (response === undefined) return;
    // What was typed before the deadline was in time, though it rested beyond it.
    void submit({ type: "saveAnswer", itemId, response }, typed?.at);
    store.update((state) => ({ ...state, drafts: others }));
  }

  function flush(): void {
    for (const id of Object.keys(store.get().drafts)) save(brand<ItemId>(id));
  }

  return {
    store,
    clock,
    submit: (command) => submit(command),
    answer(itemId, response) {
      if (isShut(itemId) || store.get().isReading) return;
      store.update((state) => ({ ...state, drafts: { ...state.drafts, [itemId]: response } }));
      clearTimeout(typing.get(itemId)?.rest);
      const rest = isTyped(response) ? setTimeout(save, typingRestsMs, itemId) : undefined;
      typing.set(itemId, { rest, at: clock.serverNow() });
      if (rest === undefined) save(itemId);
    },
    flush,
    reconnect: () => connection.reconnect(),
    measureClock: () => connection.measureClock(),
    written: () => pending.written(),
    close() {
      time.stop();
      flush();
      connection.close();
    },
  };
}

function isTyped(response: Response | null): boolean {
  return response?.kind === "number" || response?.kind === "short-text";
}

function withoutDelay(command: MadeCommand): CandidateCommand {
  switch (command.type) {
    case "saveAnswer":
    case "beginSignal":
    case "endSignal":
    case "reportMoment":
      return { ...command, agoMs: 0 };
    default:
      return command;
  }
}

/** The command as it is sent now: what happened a while ago says how long. */
function asOfNow({ at, body }: Entry<CandidateCommand>, serverNow: number | null): CandidateCommand {
  const delayMs = at === null || serverNow === null ? 0 : Math.max(0, serverNow - at);
  if (body.type === "reportOutage") {
    return { ...body, beganAgoMs: body.beganAgoMs + delayMs, endedAgoMs: body.endedAgoMs + delayMs };
  }
  return "agoMs" in body ? { ...body, agoMs: delayMs } : body;
}
