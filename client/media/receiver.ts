/*
 * The proctor's side of live media: one receiving peer connection for a whole console.
 *
 *   const receiver = createReceiver({ examSessionId });
 *   const end = receiver.start();
 *   const held = receiver.watch({ attemptId, track }, (stream, state) => …);
 *   held.release();
 *   end();
 *
 * `onChange` is called at once with (null, "connecting"), then at each change:
 *   live        a stream with one track, of which pictures or sound really come. It is never another candidate's.
 *   connecting  null; not yet, or the connection is being made anew.
 *   none        null; it cannot be watched now, or it came and stopped. It is tried again by itself, for ever.
 * A seat that is needed no more must be released. Its section is turned to the next seat that needs one, without a
 * negotiation. Watching the same seat twice costs two sections.
 */
import type { ExamSessionId } from "#domain/exam/ids.ts";
import { backoffMs } from "../session/backoff.ts";
import { createFlowJudge, nothingYet } from "./flow-judge.ts";
import { createIdleSections } from "./idle-sections.ts";
import { readInbound } from "./read-inbound.ts";
import { LineFault, openReceivingLine, type ReceivingLine, type Seat, type SeatIn } from "./receiving-line.ts";

export type { Seat } from "./receiving-line.ts";
export type SeatState = "connecting" | "live" | "none";
export type OnSeat = (stream: MediaStream | null, state: SeatState) => void;

export type Receiver = {
  readonly watch: (seat: Seat, onChange: OnSeat) => { readonly release: () => void };
  /** Opens the line when there is something to watch. Gives what ends it; seats that are still held wait then. */
  readonly start: () => () => void;
};

type Held = {
  readonly seat: Seat;
  readonly onChange: OnSeat;
  /** The section that is to show it, or null while none is. */
  mid: string | null;
  state: SeatState;
  failures: number;
  /** Not before this `performance.now()`. */
  retryAt: number;
};

/** Requests that come close together are asked for together. */
const gatherMs = 80;
/** How often the sections are looked at: rarely, and often while somebody waits for a first picture. */
const lookMs = { calm: 1_000, waiting: 250 } as const;
/** The API takes this many seats in one call. */
const mostSeats = 64;
/** A connection may recover by itself for this long. */
const brokenMs = 5_000;
/** Calls in a row that did nothing, until the line itself is held to be the reason. */
const mostFaults = 3;

