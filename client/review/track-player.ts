import type { EpochMs } from "#domain/integrity/signal.ts";
import { createStore, type Store } from "../session/store.ts";
import {
  headOf,
  type Place,
  placeAt,
  type RecordedSegment,
  rowFor,
  type Run,
  type TrackPlan,
} from "./playback-plan.ts";
import { openRunBuffer, type RunBuffer } from "./run-buffer.ts";
import type { FetchedSegment } from "./segment-source.ts";
import { fromFirstCluster, headIn } from "./webm.ts";

/**
 * What a player shows. `unreachable`: the chunk cannot be fetched now. `altered`: its bytes are not those in the log.
 * `unreadable`: they are, and this browser finds no picture in them.
 */
export type Picture = "loading" | "shown" | "missing" | "unreachable" | "altered" | "unreadable";
export type TrackState = { readonly picture: Picture; readonly place: Place | null };

export type TrackPlayer = {
  readonly state: Store<TrackState>;
  /** Chunks whose bytes differ from the log, as far as they were fetched. */
  readonly altered: Store<readonly RecordedSegment[]>;
  readonly attach: (video: HTMLVideoElement) => () => void;
  /** Follows the common clock. Cheap: called many times a second. */
  readonly follow: (at: EpochMs, playing: boolean, rate: number) => void;
  /** Whether the common clock may go on: the picture of this moment is there, or there is none to wait for. */
  readonly isReady: () => boolean;
  readonly retry: () => void;
  readonly close: () => void;
};

/** Key frames may be far apart on a screen on which little moves: when a picture is not found, the lead grows. */
const leads = [20_000, 120_000, Number.POSITIVE_INFINITY] as const;
const aheadSeconds = 15;
/** Beyond this the picture jumps to the clock; below, it is left in peace. */
const driftSeconds = 0.35;
/** A cluster begins a little after the time that the page wrote down for it. */
const toleranceSeconds = 0.5;

export type SegmentSource = (segment: RecordedSegment, signal: AbortSignal) => Promise<FetchedSegment>;

/** One unbroken row of chunks that is being appended. `next` is the place in `row` of the chunk to append next. */
type Feeding = {
  readonly run: Run;
  row: readonly RecordedSegment[];
  readonly lead: number;
  readonly buffer: RunBuffer;
  readonly cancel: AbortController;
  next: number;
  /**
   * How much later than it was started the recorder took its first picture, in milliseconds: up to two seconds on a busy
   * computer. A chunk is handed over no sooner than its last picture was taken, so the least difference is the best guess.
   */
  lag: number | null;
  started: boolean;
  finished: boolean;
  busy: boolean;
};

