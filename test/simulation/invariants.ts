import { isDeepStrictEqual } from "node:util";
import { candidateView, type CandidateView, proctorView } from "#domain/attempt/view.ts";
import { fold } from "#domain/attempt/evolve.ts";
import { parseCheckpoint } from "#domain/evidence/checkpoint.ts";
import { parseNote } from "#domain/evidence/signed-note.ts";
import type { ExamVersion } from "#domain/exam/exam-version.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import { createEventLog, type Loaded } from "#durable-objects/exam-session/event-log.ts";
import { isFed } from "#durable-objects/exam-session/feed.ts";
import type { Candidate } from "./candidate.ts";
import { answerKey } from "./exam.ts";
import type { Journal, Story } from "./journal.ts";
import type { Host } from "./object-host.ts";
import type { Proctor } from "./proctor.ts";
import { reckon } from "./reckoning.ts";

/** All that an invariant may look at. */
export type Seen = {
  readonly journal: Journal;
  readonly exam: ExamVersion;
  readonly host: Host;
  readonly candidates: readonly Candidate[];
  readonly proctors: readonly Proctor[];
  readonly now: number;
  /** Since when nothing goes wrong any more; null while things do. */
  readonly healedAt: number | null;
  /** Rooms that did not open: the constructor threw. */
  readonly shut: readonly string[];
  /** Candidates whose devices never slept: their clocks can be relied upon. */
  readonly isTrusted: (candidate: Candidate) => boolean;
};

/** `always`: after every step. `end`: when nothing has gone wrong for a while. Each finds its faults, in plain words. */
export type Invariant = {
  readonly name: string;
  readonly says: string;
  readonly when: "always" | "end";
  /** Costs more than a step does, and is looked at now and then. */
  readonly isClose?: boolean;
  readonly faults: (seen: Seen) => readonly string[];
};

