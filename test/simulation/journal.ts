import type { CandidateCommand, ProctorCommand, Segment } from "#domain/attempt/command.ts";
import { deadlineOf } from "#domain/attempt/deadline.ts";
import type { AttemptEvent } from "#domain/attempt/event.ts";
import { evolve } from "#domain/attempt/evolve.ts";
import { type Attempt, initialAttempt } from "#domain/attempt/state.ts";
import { append, emptyFrontier, type Frontier, leafHash, rootOf } from "#domain/evidence/merkle.ts";
import { encodeUtf8 } from "#domain/evidence/utf8.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import { sha256 } from "#durable-objects/exam-session/sha256.ts";
import type { Ack, CandidateDown, Outcome, ProctorDown } from "#protocol/session/down.ts";
import { isTold, type OutboxDelivery, type OutboxRow } from "#protocol/outbox.ts";
import type { Disk } from "./disk.ts";
import { attemptOf } from "./exam.ts";
import type { Owner } from "./line.ts";

/** One attempt's log as it was read from the disk when it was durable, and what follows from it. */
export type Story = {
  readonly attemptId: AttemptId;
  readonly texts: string[];
  readonly events: AttemptEvent[];
  /** The position of each event in the log of the session. */
  readonly positions: number[];
  /** The root over the first n events, at n. */
  readonly roots: string[];
  attempt: Attempt;
  frontier: Frontier;
};

export type Asked =
  | { readonly by: Owner; readonly attemptId: AttemptId; readonly command: CandidateCommand }
  | { readonly by: Owner; readonly attemptId: AttemptId; readonly command: ProctorCommand };

/** A segment of the recording on its way. */
export type Upload = { readonly attemptId: AttemptId; readonly segment: Segment; isTaken: boolean };

/** An acknowledgement as it came to the one who asked, and how long the attempt's log was then. */
export type Heard = { readonly asked: Asked; readonly outcome: Outcome; readonly seqThen: number };

/** All that is known of a schedule from outside: what was stored, what was sent, and what was heard. */
export function createJournal() {
  const stories = new Map<AttemptId, Story>();
  const asked = new Map<string, Asked>();
  const heard = new Map<string, Heard[]>();
  const receipts: { readonly attemptId: AttemptId; readonly note: string }[] = [];
  const rows: OutboxRow[] = [];
  const leaks: string[] = [];
  const uploads: Upload[] = [];
  let position = 0;

  function storyOf(attemptId: AttemptId): Story {
    const known = stories.get(attemptId);
    if (known !== undefined) return known;
    const story: Story = {
      attemptId,
      texts: [],
      events: [],
      positions: [],
      roots: [hex(rootOf(emptyFrontier, sha256))],
      attempt: initialAttempt,
      frontier: emptyFrontier,
    };
    stories.set(attemptId, story);
    return story;
  }

  return {
    stories: (): readonly Story[] => [...stories.values()],
    story: (attemptId: AttemptId): Story => storyOf(attemptId),
    /** What proctors asked for, answered or not. */
    promises: (): readonly Asked[] => [...asked.values()].filter(({ by }) => by.isProctor),
    heard: (): ReadonlyMap<string, readonly Heard[]> => heard,
    receipts: () => receipts,
    leaks,
    uploads,

    /** When the clocks that run now run out. */
    deadlines: (now: number): readonly number[] =>
      [...stories.values()].flatMap(({ attempt }) => {
        if (attempt.status !== "open") return [];
        const deadline = deadlineOf(attempt.work.openedAt, attempt.work.ledger);
        return deadline > now ? [deadline] : [];
      }),

    /** When anything last happened. */
    latestAt: (): number => Math.max(0, ...[...stories.values()].map(({ events }) => events.at(-1)?.at ?? 0)),

    /** Reads what became durable since. */
    readLog(disk: Disk): void {
      const fresh = disk.read<{ position: number; attempt_id: AttemptId; text: string }>(
        "SELECT position, attempt_id, text FROM events WHERE position > ? ORDER BY position",
        position,
      );
      for (const { position: at, attempt_id: attemptId, text } of fresh) {
        position = at;
        const story = storyOf(attemptId);
        const event = JSON.parse(text) as AttemptEvent;
        story.texts.push(text);
        story.events.push(event);
        story.positions.push(at);
        story.attempt = evolve(story.attempt, event);
        story.frontier = append(story.frontier, leafHash(encodeUtf8(text), sha256), sha256);
        story.roots.push(hex(rootOf(story.frontier, sha256)));
      }
    },

    /** A page or console says something. */
    sent(owner: Owner, text: string): void {
      if (!text.startsWith("{")) return;
      const up = JSON.parse(text) as { type: string; id: string; attemptId?: AttemptId; command: CandidateCommand };
      if (up.type !== "command") return;
      const attemptId = up.attemptId ?? attemptOf(owner.name);
      asked.set(`${owner.name} ${up.id}`, { by: owner, attemptId, command: up.command });
    },

    /** Something comes to a page or console. */
    got(owner: Owner, text: string): void {
      if (!text.startsWith(`{"type":"acks"`)) return;
      const down = JSON.parse(text) as Extract<CandidateDown | ProctorDown, { type: "acks" }>;
      for (const ack of down.acks) hear(owner, ack);
      if ("checkpoint" in down && down.checkpoint !== null) {
        receipts.push({ attemptId: attemptOf(owner.name), note: down.checkpoint });
      }
    },

    /** The read model takes a delivery: a row that it has is not taken again. */
    take(delivery: OutboxDelivery): void {
      for (const row of delivery.rows) {
        if (!rows.some(({ attemptId, seq }) => attemptId === row.attemptId && seq === row.seq)) rows.push(row);
      }
    },
    taken: (): readonly OutboxRow[] => rows,

    /** What the read model is to have in the end, in the order in which it became so. */
    owed(): readonly OutboxRow[] {
      return [...stories.values()]
        .flatMap(({ attemptId, events, positions }) =>
          events.map(({ seq, at, by, fact }, index) => ({
            position: positions[index] ?? 0,
            row: { attemptId, seq, at, by, fact },
          })),
        )
        .filter(({ row }) => isTold(row.fact, row.by))
        .toSorted((one, other) => one.position - other.position)
        .map(({ row }) => row as OutboxRow);
    },
  };

  function hear(owner: Owner, { id, outcome }: Ack): void {
    const key = `${owner.name} ${id}`;
    const what = asked.get(key);
    if (what === undefined) {
      leaks.push(`${owner.name} was answered about ${id}, which was never asked`);
      return;
    }
    const seqThen = storyOf(what.attemptId).events.length;
    heard.set(key, [...(heard.get(key) ?? []), { asked: what, outcome, seqThen }]);
  }
}

export type Journal = ReturnType<typeof createJournal>;

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