export function createReceiver({ examSessionId }: { readonly examSessionId: ExamSessionId }): Receiver {
  const held = new Set<Held>();
  const idle = createIdleSections();
  const flows = createFlowJudge();
  let line: ReceivingLine | null = null;
  let brokenSince: number | null = null;
  let faults = 0;
  let isClosed = true;
  let isWorking = false;
  let workTimer: ReturnType<typeof setTimeout> | undefined;
  let lookTimer: ReturnType<typeof setTimeout> | undefined;

  function workIn(ms: number): void {
    if (isClosed) return;
    clearTimeout(workTimer);
    workTimer = setTimeout(() => void work(), ms);
  }

  /** One call after the other, the browser's answers included: the SFU wants it so. */
  async function work(): Promise<void> {
    if (isWorking || isClosed) return;
    const due = dueSeats();
    // A timer may come a fraction of a millisecond before its time.
    if (due.length === 0 && !idle.hasWork()) return plan();
    isWorking = true;
    try {
      if (due.length > 0) await seat(due);
      if (line !== null) await tidy(line);
      faults = 0;
    } catch (error) {
      // A `LineFault`, or an offer that this browser does not take.
      faults += 1;
      for (const each of due) if (each.mid === null) fail(each);
      if (!(error instanceof LineFault) || error.isOver || faults >= mostFaults) dropLine();
    }
    isWorking = false;
    plan();
  }

  function dueSeats(): readonly Held[] {
    const now = performance.now();
    return [...held].filter(({ mid, retryAt }) => mid === null && retryAt <= now).slice(0, mostSeats);
  }

  function plan(): void {
    const times = [...held].filter(({ mid }) => mid === null).map(({ retryAt }) => retryAt - performance.now());
    if (idle.hasWork()) times.push(0);
    if (times.length > 0) workIn(Math.max(gatherMs, Math.min(...times)));
  }

  async function seat(due: readonly Held[]): Promise<void> {
    const used = line ?? (await openReceivingLine(examSessionId));
    if (isClosed) return used.peer.close();
    line = used;
    const others = await turnIdle(used, due);
    if (others.length === 0) return;
    const mids = await used.pull(others.map((each) => each.seat));
    others.forEach((each, index) => {
      const mid = mids[index] ?? null;
      if (mid === null) fail(each);
      else place(used, each, mid, nothingYet);
    });
  }

  /** Turns sections that nobody needs to seats that wait. Gives the seats that this did not serve. */
  async function turnIdle(used: ReceivingLine, due: readonly Held[]): Promise<readonly Held[]> {
    const others: Held[] = [];
    const turned: { readonly each: Held; readonly section: SeatIn }[] = [];
    for (const each of due) {
      const section = idle.take(each.seat.track);
      if (section === null) others.push(each);
      else turned.push({ each, section });
    }
    if (turned.length === 0) return others;
    const before = await readInbound(used.peer);
    const areTurned = await used.turn(turned.map(({ each, section: { mid } }) => ({ ...each.seat, mid })));
    turned.forEach(({ each, section }, index) => {
      if (areTurned[index] === true) return place(used, each, section.mid, before.get(section.mid) ?? nothingYet);
      // The seat cannot be watched now, or the section does not work any more: a new one tells which.
      idle.putBack(section);
      others.push(each);
    });
    return others;
  }

  function place(used: ReceivingLine, each: Held, mid: string, before: typeof nothingYet): void {
    if (used !== line) return; // dropped meanwhile
    if (!held.has(each)) return idle.putAway({ ...each.seat, mid });
    each.mid = mid;
    flows.begin(mid, before, performance.now());
    lookIn(lookMs.waiting);
  }

  async function tidy(used: ReceivingLine): Promise<void> {
    const costly = idle.takeCostly();
    if (costly.length > 0) await used.turn(costly);
    const surplus = idle.takeSurplus();
    for (let from = 0; from < surplus.length; from += mostSeats)
      await used.close(surplus.slice(from, from + mostSeats));
  }

  function tell(each: Held, state: SeatState): void {
    if (each.state === state) return;
    const track = state === "live" && each.mid !== null ? line?.trackOf(each.mid) : null;
    each.state = state;
    each.onChange(track ? new MediaStream([track]) : null, state);
  }

  function fail(each: Held): void {
    each.mid = null;
    each.failures += 1;
    each.retryAt = performance.now() + backoffMs(each.failures, Math.random());
    if (held.has(each)) tell(each, "none");
  }

  function lookIn(ms: number): void {
    if (isClosed) return;
    clearTimeout(lookTimer);
    lookTimer = setTimeout(() => void look(), ms);
  }

  /** A publisher that is gone leaves a frozen picture and no event: only what comes counts as live. */
  async function look(): Promise<void> {
    const used = line;
    if (used === null) return;
    const inbound = await readInbound(used.peer);
    if (used !== line) return;
    for (const each of held) if (each.mid !== null) judge(each, each.mid, inbound.get(each.mid) ?? nothingYet);
    if (isBroken(used.peer.connectionState)) {
      dropLine();
      workIn(gatherMs);
    } else {
      plan();
      lookIn([...held].some(({ mid, state }) => mid !== null && state !== "live") ? lookMs.waiting : lookMs.calm);
    }
  }

  function judge(each: Held, mid: string, reading: typeof nothingYet): void {
    switch (flows.judge(mid, reading, performance.now())) {
      case "starting":
        return;
      case "flowing":
        each.failures = 0;
        return tell(each, "live");
      case "stopped":
        flows.forget(mid);
        fail(each);
        return idle.putAway({ ...each.seat, mid });
    }
  }

  function isBroken(state: RTCPeerConnectionState): boolean {
    const now = performance.now();
    brokenSince = state === "disconnected" || state === "failed" ? (brokenSince ?? now) : null;
    return brokenSince !== null && (state === "failed" || now - brokenSince > brokenMs);
  }

  /** All is watched anew, on another line. */
  function dropLine(): void {
    line?.peer.close();
    line = null;
    brokenSince = null;
    idle.clear();
    flows.clear();
    for (const each of held) {
      each.mid = null;
      if (each.state === "live") tell(each, "connecting");
      each.retryAt = Math.max(each.retryAt, performance.now() + (faults === 0 ? 0 : backoffMs(faults, Math.random())));
    }
  }

  function onOnline(): void {
    if (line !== null && line.peer.connectionState !== "connected" && !isWorking) dropLine();
    for (const each of held) each.retryAt = 0;
    workIn(0);
  }

  return {
    watch(wanted, onChange) {
      const each: Held = { seat: wanted, onChange, mid: null, state: "connecting", failures: 0, retryAt: 0 };
      held.add(each);
      onChange(null, "connecting");
      workIn(gatherMs);
      return {
        release() {
          if (!held.delete(each) || each.mid === null) return;
          flows.forget(each.mid);
          idle.putAway({ ...wanted, mid: each.mid });
          workIn(gatherMs);
        },
      };
    },
    start() {
      isClosed = false;
      window.addEventListener("online", onOnline);
      workIn(gatherMs);
      return () => {
        isClosed = true;
        clearTimeout(workTimer);
        clearTimeout(lookTimer);
        window.removeEventListener("online", onOnline);
        dropLine();
      };
    },
  };
}
