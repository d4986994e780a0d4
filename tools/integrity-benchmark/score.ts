import type { Violation } from "#domain/integrity/judge.ts";
import type { IntegrityPolicy, Severity } from "#domain/integrity/policy.ts";
import { type SignalKind, signalKinds } from "#domain/integrity/signal.ts";
import type { Interval, PlayedClip } from "./clip.ts";

/** How long (ms) beyond the rule's window a detection may take, and how long after its end a condition may be noted. */
export const graceMs = 1_500;

/** What was watched in one launch of the browser, and what the law made of it under one policy. */
export type Watched = {
  readonly clips: readonly PlayedClip[];
  readonly violations: readonly Violation[];
};

export type FalseAlarm = {
  readonly kind: SignalKind;
  readonly severity: Severity;
  /** The clip that was played at the time, if any. */
  readonly during: string | null;
};

export type SignalScore = {
  readonly clips: number;
  /** In how many of them the condition was there. */
  readonly positives: number;
  readonly detected: number;
  readonly falseAlarms: readonly FalseAlarm[];
  /** Titles. */
  readonly missed: readonly string[];
  /** Of what was detected, from the beginning of the condition to the violation. */
  readonly timesToDetectMs: readonly number[];
  /** Of the rule. */
  readonly windowMs: number;
};

/** Compares what was noted with the labels, for each kind that the policy looks for and that any clip is about. */
export function score(
  policy: IntegrityPolicy,
  watched: readonly Watched[],
): Readonly<Partial<Record<SignalKind, SignalScore>>> {
  const scores: Partial<Record<SignalKind, SignalScore>> = {};
  for (const kind of signalKinds) {
    const rule = policy.rules[kind];
    const clips = watched.flatMap((each) => each.clips).filter(({ about }) => about === kind);
    const falseAlarms = watched.flatMap((each) => falseAlarmsIn(kind, each));
    if (rule === undefined || (clips.length === 0 && falseAlarms.length === 0)) continue;
    const positives = clips.filter(isPositive);
    const delays = watched.flatMap((each) =>
      each.clips
        .filter((clip) => clip.about === kind && isPositive(clip))
        .map((clip) => ({ clip, ms: delay(clip, each) })),
    );
    scores[kind] = {
      clips: clips.length,
      positives: positives.length,
      detected: delays.filter(({ ms }) => ms !== null).length,
      falseAlarms,
      missed: delays.filter(({ ms }) => ms === null).map(({ clip }) => clip.title),
      timesToDetectMs: delays.flatMap(({ ms }) => (ms === null ? [] : [ms])),
      windowMs: rule.windowMs,
    };
  }
  return scores;
}

/** [I30] What is detected of what was there; 1 where nothing was. */
export function recall({ positives, detected }: Pick<SignalScore, "positives" | "detected">): number {
  return positives === 0 ? 1 : detected / positives;
}

/** [I31] What was there of what is noted; 1 where nothing is. */
export function precision({ detected, falseAlarms }: Pick<SignalScore, "detected" | "falseAlarms">): number {
  const noted = detected + falseAlarms.length;
  return noted === 0 ? 1 : detected / noted;
}

/** [I32] How long (ms) in all nothing was there that any clip shows: what is noted then is a false alarm. */
export function calmMs(clips: readonly PlayedClip[], watch: Interval): number {
  const taken = clips
    .flatMap((clip) => (clip.truth === null ? [] : [counted(clip.truth)]))
    .toSorted((one, other) => one.from - other.from);
  let calm = 0;
  let at = watch.from;
  for (const { from, to } of taken) {
    calm += Math.max(0, Math.min(from, watch.to) - at);
    at = Math.max(at, to);
  }
  return calm + Math.max(0, watch.to - at);
}

function isPositive(clip: PlayedClip): boolean {
  return clip.isThere && clip.truth !== null;
}

/** When a violation is put down to a condition. */
function counted({ from, to }: Interval): Interval {
  return { from, to: to + graceMs };
}

function isWithin(at: number, { from, to }: Interval): boolean {
  return at >= from && at <= to;
}

function delay(clip: PlayedClip, { violations }: Watched): number | null {
  const { truth } = clip;
  if (truth === null) return null;
  const found = violations.find(({ kind, notedAt }) => kind === clip.about && isWithin(notedAt, counted(truth)));
  return found === undefined ? null : found.notedAt - truth.from;
}

/** [I31] Each violation that no condition explains. */
function falseAlarmsIn(kind: SignalKind, { clips, violations }: Watched): readonly FalseAlarm[] {
  return violations
    .filter((violation) => violation.kind === kind && !clips.some((clip) => explains(clip, violation)))
    .map(({ severity, notedAt }) => ({
      kind,
      severity,
      during: clips.find((clip) => isWithin(notedAt, counted(clip)))?.title ?? null,
    }));
}

function explains(clip: PlayedClip, { kind, notedAt }: Violation): boolean {
  if (clip.also?.includes(kind) === true && isWithin(notedAt, counted(clip))) return true;
  return clip.about === kind && isPositive(clip) && clip.truth !== null && isWithin(notedAt, counted(clip.truth));
}
