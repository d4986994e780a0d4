import { type PolicyResponse, severities, type Severity } from "./policy.ts";
import type { EpochMs } from "./signal.ts";

/** A violation as it asks for a look. `response`: left out in exams from before policies had them, which only logged. */
export type SeenViolation = {
  readonly severity: Severity;
  readonly notedAt: EpochMs;
  readonly response?: PolicyResponse;
};

/**
 * What a proctor may have to look at. `unattended`: what was noted since a proctor last opened the candidate, wrote,
 * warned or intervened. `lasting`: how many signals last now. `unread`: warnings that are not acknowledged.
 */
export type Watched = {
  readonly isSitting: boolean;
  /** At the door, or about to go on at another computer. */
  readonly isWaiting: boolean;
  /** The last word is the candidate's. */
  readonly awaitsReply: boolean;
  readonly isCutOff: boolean;
  readonly unattended: readonly SeenViolation[];
  readonly lasting: number;
  readonly unread: number;
};

/**
 * Why somebody asks for a person, the most pressing first. `waiting`: for an answer at the door. `violation`: the policy
 * asks for more than the log. `noted`: only the log has it, which interrupts nobody. `none`: nothing now.
 */
export const calls = ["waiting", "message", "violation", "offline", "noted", "none"] as const;
export type Call = (typeof calls)[number];

/**
 * A part of the order, to be shown with it. `weight` is what it adds: it compares candidates for a proctor's next look,
 * and says nothing about what anybody did. [I15]
 */
export type AttentionPart = { readonly weight: number } & (
  | { readonly kind: "severity"; readonly severity: Severity; readonly count: number }
  | { readonly kind: "recency"; readonly agoMs: number }
  | { readonly kind: "ageing"; readonly forMs: number }
  | { readonly kind: "lasting"; readonly count: number }
  | { readonly kind: "unread"; readonly count: number }
);

export type Attention = { readonly call: Call; readonly parts: readonly AttentionPart[]; readonly weight: number };

const weightOf: Readonly<Record<Severity, number>> = { info: 0, low: 1, medium: 2, high: 4, critical: 8 };

/** Within this time, what is new weighs more than what is not; it fades evenly. */
const freshForMs = 5 * 60_000;

/** Without anybody's look for the first, a violation begins to weigh more; at the second it weighs twice, and no more. */
const agesFromMs = 2 * 60_000;
const agedAtMs = 10 * 60_000;

/** [I15] Why a candidate asks for a look, and the parts of its place in the order. */
export function attentionOf(watched: Watched, now: EpochMs): Attention {
  const parts = watched.isSitting ? partsOf(watched, now) : [];
  const weight = parts.reduce((sum, part) => sum + part.weight, 0);
  return { call: callOf(watched), parts, weight };
}

/** [I16] What the policy only logs marks nobody; [I17] what more is asked for does, until a proctor has looked. */
function callOf({ isWaiting, awaitsReply, isSitting, isCutOff, unattended }: Watched): Call {
  if (isWaiting) return "waiting";
  if (awaitsReply) return "message";
  if (!isSitting) return "none";
  if (unattended.some(({ response = "log" }) => response !== "log")) return "violation";
  if (isCutOff) return "offline";
  return unattended.length > 0 ? "noted" : "none";
}

function partsOf({ unattended, lasting, unread }: Watched, now: EpochMs): readonly AttentionPart[] {
  const parts: AttentionPart[] = [];
  const gravest = severities.findLast((one) => unattended.some(({ severity }) => severity === one));
  if (gravest !== undefined) {
    const its = unattended.filter(({ severity }) => severity === gravest);
    const weight = weightOf[gravest];
    const agoMs = Math.max(0, now - Math.max(...unattended.map(({ notedAt }) => notedAt)));
    const forMs = Math.max(0, now - Math.min(...its.map(({ notedAt }) => notedAt)));
    parts.push({ kind: "severity", severity: gravest, count: its.length, weight });
    parts.push({ kind: "recency", agoMs, weight: 1 - Math.min(1, agoMs / freshForMs) });
    parts.push({ kind: "ageing", forMs, weight: weight * aged(forMs) });
  }
  if (lasting > 0) parts.push({ kind: "lasting", count: lasting, weight: 0.5 });
  if (unread > 0) parts.push({ kind: "unread", count: unread, weight: 1 });
  return parts;
}

function aged(forMs: number): number {
  return Math.min(1, Math.max(0, forMs - agesFromMs) / (agedAtMs - agesFromMs));
}

/** [I18] The order for the eyes: by call first, and among equal calls by weight; 0 where neither tells them apart. */
export function compareAttention(one: Attention, other: Attention): number {
  return calls.indexOf(one.call) - calls.indexOf(other.call) || other.weight - one.weight;
}