export const invariants: readonly Invariant[] = [
  {
    name: "acknowledged-is-stored",
    says: "What was acknowledged is durable when the acknowledgement comes; no acknowledged answer is lost.",
    when: "always",
    faults: ({ journal }) =>
      [...journal.heard()].flatMap(([id, times]) =>
        times.flatMap(({ asked: { attemptId, command }, outcome, seqThen }) => {
          if (!outcome.accepted) return [];
          if (outcome.seq > seqThen) return [`${id} was told of event ${outcome.seq} when ${seqThen} were durable`];
          if (command.type !== "saveAnswer") return [];
          const key = answerKey(command.itemId, command.response);
          return answersOf(journal.story(attemptId)).includes(key) ? [] : [`${id}: the answer ${key} is lost`];
        }),
      ),
  },
  {
    name: "done-once",
    says: "A command that is sent again is answered as before and not done again.",
    when: "always",
    faults: ({ journal }) => [
      ...journal.stories().flatMap((story) => twice(deedsOf(story)).map((deed) => `${story.attemptId}: twice ${deed}`)),
      ...[...journal.heard()].flatMap(([id, times]) => {
        const lasting = times
          .map(({ outcome }) => outcome)
          .filter((outcome) => outcome.accepted || !isPassing(outcome.refusal))
          .map((outcome) => JSON.stringify(outcome));
        return new Set(lasting).size > 1 ? [`${id} was answered ${lasting.join(" and ")}`] : [];
      }),
    ],
  },
  {
    name: "in-the-order-made",
    says: "Of the answers to a question the one that was made last is the one that stands.",
    when: "always",
    faults: ({ journal, candidates }) =>
      candidates.flatMap((candidate) => {
        const last = new Map<string, number>();
        return journal.story(candidate.attemptId).events.flatMap(({ seq, fact }) => {
          if (fact.type !== "answerSaved") return [];
          const key = answerKey(fact.itemId, fact.response);
          const given = candidate.given.find((each) => each.key === key);
          if (given === undefined || given.isForced) return [];
          const { count } = given;
          const before = last.get(fact.itemId) ?? 0;
          last.set(fact.itemId, Math.max(before, count));
          return count < before ? [`${candidate.name}, event ${seq}: answer ${count} came after answer ${before}`] : [];
        });
      }),
  },
  {
    name: "time-as-promised",
    says: "Deadline = opening + ledger; the ledger is what was promised, and pauses to the millisecond; nothing later is scored.",
    when: "always",
    faults: (seen) => reckonings(seen).flatMap(({ faults }) => faults),
  },
  {
    name: "promises-are-kept",
    says: "Extra time that a proctor was told to have given is in the ledger.",
    when: "always",
    faults: ({ journal }) =>
      [...journal.heard()].flatMap(([id, [first]]) => {
        if (first === undefined || !first.outcome.accepted || first.asked.command.type !== "addTime") return [];
        const { reason, ms } = first.asked.command;
        const isGiven = journal
          .story(first.asked.attemptId)
          .events.some(({ fact }) => fact.type === "timeGiven" && fact.entry.reason === reason && fact.entry.ms === ms);
        return isGiven ? [] : [`${id}: ${ms} ms were promised and are not in the ledger`];
      }),
  },
  {
    name: "memory-is-the-log",
    says: "What the object has in memory, and what it would load, is the fold of its log.",
    when: "always",
    isClose: true,
    faults: ({ journal, host }) => {
      const session = host.inMemory();
      if (session === null) return [];
      const loaded = createEventLog(host.disk.sql as SqlStorage).load();
      return journal.stories().flatMap(({ attemptId, attempt }) => {
        const inMemory = session.record(attemptId)?.attempt;
        if (!isSame(inMemory, attempt)) return [`${attemptId}: memory is not the fold of the log`];
        return isSame(loaded.attempts.get(attemptId)?.attempt, attempt)
          ? []
          : [`${attemptId}: snapshot and tail differ from it`];
      });
    },
  },
  {
    name: "log-is-evidence",
    says: "The stored root is that of the stored bytes; each receipt signs a beginning of the log.",
    when: "always",
    isClose: true,
    faults: ({ journal, host }) => [
      ...loadedBy(host).flatMap(([attemptId, loaded]) => {
        const should = journal.story(attemptId).frontier;
        const isIt =
          loaded.frontier.size === should.size &&
          Buffer.concat(loaded.frontier.hashes).equals(Buffer.concat(should.hashes));
        return isIt ? [] : [`${attemptId}: the stored root is not that of the stored events`];
      }),
      ...journal.receipts().flatMap(({ attemptId, note }) => {
        const checkpoint = parseCheckpoint(parseNote(note)?.body ?? "");
        if (checkpoint === null || !checkpoint.origin.endsWith(`/${attemptId}`))
          return [`${attemptId}: no receipt of it`];
        const root = Buffer.from(checkpoint.root).toString("hex");
        return journal.story(attemptId).roots[checkpoint.size] === root
          ? []
          : [`${attemptId}: the receipt over ${checkpoint.size} events is not of its log`];
      }),
    ],
  },
  {
    name: "score-comes-again",
    says: "The log, folded anew, has the same score.",
    when: "end",
    faults: ({ journal }) =>
      journal.stories().flatMap(({ attemptId, events, attempt, texts }) => {
        const again = fold(texts.map((text) => JSON.parse(text) as (typeof events)[number]));
        return isSame(scoreIn(again), scoreIn(attempt)) ? [] : [`${attemptId}: another score`];
      }),
  },
  {
    name: "nothing-of-another",
    says: "Nobody is sent what belongs to another candidate, nor a proctor an answer, nor anybody a key.",
    when: "always",
    faults: ({ journal }) => journal.leaks,
  },
  {
    name: "read-model-in-order",
    says: "The read model gets each fact once, in the order of the log.",
    when: "always",
    faults: ({ journal }) => {
      const owed = journal.owed();
      const wrong = journal.taken().findIndex((row, place) => !isSame(row, owed[place]));
      return wrong === -1 ? [] : [`row ${wrong + 1} of the read model is not that of the log`];
    },
  },
  {
    name: "read-model-in-full",
    says: "In the end the read model has every fact.",
    when: "end",
    faults: ({ journal }) => {
      const [has, owed] = [journal.taken().length, journal.owed().length];
      return has === owed ? [] : [`the read model has ${has} of ${owed} facts`];
    },
  },
  {
    name: "recording-is-indexed",
    says: "A segment that was taken is in the index, and in the log once.",
    when: "end",
    faults: ({ journal, host }) =>
      journal.uploads.flatMap(({ attemptId, segment: { index, sha256 }, isTaken }) => {
        const [row] = host.disk.read<{ sha256: string }>(
          "SELECT sha256 FROM segments WHERE attempt_id = ? AND track = 'camera' AND run = 0 AND idx = ?",
          attemptId,
          index,
        );
        return isTaken && row?.sha256 !== sha256 ? [`${attemptId}: segment ${index} was taken and is not there`] : [];
      }),
  },
  {
    name: "the-room-opens",
    says: "Whatever happened, the object starts.",
    when: "always",
    faults: ({ shut }) => shut,
  },
  {
    name: "consoles-agree",
    says: "In the end every console shows what follows from the log: each tile, and each entry of the feed once.",
    when: "end",
    faults: ({ journal, exam, proctors }) => {
      const fed = journal
        .stories()
        .flatMap(({ events, positions }) =>
          positions.filter((_, index) => events.some(({ seq, fact }) => seq === index + 1 && isFed(fact))),
        )
        .toSorted((one, other) => other - one);
      return proctors.flatMap((proctor) => {
        const room = proctor.console()?.room.get();
        if (room === undefined) return [`${proctor.name} has no console`];
        const feed = room.feed.map(({ position }) => position);
        const wrong = journal.stories().flatMap(({ attemptId, attempt }) => {
          if (attempt.status === "unregistered") return [];
          const shown = room.tiles.get(attemptId)?.view;
          return isSame(shown, proctorView(attempt, exam))
            ? []
            : [`${proctor.name} sees ${attemptId} ${differences(shown, proctorView(attempt, exam))}`];
        });
        return isSame(feed, fed)
          ? wrong
          : [...wrong, `${proctor.name}'s feed has ${feed.length} entries, the log ${fed.length}`];
      });
    },
  },
  {
    name: "pages-agree",
    says: "In the end the page of each candidate shows what follows from the log: time, status, messages and answers.",
    when: "end",
    faults: ({ journal, exam, candidates }) =>
      candidates.flatMap(({ name, attemptId, state }) => {
        const { attempt } = journal.story(attemptId);
        const view = state()?.view ?? null;
        if (attempt.status === "unregistered" || view === null) return [`${name} sees nothing`];
        const should = candidateView(attempt, exam);
        return isSame(shownOf(view), shownOf(should))
          ? []
          : [`${name} sees ${differences(shownOf(view), shownOf(should))}`];
      }),
  },
  {
    name: "kept-is-delivered",
    says: "In the end what the page said to be on the computer's disk is with the session, was refused by it, or is shown as not sent: the latest of each question.",
    when: "end",
    faults: ({ journal, candidates }) =>
      candidates.flatMap((candidate) => {
        const stored = answersOf(journal.story(candidate.attemptId));
        const answered = new Set(
          [...journal.heard().values()].flatMap(([first]) =>
            first?.asked.command.type === "saveAnswer" && first.asked.attemptId === candidate.attemptId
              ? [answerKey(first.asked.command.itemId, first.asked.command.response)]
              : [],
          ),
        );
        const shown = candidate.state()?.unsent ?? [];
        const unsent = new Set(shown.map(({ itemId, response }) => answerKey(itemId, response)));
        const latestShown = new Map(
          candidate.given.filter(({ key }) => unsent.has(key)).map(({ itemId, count }) => [itemId, count]),
        );
        return candidate.given
          .filter(
            ({ key, itemId, count, isKept, isForced }) =>
              isKept &&
              !isForced &&
              !stored.includes(key) &&
              !answered.has(key) &&
              count > (latestShown.get(itemId) ?? 0),
          )
          .map(({ key }) => `${candidate.name}: ${key} was kept on the disk and never delivered`);
      }),
  },
  {
    name: "it-settles",
    says: "In the end everything is answered, and nobody is at work after the deadline.",
    when: "end",
    faults: (seen) => [
      ...seen.candidates.flatMap(({ name, state }) => {
        const waiting = state()?.waiting.length ?? 0;
        return waiting === 0 ? [] : [`${name} waits for ${waiting} answers`];
      }),
      ...seen.proctors.flatMap((proctor) => {
        const waiting = proctor.console()?.waiting.get().length ?? 0;
        return waiting === 0 ? [] : [`${proctor.name} waits for ${waiting} answers`];
      }),
      ...reckonings(seen).flatMap(({ deadline, story: { attemptId, attempt } }) => {
        // One that ran out in the storm may have been noticed late; one that ran out since has no excuse.
        if (deadline === null || deadline < (seen.healedAt ?? 0) + 25_000) return [];
        const late = attempt.status === "open" ? seen.now - deadline : "cause" in attempt ? attempt.at - deadline : 0;
        return late > 1_000 ? [`${attemptId} was not handed in ${late} ms after its deadline`] : [];
      }),
    ],
  },
];

