import type { RecordedTrack } from "#domain/attempt/command.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Recording } from "#protocol/http/review.ts";

export type RecordedSegment = Recording["segments"][number];

/** The chunks of one start of the recorder that the store still holds, in order of index. They share one header and clock. */
export type Run = {
  readonly run: number;
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
  readonly segments: readonly RecordedSegment[];
};

/**
 * Why nothing can be shown for a time. `not-recorded`: the recorder did not run. `never-arrived`: a later piece of the
 * same run is there, so this one was made and is not in the log. `lost`: the log names it and the store has it no more.
 */
export type GapReason = "not-recorded" | "never-arrived" | "lost";
export type Gap = {
  readonly track: RecordedTrack;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly reason: GapReason;
};

export type TrackPlan = {
  readonly track: RecordedTrack;
  readonly runs: readonly Run[];
  readonly gaps: readonly Gap[];
};

/** From the first to the last moment that anything tells about. */
export type Span = { readonly from: EpochMs; readonly to: EpochMs };

export type Place =
  | {
      readonly kind: "recorded";
      readonly run: Run;
      readonly segment: RecordedSegment;
      /** Seconds from the run's start, which is where the run's own clock begins. */
      readonly offset: number;
    }
  /** `until`: when the next recorded piece of this track begins, null after the last. */
  | { readonly kind: "missing"; readonly reason: GapReason; readonly until: EpochMs | null };

/** Times on the server's clock are estimated by the page: chunks of one run that follow each other may seem this far apart. */
const seamMs = 500;
/** A restart of the recorder takes up to 1.6 s: shorter pauses between runs are not worth a reviewer's attention. */
const restartMs = 2_000;

/** What of a track can be played when, and what is missing. `segments` in any order, of any track. */
export function planOf(track: RecordedTrack, segments: readonly RecordedSegment[]): TrackPlan {
  const ofTrack = segments
    .filter((segment) => segment.track === track)
    .toSorted((one, other) => one.run - other.run || one.index - other.index);
  const runs = [...Map.groupBy(ofTrack, ({ run }) => run).values()];
  return {
    track,
    runs: runs.map(runOf).filter((run) => run !== null),
    gaps: [...runs.flatMap((run) => gapsWithin(track, run)), ...gapsBetween(track, runs)].toSorted(
      (one, other) => one.from - other.from,
    ),
  };
}

function runOf(segments: readonly RecordedSegment[]): Run | null {
  const present = segments.filter(({ present: isPresent, url }) => isPresent && url !== null);
  const [first] = segments;
  if (first === undefined || present.length === 0) return null;
  // Without the first chunk the clock's start is not known; the chunks that are there tell how long one is.
  const startsAt = first.startsAt - first.index * (first.endsAt - first.startsAt);
  return { run: first.run, startsAt, endsAt: lastEnd(present), segments: present };
}

function gapsWithin(track: RecordedTrack, segments: readonly RecordedSegment[]): Gap[] {
  const gaps: Gap[] = [];
  let before: RecordedSegment | null = null;
  for (const segment of segments) {
    const expected = before === null ? 0 : before.index + 1;
    if (segment.index > expected) {
      const length = segment.endsAt - segment.startsAt;
      const from = before?.endsAt ?? segment.startsAt - segment.index * length;
      gaps.push({ track, from, to: segment.startsAt, reason: "never-arrived" });
    }
    if (!segment.present || segment.url === null) {
      gaps.push({ track, from: segment.startsAt, to: segment.endsAt, reason: "lost" });
    }
    before = segment;
  }
  return joined(gaps);
}

/** Neighbours of one reason as one, so that a lost hour is one line and not nine hundred. */
function joined(gaps: readonly Gap[]): Gap[] {
  const result: Gap[] = [];
  for (const gap of gaps) {
    const last = result.at(-1);
    if (last !== undefined && last.reason === gap.reason && gap.from - last.to <= seamMs) {
      result[result.length - 1] = { ...last, to: gap.to };
    } else {
      result.push(gap);
    }
  }
  return result;
}