/** Plays one track of an attempt on the server's clock, through runs, holes and whatever cannot be fetched. */
export function createTrackPlayer(plan: TrackPlan, fetchSegment: SegmentSource): TrackPlayer {
  const state = createStore<TrackState>({ picture: "loading", place: null });
  const altered = createStore<readonly RecordedSegment[]>([]);
  let video: HTMLVideoElement | null = null;
  let feeding: Feeding | null = null;
  /** The last picture stands for a moment after it: there is nothing to wait for. */
  let isHeld = false;
  /** What is wrong with chunks that cannot be shown. */
  const faults = new Map<RecordedSegment, "unreachable" | "altered" | "unreadable">();

  function show(picture: Picture, place: Place): void {
    const now = state.get();
    const isSame = now.picture === picture && now.place !== null && samePlace(now.place, place);
    if (!isSame) state.set({ picture, place });
  }

  function stop(): void {
    feeding?.cancel.abort();
    feeding?.buffer.close();
    feeding = null;
  }

  function feed(place: Extract<Place, { kind: "recorded" }>, lead: number): void {
    stop();
    if (video === null) return;
    const usable = { ...place.run, segments: place.run.segments.filter((segment) => !faults.has(segment)) };
    const row = rowFor(usable, place.segment, leads[lead] ?? Number.POSITIVE_INFINITY);
    const cancel = new AbortController();
    const buffer = openRunBuffer(video);
    feeding = {
      run: place.run,
      row,
      lead,
      buffer,
      cancel,
      next: 0,
      lag: null,
      started: false,
      finished: false,
      busy: false,
    };
  }

  async function append(now: Feeding, segment: RecordedSegment): Promise<void> {
    const fetched = await fetchSegment(segment, now.cancel.signal);
    if (now.cancel.signal.aborted) return;
    if (fetched.state !== "whole") return stopAt(now, segment, fetched.state);
    if (now.started || segment.index === 0) {
      now.started = true;
      await now.buffer.append(fetched.bytes);
      return learnLag(now, segment);
    }
    const rest = fromFirstCluster(fetched.bytes);
    if (rest === null) return;
    const head = await headFor(now);
    if (now.cancel.signal.aborted) return;
    if (head === null) return stopAt(now, segment, "unreadable");
    now.started = true;
    await now.buffer.append(head);
    await now.buffer.append(rest);
    learnLag(now, segment);
  }

  async function headFor(now: Feeding): Promise<Uint8Array<ArrayBuffer> | null> {
    const segment = headOf(plan, now.run);
    if (segment === null) return null;
    const fetched = await fetchSegment(segment, now.cancel.signal);
    return fetched.state === "whole" ? headIn(fetched.bytes) : null;
  }

  /** The row ends before a chunk that cannot be shown; when the clock comes to it, the page says why. */
  function stopAt(now: Feeding, segment: RecordedSegment, fault: "unreachable" | "altered" | "unreadable"): void {
    faults.set(segment, fault);
    if (fault === "altered") altered.update((before) => [...before, segment]);
    now.row = now.row.slice(0, now.row.indexOf(segment));
  }

  function feedOn(now: Feeding, offset: number): void {
    const segment = now.row[now.next];
    if (segment === undefined && !now.busy && !now.finished) {
      now.finished = true;
      now.buffer.finish();
    }
    if (now.busy || segment === undefined || now.buffer.end() > offset + aheadSeconds) return;
    now.busy = true;
    now.next += 1;
    append(now, segment)
      .catch(() => stopAt(now, segment, "unreadable")) // what MediaSource cannot parse
      .finally(() => {
        now.busy = false;
      });
  }

  function follow(at: EpochMs, playing: boolean, rate: number): void {
    const place = placeAt(plan, at);
    isHeld = false;
    if (video === null) return;
    if (place.kind === "missing") {
      if (!video.paused) video.pause();
      return show("missing", place);
    }
    const fault = faults.get(place.segment);
    if (fault !== undefined) {
      if (!video.paused) video.pause();
      return show(fault, place);
    }
    if (feeding === null || !covers(feeding, place)) feed(place, 0);
    if (feeding === null) return;
    const offset = Math.max(0, place.offset - (feeding.lag ?? 0) / 1000);
    feedOn(feeding, offset);
    const { buffer } = feeding;
    if (buffer.has(offset, toleranceSeconds)) {
      show("shown", place);
      return keepTime(video, buffer.nearest(offset), playing, rate);
    }
    const isPassed = buffer.end() > offset + toleranceSeconds;
    if (!isPassed && (feeding.busy || feeding.next < feeding.row.length)) {
      if (!video.paused) video.pause();
      return show("loading", place);
    }
    // Nothing moved until the recorder stopped: the last picture is that of this moment too.
    if (offset >= buffer.end() && buffer.end() > 0) {
      isHeld = true;
      show("shown", place);
      return keepTime(video, Math.max(0, buffer.end() - 0.05), false, rate);
    }
    // What is appended begins after this moment, or nothing can be read: no key frame was near enough.
    if (feeding.lead + 1 < leads.length && feeding.row[0] !== place.run.segments[0]) feed(place, feeding.lead + 1);
    else show("unreadable", place);
  }

  return {
    state,
    altered,
    attach(element) {
      video = element;
      return () => {
        stop();
        video = null;
      };
    },
    follow,
    isReady() {
      const { picture } = state.get();
      if (picture === "loading") return false;
      return (
        picture !== "shown" ||
        isHeld ||
        video === null ||
        (video.readyState >= video.HAVE_CURRENT_DATA && !video.seeking)
      );
    },
    retry() {
      stop();
      for (const [segment, fault] of faults) if (fault !== "altered") faults.delete(segment);
      state.set({ picture: "loading", place: null });
    },
    close: stop,
  };
}

/** Holds the picture at `target`, in seconds of the run's clock: it plays on by itself and is put right when it drifts. */
function keepTime(video: HTMLVideoElement, target: number, playing: boolean, rate: number): void {
  if (video.playbackRate !== rate) video.playbackRate = rate;
  const drift = Math.abs(video.currentTime - target);
  if (!video.seeking && drift > (playing ? driftSeconds * rate : 0.05)) video.currentTime = target;
  if (playing && video.paused) video.play().catch(() => undefined); // an attach or a seek came between
  if (!playing && !video.paused) video.pause();
}

function learnLag(feeding: Feeding, segment: RecordedSegment): void {
  const end = feeding.buffer.end();
  if (!Number.isFinite(end)) return;
  const lag = Math.max(0, segment.endsAt - feeding.run.startsAt - end * 1000);
  feeding.lag = Math.min(feeding.lag ?? lag, lag);
}

function covers(feeding: Feeding, place: Extract<Place, { kind: "recorded" }>): boolean {
  const [first] = feeding.row;
  return (
    feeding.run === place.run &&
    first !== undefined &&
    first.startsAt <= place.segment.startsAt &&
    feeding.row.includes(place.segment) &&
    // Far ahead of what is appended it is quicker to begin anew than to append everything between.
    feeding.row.indexOf(place.segment) <= feeding.next + 10
  );
}

function samePlace(one: Place, other: Place): boolean {
  if (one.kind === "recorded" && other.kind === "recorded") return one.segment === other.segment;
  return one.kind === "missing" && other.kind === "missing" && one.until === other.until && one.reason === other.reason;
}