function reckonings({ journal, exam, candidates, isTrusted }: Seen) {
  const promises = journal.promises();
  return candidates.map((candidate) => {
    const story = journal.story(candidate.attemptId);
    const given = new Map(candidate.given.map(({ key, madeAt }) => [key, { madeAt, isTrusted: isTrusted(candidate) }]));
    return { story, ...reckon(story, exam, promises, (key) => given.get(key) ?? null) };
  });
}

/** What the object would have in memory if it started now. */
function loadedBy({ disk }: Host): readonly (readonly [AttemptId, Loaded])[] {
  return disk.isDirty() ? [] : [...createEventLog(disk.sql as SqlStorage).load().attempts];
}

function answersOf({ events }: Story): readonly string[] {
  return events.flatMap(({ fact }) =>
    fact.type === "answerSaved" || fact.type === "answerKept" ? [answerKey(fact.itemId, fact.response)] : [],
  );
}

/** What carries words or a number that nobody uses a second time. */
function deedsOf(story: Story): readonly string[] {
  const words = story.events.flatMap(({ fact }) => {
    if (fact.type === "messageSent" || fact.type === "warned") return [fact.text];
    if (fact.type === "timeGiven" && fact.entry.kind === "extra") return [fact.entry.reason];
    return fact.type === "segmentStored" ? [JSON.stringify(fact.segment)] : [];
  });
  return [...answersOf(story), ...words];
}