function gapsBetween(track: RecordedTrack, runs: readonly (readonly RecordedSegment[])[]): Gap[] {
  const gaps: Gap[] = [];
  const spans = runs
    .map((run) => ({ from: run[0]?.startsAt ?? 0, to: lastEnd(run) }))
    .toSorted((one, other) => one.from - other.from);
  let recordedUntil: EpochMs | null = null;
  for (const { from, to } of spans) {
    if (recordedUntil !== null && from - recordedUntil > restartMs) {
      gaps.push({ track, from: recordedUntil, to: from, reason: "not-recorded" });
    }
    recordedUntil = Math.max(recordedUntil ?? to, to);
  }
  return gaps;
}

function lastEnd(segments: readonly RecordedSegment[]): EpochMs {
  return Math.max(...segments.map(({ endsAt }) => endsAt));
}

/**
 * Where in the recording a moment of the server's clock is. Where runs overlap, because the recorder was started anew
 * before the old one stopped, the newer one is shown.
 */
export function placeAt(plan: TrackPlan, at: EpochMs): Place {
  for (const run of plan.runs.toReversed()) {
    const segment = segmentAt(run, at);
    if (segment !== null) {
      return { kind: "recorded", run, segment, offset: Math.max(0, (at - run.startsAt) / 1000) };
    }
  }
  const later = plan.runs.flatMap(({ segments }) => segments.map(({ startsAt }) => startsAt)).filter((one) => one > at);
  const gap = plan.gaps.find(({ from, to }) => from <= at && at < to);
  return {
    kind: "missing",
    reason: gap?.reason ?? "not-recorded",
    until: later.length === 0 ? null : Math.min(...later),
  };
}

function segmentAt(run: Run, at: EpochMs): RecordedSegment | null {
  const position = run.segments.findLastIndex(({ startsAt }) => startsAt <= at);
  const segment = run.segments[position];
  if (segment === undefined) return null;
  if (at < segment.endsAt) return segment;
  const next = run.segments[position + 1];
  const isSeam = next !== undefined && next.index === segment.index + 1 && next.startsAt - segment.endsAt <= seamMs;
  return isSeam ? segment : null;
}

/**
 * The unbroken row of chunks to append for playing at `segment`: from `leadMs` before it (a picture can be decoded only
 * from a key frame on, and that may lie chunks before) to the end of the row. A hole ends a row: what follows it does
 * not continue the bytes before it.
 */
export function rowFor(run: Run, segment: RecordedSegment, leadMs: number): readonly RecordedSegment[] {
  const at = run.segments.indexOf(segment);
  let first = at;
  while (
    isNext(run.segments[first - 1], run.segments[first]) &&
    startOf(run.segments[first]) > segment.startsAt - leadMs
  ) {
    first -= 1;
  }
  let last = at;
  while (isNext(run.segments[last], run.segments[last + 1])) last += 1;
  return run.segments.slice(first, last + 1);
}

function startOf(segment: RecordedSegment | undefined): EpochMs {
  return segment?.startsAt ?? Number.POSITIVE_INFINITY;
}

function isNext(one: RecordedSegment | undefined, other: RecordedSegment | undefined): boolean {
  return one !== undefined && other !== undefined && other.index === one.index + 1;
}

/** The chunk whose head can start the run's bytes: its own first, or that of another run of the track by the same recorder. */
export function headOf(plan: TrackPlan, run: Run): RecordedSegment | null {
  const own = run.segments.find(({ index }) => index === 0);
  if (own !== undefined) return own;
  return plan.runs.flatMap(({ segments }) => segments).find(({ index }) => index === 0) ?? null;
}

/** The common time axis of everything: recordings and events. Null when there is neither. */
export function spanOf(plans: readonly TrackPlan[], moments: readonly EpochMs[]): Span | null {
  const starts = plans.flatMap(({ runs }) => runs.map(({ startsAt }) => startsAt));
  const ends = plans.flatMap(({ runs }) => runs.map(({ endsAt }) => endsAt));
  const all = [...starts, ...ends, ...moments];
  if (all.length === 0) return null;
  return { from: Math.min(...all), to: Math.max(...all) };
}
