import type { CandidateCommand } from "#domain/attempt/command.ts";
import type { CandidateView } from "#domain/attempt/view.ts";
import type { Connection } from "../session/connection.ts";
import type { Entry } from "../session/command-queue.ts";
import type { PendingCommands } from "../session/pending-commands.ts";
import type { Store } from "../session/store.ts";
import type { AttemptState } from "./attempt-state.ts";
import { hasCome, isOvertaken, stillUnsent, type UnsentAnswer } from "./unsent-answer.ts";

/** What a browser whose devices are not checked yet may send all the same. The session has the same rule. [A128] */
const withoutCheck: ReadonlySet<CandidateCommand["type"]> = new Set<CandidateCommand["type"]>([
  "giveConsent",
  "reportDeviceCheck",
  "sendMessage",
  "acknowledgeWarning",
  "reportOutage",
  "beginSignal",
  "endSignal",
  "reportMoment",
  "reportSensor",
]);

/** Of the moment in which they were made, and of no use in a page that goes on later. */
const momentary: ReadonlySet<CandidateCommand["type"]> = new Set<CandidateCommand["type"]>([
  "visitItem",
  "reportOutage",
  "beginSignal",
  "endSignal",
  "reportMoment",
  "reportSensor",
]);

type PenOptions = {
  readonly store: Store<AttemptState>;
  readonly pending: PendingCommands<CandidateCommand>;
  readonly connection: () => Pick<
    Connection<CandidateCommand>,
    "entries" | "submit" | "withdraw" | "restore" | "sendNow"
  >;
  /** After a take-over: what the page before had left on this computer is known now. */
  readonly onSettled: () => void;
};

/** Who holds the pen: whether this page may send what it has, and what becomes of it when that changes. [A120] */
export function createPen({ store, pending, connection, onSettled }: PenOptions) {
  /** Between taking over and knowing what the page before has left on this computer. */
  let isSettling = false;

  /** What waits here and the session has later answers to is taken out of the queue and shown. */
  function setOvertakenAside({ answers, writer }: CandidateView): void {
    const waiting = connection().entries().flatMap(answerIn);
    // The session dates an answer by when it came. What this page made meanwhile is later, and nobody else has written.
    const ownSince = writer?.page === store.get().page ? writer.since : Number.POSITIVE_INFINITY;
    const last = new Map(waiting.map((answer) => [answer.itemId, answer]));
    const overtaken = [...last.values()].filter(
      (answer) => (answer.at ?? 0) < ownSince && !hasCome(answer, waiting, answers) && isOvertaken(answer, answers),
    );
    if (overtaken.length === 0) return;
    const items = new Set(overtaken.map(({ itemId }) => itemId));
    connection().withdraw(({ body }) => body.type === "saveAnswer" && items.has(body.itemId));
    store.update((state) => ({ ...state, unsent: [...state.unsent, ...overtaken] }));
  }

  /** What was typed here before another page wrote goes now, unless that page has answered since. */
  function sendUnsent(answers: CandidateView["answers"]): void {
    const unsent = stillUnsent(store.get().unsent, answers);
    const [overtaken, mine] = [true, false].map((is) => unsent.filter((each) => isOvertaken(each, answers) === is));
    store.update((state) => ({ ...state, unsent: overtaken ?? [] }));
    for (const { itemId, response, at } of mine ?? []) {
      void connection().submit({ type: "saveAnswer", itemId, response, agoMs: 0 }, at);
    }
  }

  async function take(): Promise<void> {
    isSettling = true;
    const before = new Set(
      connection()
        .entries()
        .map(({ id }) => id),
    );
    const found = await pending.reread();
    const there = new Set(found?.map(({ id }) => id) ?? before);
    // What is gone from the disk was sent by the page before.
    connection().withdraw(({ id, body }) => before.has(id) && (!there.has(id) || momentary.has(body.type)));
    connection().restore((found ?? []).filter(({ body }) => !momentary.has(body.type)));
    const { view } = store.get();
    if (view !== null) setOvertakenAside(view);
    isSettling = false;
    connection().sendNow();
    if (view !== null) sendUnsent(view.answers);
    onSettled();
  }

  return {
    /** Whether what waits is this page's own business, on the disk and on the line. */
    isHere: (): boolean => !isSettling && !store.get().isReading,

    maySend({ type }: CandidateCommand): boolean {
      const { isReading, view } = store.get();
      if (type === "takeOver") return true;
      if (isReading || isSettling) return false;
      return view?.checkFirst !== true || withoutCheck.has(type);
    },

    /** The state has followed a message. `before`: what it was until then. */
    follow(before: AttemptState): void {
      const { isReading, view } = store.get();
      if (view === null || isReading) return;
      if (before.view === null) setOvertakenAside(view);
      else if (before.isReading) void take();
      else if (before.view.checkFirst && !view.checkFirst) connection().sendNow();
    },
  };
}

function answerIn({ at, body }: Entry<CandidateCommand>): readonly UnsentAnswer[] {
  return body.type === "saveAnswer" ? [{ itemId: body.itemId, response: body.response, at }] : [];
}