function twice(all: readonly string[]): readonly string[] {
  return all.filter((each, index) => all.indexOf(each) !== index);
}

function isPassing(refusal: string): boolean {
  return refusal === "not-the-writer" || refusal === "check-first";
}

function scoreIn(attempt: Story["attempt"]) {
  return "work" in attempt && (attempt.status === "handed-in" || attempt.status === "terminated")
    ? attempt.score
    : null;
}

/**
 * A page is not told which of its own answers came late answer by answer, but by a list; and when the exam is over it
 * shows none.
 */
function shownOf({ answers, ...view }: CandidateView) {
  const isOver = view.status === "handed-in" || view.status === "terminated";
  const shown = Object.entries(answers).map(([id, { response }]) => [id, response] as const);
  return { ...view, answers: isOver ? [] : shown.toSorted(([one], [other]) => one.localeCompare(other)) };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other) || isDeepStrictEqual(one, other);
}

function differences(one: object | undefined, other: object): string {
  const parts = Object.entries(other).filter(
    ([part, value]) => !isSame((one as Record<string, unknown> | undefined)?.[part], value),
  );
  return `another ${parts.map(([part, value]) => `${part} (${JSON.stringify((one as Record<string, unknown> | undefined)?.[part])} for ${JSON.stringify(value)})`).join(", ")}`;
}
