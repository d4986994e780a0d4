/*
 * The proctor's side of live media: one receiving peer connection for a whole console.
 *
 *   const receiver = createReceiver({ examSessionId });
 *   const end = receiver.start();
 *   const held = receiver.watch({ attemptId, track }, (stream, state) => …);
 *   held.release();
 *
 * `onChange` gets a stream as soon as there is one to show, and null when there is none (any more). What cannot be
 * watched now is tried again by itself. A receiving section that nobody needs any more is turned to another seat, which
 * needs no negotiation.
 */
import type { LiveTrack } from "#domain/attempt/command.ts";
import type { AttemptId, ExamSessionId } from "#domain/exam/ids.ts";
import { viewerSchema, watchingSchema } from "#protocol/http/watch.ts";
import { type RequestProblem, request } from "../http/request.ts";
import { backoffMs } from "../session/backoff.ts";
import { createFlowMeter } from "./flow-meter.ts";

export type Seat = { readonly attemptId: AttemptId; readonly track: LiveTrack };
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
  /** The section of the connection that shows it, or null while none does. */
  mid: string | null;
  isLive: boolean;
  failures: number;
  /** Not before this `performance.now()`. */
  retryAt: number;
};

type Line = { readonly viewer: string; readonly peer: RTCPeerConnection };

/** Requests that come close together are asked for together. */
const gatherMs = 80;
const lookEveryMs = 1_000;
/** The API takes this many seats in one call. */
const mostSeats = 64;
/** Sections kept for the next seat of their kind; more are closed. */
const mostIdle = 6;

function kindOf(track: LiveTrack): "audio" | "video" {
  return track === "microphone" ? "audio" : "video";
}

