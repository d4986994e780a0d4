import type { Attempt } from "#domain/attempt/state.ts";
import type { ExamVersion } from "#domain/exam/exam-version.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { Ack, Outcome } from "#protocol/session/down.ts";
import { candidateChange, changeInFull } from "./broadcast.ts";
import type { Consoles } from "./consoles.ts";
import type { Loaded, Positioned } from "./event-log.ts";
import { feedEntryOf } from "./feed.ts";
import { closeOtherBrowsers } from "./pages.ts";
import type { Sockets } from "./sockets.ts";
import type { Order } from "./turn.ts";

/** What a committed turn means for those who listen. */
export type Announcement = {
  readonly acked: readonly {
    readonly socket: WebSocket;
    readonly order: Order & { readonly commandId: string };
    readonly outcome: Outcome | undefined;
  }[];
  readonly changes: readonly {
    readonly attemptId: AttemptId;
    readonly before: Attempt | null;
    readonly after: Loaded;
  }[];
  readonly appended: readonly Positioned[];
  readonly loadedOf: (attemptId: AttemptId) => Loaded | undefined;
  readonly checkpointOf: (attemptId: AttemptId, loaded: Loaded) => string;
};

/** Tells a committed turn: each socket its acknowledgements, each candidate the change, each proctor tiles and feed. */
export function announce(sockets: Sockets, consoles: Consoles, exam: ExamVersion, announcement: Announcement): void {
  acknowledge(sockets, consoles, announcement);
  for (const { attemptId, before, after } of announcement.changes) {
    closeOtherBrowsers(attemptId, before, after.attempt, sockets);
    const { attempt } = after;
    if (attempt.status === "unregistered") continue;
    const listening = sockets.candidate(attemptId);
    if (listening.length === 0) continue;
    const known = before === null || before.status === "unregistered" ? null : before;
    const parts = candidateChange(known, attempt, exam);
    // A page that reads has not given the answers itself, so they come with what it hears.
    const { page } = attempt.file.writing;
    const isWriterAlone = page !== null && sockets.page(attemptId, page).length === listening.length;
    const readers =
      isWriterAlone && known?.file.writing.page === page
        ? []
        : listening.filter((socket) => !sockets.writes(socket, known, attempt));
    const inFull = readers.length === 0 ? null : changeInFull(known, attempt, exam);
    for (const socket of listening) {
      const heard = readers.includes(socket) ? inFull : parts;
      if (heard !== null) sockets.toCandidate(socket, { type: "changed", parts: heard });
    }
  }
  if (sockets.proctors().length > 0) tellProctors(consoles, announcement);
}

function acknowledge(sockets: Sockets, consoles: Consoles, { acked, loadedOf, checkpointOf }: Announcement): void {
  for (const [socket, mine] of Map.groupBy(acked, (each) => each.socket)) {
    const acks = mine.flatMap(({ order, outcome }): readonly Ack[] =>
      outcome === undefined ? [] : [{ id: order.commandId, outcome }],
    );
    const [{ order }] = mine as [(typeof mine)[number]];
    if (order.actor.kind === "proctor") {
      consoles.answer(socket, { type: "acks", acks });
      continue;
    }
    const isReceipted = mine.some(({ order: { command }, outcome }) => outcome?.accepted && isWork(command.type));
    const loaded = loadedOf(order.attemptId);
    const checkpoint = isReceipted && loaded !== undefined ? checkpointOf(order.attemptId, loaded) : null;
    sockets.toCandidate(socket, { type: "acks", acks, checkpoint });
  }
}

function isWork(type: Order["command"]["type"]): boolean {
  return type === "saveAnswer" || type === "handIn";
}

function tellProctors(consoles: Consoles, { acked, changes, appended, loadedOf }: Announcement): void {
  const entries = appended.flatMap((each) => {
    const entry = feedEntryOf(each, loadedOf(each.attemptId)?.attempt);
    return entry === null ? [] : [entry];
  });
  const byProctor = acked.some(({ order }) => order.actor.kind === "proctor");
  consoles.follow(changes, entries, byProctor);
}
