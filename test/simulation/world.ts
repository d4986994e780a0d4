/**
 * One computer of the simulated world: a candidate's, a proctor's, or the one that the object runs on. Its clocks may be
 * wrong, it may sleep, and what runs on it may die: then whatever it waited for never comes.
 */
export type Machine = {
  readonly name: string;
  /** How far its wall clock is ahead of the true time. */
  wallAheadMs: number;
  /** For how long its monotonic clock has stood still in sleep. */
  sleptMs: number;
  /** Counts what has run on it: a timer of an earlier life is never heard. */
  life: number;
  asleep: { readonly since: number; readonly until: number } | null;
};

type Happening = {
  at: number;
  order: number;
  readonly machine: Machine;
  /** Null: it happens whatever runs there then. */
  readonly life: number | null;
  readonly run: () => void;
  readonly isTimer: boolean;
  isCancelled: boolean;
};

export type Timer = { cancel(): void };

export type World = {
  /** The true time, in milliseconds since 1970. */
  now(): number;
  /** Whose code runs now. */
  current(): Machine;
  machine(name: string): Machine;
  /** Runs on a machine after so long, unless what runs there now is dead by then. */
  after(machine: Machine, ms: number, run: () => void): Timer;
  /** The same for what comes from outside: a computer that sleeps gets it when it wakes, in the order in which it came. */
  reach(machine: Machine, ms: number, run: () => void): void;
  /** The same, whatever runs there then: what comes from outside. */
  arrive(machine: Machine, ms: number, run: () => void): void;
  /** Runs on a machine now, as something that its owner does. */
  on<Result>(machine: Machine, run: () => Result): Result;
  /** Lets everything happen that is due by then, in order, and the time be that. */
  runUntil(until: number): Promise<void>;
  /** Lets everything that was promised so far be kept. */
  settle(): Promise<void>;
  sleep(machine: Machine, ms: number): void;
};

/** Several times what a schedule comes to. */
const mostHappenings = 200_000;

const realSetImmediate = setImmediate;

/** Promises are kept by the microtasks; Node runs all of them before the next immediate. */
function microtasks(): Promise<void> {
  return new Promise((resolve) => {
    realSetImmediate(resolve);
  });
}

/** Time that passes only when everything that is due has happened. No real clock is asked and nothing waits. */
export function createWorld(startsAt: number): World {
  let now = startsAt;
  let order = 0;
  let happened = 0;
  const queue = createQueue();
  const nowhere: Machine = { name: "nowhere", wallAheadMs: 0, sleptMs: 0, life: 0, asleep: null };
  let current = nowhere;

  function put(machine: Machine, life: number | null, at: number, run: () => void, isTimer = true): Happening {
    order += 1;
    const happening = { at, order, machine, life, run, isTimer, isCancelled: false };
    queue.push(happening);
    return happening;
  }

  return {
    now: () => now,
    current: () => current,
    machine: (name) => ({ name, wallAheadMs: 0, sleptMs: 0, life: 0, asleep: null }),
    after(machine, ms, run) {
      const happening = put(machine, machine.life, now + Math.max(0, ms), run);
      return { cancel: () => void (happening.isCancelled = true) };
    },
    reach: (machine, ms, run) => void put(machine, machine.life, now + Math.max(0, ms), run, false),
    arrive: (machine, ms, run) => void put(machine, null, now + Math.max(0, ms), run),
    on(machine, run) {
      const before = current;
      current = machine;
      try {
        return run();
      } finally {
        current = before;
      }
    },
    async runUntil(until) {
      for (let next = queue.first(); next !== undefined && next.at <= until; next = queue.first()) {
        queue.pop();
        happened += 1;
        if (happened > mostHappenings)
          throw new Error("more happens than in any exam: something goes round in circles");
        now = Math.max(now, next.at);
        const { machine, life, run } = next;
        if (next.isCancelled || (life !== null && life !== machine.life)) continue;
        if (life !== null && machine.asleep !== null && machine.asleep.until > now) {
          // A timer sleeps with its computer and has as much left after it as it had before.
          next.at = next.isTimer ? next.at + machine.asleep.until - machine.asleep.since : machine.asleep.until;
          queue.push(next);
          continue;
        }
        current = machine;
        run();
        await microtasks();
        current = nowhere;
      }
      now = Math.max(now, until);
    },
    settle: microtasks,
    sleep(machine, ms) {
      machine.asleep = { since: now, until: now + ms };
      machine.sleptMs += ms;
    },
  };
}

/** A binary heap: the earliest first, and of those that are due together the one that was put first. */
function createQueue() {
  const heap: Happening[] = [];

  function isBefore(one: Happening, other: Happening): boolean {
    return one.at < other.at || (one.at === other.at && one.order < other.order);
  }

  return {
    first: (): Happening | undefined => heap[0],
    push(happening: Happening): void {
      let place = heap.push(happening) - 1;
      while (place > 0) {
        const above = (place - 1) >> 1;
        const parent = heap[above];
        if (parent === undefined || !isBefore(happening, parent)) break;
        heap[place] = parent;
        place = above;
      }
      heap[place] = happening;
    },
    pop(): void {
      const last = heap.pop();
      if (last === undefined || heap.length === 0) return;
      let place = 0;
      for (;;) {
        const left = heap[2 * place + 1];
        const right = heap[2 * place + 2];
        const child = right !== undefined && left !== undefined && isBefore(right, left) ? right : left;
        if (child === undefined || !isBefore(child, last)) break;
        heap[place] = child;
        place = child === left ? 2 * place + 1 : 2 * place + 2;
      }
      heap[place] = last;
    },
  };
}