export function createReceiver({ examSessionId }: { readonly examSessionId: ExamSessionId }): Receiver {
  const base = `/v1/exam-sessions/${examSessionId}/viewers`;
  const held = new Set<Held>();
  const idle = { audio: [] as string[], video: [] as string[] };
  const meter = createFlowMeter();
  let line: Line | null = null;
  let lineFailures = 0;
  let isClosed = true;
  let isWorking = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function soon(ms = gatherMs): void {
    if (isClosed) return;
    clearTimeout(timer);
    timer = setTimeout(() => void work(), ms);
  }

  /** One negotiation at a time, the browser's answer included: the SFU wants it so. */
  async function work(): Promise<void> {
    if (isWorking || isClosed) return;
    const due = dueSeats();
    if (due.length === 0) return;
    isWorking = true;
    try {
      const opened = line ?? (await openLine());
      const left = await turnIdle(opened, due);
      if (left.length > 0) await pull(opened, left);
      lineFailures = 0;
    } catch {
      // The line or a request on it failed, as described by `LineLost`; everything is watched anew on another line.
      dropLine();
      lineFailures += 1;
      for (const each of held) each.retryAt = performance.now() + backoffMs(lineFailures, Math.random());
    } finally {
      isWorking = false;
    }
    scheduleRetry();
  }

  function dueSeats(): readonly Held[] {
    const now = performance.now();
    return [...held].filter(({ mid, retryAt }) => mid === null && retryAt <= now).slice(0, mostSeats);
  }

  function scheduleRetry(): void {
    const waiting = [...held].filter(({ mid }) => mid === null).map(({ retryAt }) => retryAt);
    if (waiting.length > 0) soon(Math.max(gatherMs, Math.min(...waiting) - performance.now()));
  }

  async function openLine(): Promise<Line> {
    const answer = await request(viewerSchema, "POST", base);
    if (!answer.ok) throw new LineLost(answer.problem);
    const peer = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
    const opened = { viewer: answer.value.viewer, peer };
    peer.addEventListener("connectionstatechange", () => {
      if (peer.connectionState !== "failed" || line !== opened) return;
      dropLine();
      soon();
    });
    line = opened;
    return opened;
  }

  /** Turns sections that nobody needs to seats that wait. Gives the seats for which there was none. */
  async function turnIdle({ viewer }: Line, due: readonly Held[]): Promise<readonly Held[]> {
    const turned: { readonly each: Held; readonly mid: string }[] = [];
    const left: Held[] = [];
    for (const each of due) {
      const mid = idle[kindOf(each.seat.track)].pop();
      if (mid === undefined) left.push(each);
      else turned.push({ each, mid });
    }
    if (turned.length === 0) return left;
    const seats = turned.map(({ each, mid }) => ({ ...each.seat, mid }));
    const answer = await request(watchingSchema, "PUT", `${base}/${viewer}/tracks`, { seats });
    if (!answer.ok) throw new LineLost(answer.problem);
    turned.forEach(({ each, mid }, index) => {
      if (answer.value.seats[index]?.mid === mid) return seated(each, mid);
      // A section that could not be turned may be gone for good: it is left, and the seat gets a new one.
      left.push(each);
    });
    return left;
  }

  async function pull({ viewer, peer }: Line, due: readonly Held[]): Promise<void> {
    const seats = due.map(({ seat }) => seat);
    const answer = await request(watchingSchema, "POST", `${base}/${viewer}/tracks`, { seats });
    if (!answer.ok) throw new LineLost(answer.problem);
    if (answer.value.offer !== null) {
      await peer.setRemoteDescription({ type: "offer", sdp: answer.value.offer });
      await peer.setLocalDescription();
      const answered = await request(null, "PUT", `${base}/${viewer}/answer`, { answer: peer.localDescription?.sdp });
      if (!answered.ok) throw new LineLost(answered.problem);
    }
    due.forEach((each, index) => {
      const mid = answer.value.seats[index]?.mid ?? null;
      if (mid === null) failed(each);
      else seated(each, mid);
    });
  }

  function seated(each: Held, mid: string): void {
    const track = line?.peer.getTransceivers().find((transceiver) => transceiver.mid === mid)?.receiver.track;
    if (!held.has(each) || track === undefined) return putAway(kindOf(each.seat.track), mid);
    each.mid = mid;
    each.isLive = false;
    meter.forget(mid);
    each.onChange(new MediaStream([track]), "connecting");
  }

  function failed(each: Held): void {
    each.mid = null;
    each.failures += 1;
    each.retryAt = performance.now() + backoffMs(each.failures, Math.random());
    each.onChange(null, "none");
  }

  function putAway(kind: "audio" | "video", mid: string): void {
    meter.forget(mid);
    idle[kind].push(mid);
    const surplus = idle[kind].splice(0, Math.max(0, idle[kind].length - mostIdle));
    // Nobody waits for it: if it fails, the section goes on unseen until the line is closed.
    if (surplus.length > 0 && line !== null)
      void request(null, "POST", `${base}/${line.viewer}/close`, { mids: surplus });
  }

  /** A publisher that is gone leaves a frozen picture and no event: only what flows counts as live. */
  async function look(): Promise<void> {
    if (line === null) return;
    const flows = await meter.read(line.peer);
    for (const each of held) {
      if (each.mid === null) continue;
      const flow = flows.get(each.mid);
      if (flow === "flowing") {
        if (!each.isLive) tellLive(each);
      } else if (flow === "stopped") {
        const { mid } = each;
        failed(each);
        putAway(kindOf(each.seat.track), mid);
        scheduleRetry();
      }
    }
  }

  function tellLive(each: Held): void {
    each.isLive = true;
    each.failures = 0;
    const track = line?.peer.getTransceivers().find(({ mid }) => mid === each.mid)?.receiver.track;
    if (track !== undefined) each.onChange(new MediaStream([track]), "live");
  }

  function dropLine(): void {
    line?.peer.close();
    line = null;
    idle.audio = [];
    idle.video = [];
    meter.clear();
    for (const each of held) {
      each.mid = null;
      each.onChange(null, "connecting");
    }
  }

  return {
    watch(seat, onChange) {
      const each: Held = { seat, onChange, mid: null, isLive: false, failures: 0, retryAt: 0 };
      held.add(each);
      onChange(null, "connecting");
      soon();
      return {
        release() {
          if (!held.delete(each) || each.mid === null) return;
          putAway(kindOf(seat.track), each.mid);
        },
      };
    },
    start() {
      isClosed = false;
      const looking = setInterval(() => void look(), lookEveryMs);
      soon();
      return () => {
        isClosed = true;
        clearTimeout(timer);
        clearInterval(looking);
        dropLine();
      };
    },
  };
}

/** A request of the viewer's line got no answer, or one that means that the line has to be opened anew. */
class LineLost extends Error {
  constructor(problem: RequestProblem) {
    super(`the viewer's line was lost: ${problem.code}`);
  }
}
