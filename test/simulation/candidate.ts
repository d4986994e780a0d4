import { openPendingCommands } from "#client/session/pending-commands.ts";
import { type AttemptSession, type MadeCommand, openAttemptSession } from "#client/take-exam/attempt-session.ts";
import type { AttemptState } from "#client/take-exam/attempt-state.ts";
import type { CandidateCommand } from "#domain/attempt/command.ts";
import type { AttemptId, ItemId } from "#domain/exam/ids.ts";
import type { PaperItem } from "#domain/exam/paper.ts";
import { memoryShelf } from "#test/support/memory-shelf.ts";
import { answerKey, answerTo, attemptOf } from "./exam.ts";
import type { Line } from "./line.ts";
import type { Machine, World } from "./world.ts";

/** An answer as the candidate gave it: what is true of it, whatever anybody says later. */
export type GivenAnswer = {
  readonly key: string;
  readonly itemId: ItemId;
  /** Counts the candidate's answers. */
  readonly count: number;
  /** The true time. */
  readonly madeAt: number;
  /** The page said at some time that it is on this computer's disk. */
  isKept: boolean;
  /** It was not given by the page's own fields. */
  readonly isForced: boolean;
};

/** One tab of the candidate's browser. */
export type Tab = {
  readonly machine: Machine;
  readonly page: string;
  /** Null while it is being opened, and after it crashed. */
  session: AttemptSession | null;
};

/** A candidate at a computer, with the page that really ships, and a disk that outlives it. */
export type Candidate = {
  readonly name: string;
  readonly attemptId: AttemptId;
  readonly browser: string;
  readonly given: GivenAnswer[];
  readonly tab: () => Tab;
  readonly state: () => AttemptState | null;
  readonly open: () => void;
  /** The browser dies: the disk is all that is left of it. `isRestored`: it comes back with the tab that it had. */
  crash(isRestored: boolean): void;
  do(command: MadeCommand): void;
  answer(item: PaperItem): void;
  /** Presses the button by which a page goes on whose line was closed for good. Whether there was one. */
  goOn(): boolean;
  /** A page that was tampered with: it sends an answer whatever the time is. */
  insist(item: Pick<PaperItem, "id" | "kind">): void;
  /** Notes which answers the page says to be on the disk. */
  look(): void;
};

/** `connect`: the Worker, which knows by its cookie which browser asks. */
export function createCandidate(
  world: World,
  name: string,
  connect: (candidate: Candidate, machine: Machine, query: string) => Line,
): Candidate {
  const attemptId = attemptOf(name);
  const disk = memoryShelf();
  const given: GivenAnswer[] = [];
  let pages = 0;
  let tab: Tab = { machine: world.machine(name), page: pageName(), session: null };

  function pageName(): string {
    pages += 1;
    return `page-${name}-${pages}`;
  }

  async function openTab(opening: Tab): Promise<void> {
    const { machine, page } = opening;
    const { life } = machine;
    const pending = await openPendingCommands<CandidateCommand>(attemptId, disk.open);
    if (life !== machine.life) return;
    opening.session = openAttemptSession({
      attemptId,
      page,
      pending,
      openSocket: (url) => connect(candidate, machine, new URL(url).search.slice(1)).client,
    });
  }

  const candidate: Candidate = {
    name,
    attemptId,
    browser: `browser-${name}`,
    given,
    tab: () => tab,
    state: () => tab.session?.store.get() ?? null,
    open() {
      world.after(tab.machine, 0, () => void openTab(tab));
    },
    crash(isRestored) {
      tab.machine.life += 1;
      tab = { machine: tab.machine, page: isRestored ? tab.page : pageName(), session: null };
    },
    do(command) {
      const { session, machine } = tab;
      if (session !== null) world.on(machine, () => void session.submit(command));
    },
    goOn() {
      const { session, machine } = tab;
      if (session?.store.get().phase.kind !== "closed") return false;
      world.on(machine, () => session.reconnect());
      return true;
    },
    answer(item) {
      const { session, machine } = tab;
      if (session === null) return;
      const count = given.length + 1;
      const response = answerTo(item, name, count);
      const before = session.store.get();
      world.on(machine, () => session.answer(item.id, response));
      // The page takes nothing down any more when its time is up.
      if (before === session.store.get()) return;
      given.push({
        key: answerKey(item.id, response),
        itemId: item.id,
        count,
        madeAt: world.now(),
        isKept: false,
        isForced: false,
      });
    },
    insist({ id: itemId, kind }) {
      const count = given.length + 1;
      const response = answerTo({ id: itemId, kind }, name, count);
      given.push({
        key: answerKey(itemId, response),
        itemId,
        count,
        madeAt: world.now(),
        isKept: false,
        isForced: true,
      });
      candidate.do({ type: "saveAnswer", itemId, response });
    },
    look() {
      const state = candidate.state();
      if (state === null || !state.isDurable) return;
      for (const command of state.waiting) {
        if (command.type !== "saveAnswer" || state.entering.includes(command)) continue;
        const key = answerKey(command.itemId, command.response);
        const answer = given.find((each) => each.key === key);
        if (answer !== undefined) answer.isKept = true;
      }
    },
  };
  return candidate;
}
