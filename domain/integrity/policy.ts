import { type SensorName, noticedBy, sensorNames } from "./sensor.ts";
import { momentarySignalKinds, type SignalKind, signalKinds } from "./signal.ts";

export const severities = ["info", "low", "medium", "high", "critical"] as const;
export type Severity = (typeof severities)[number];

/**
 * What follows from a violation, from the least to the most. Each is also in the log. `warn`: the candidate is warned and
 * has to acknowledge it. `pause`: the attempt stands still, and its clock, until a proctor lets it go on. `hand-in`: the
 * attempt is handed in as it stands and held until a person has decided. [I12]
 */
export const responses = ["log", "warn", "notify-proctor", "pause", "hand-in"] as const;
export type PolicyResponse = (typeof responses)[number];

/** A picture that is taken when a violation is noted. */
export const stillSources = ["camera", "screen"] as const;
export type StillSource = (typeof stillSources)[number];

/** What is looked at before a candidate is let in. */
export const identityCaptures = ["face", "document", "room"] as const;
export type IdentityCapture = (typeof identityCaptures)[number];

/**
 * When a signal becomes a violation: it must last `windowMs` (0: at once), and the same kind is not noted again within
 * `coolDownMs` of the last one. `tellsCandidate`: in plain words, with how to mend it.
 */
export type IntegrityRule = {
  readonly windowMs: number;
  readonly coolDownMs: number;
  readonly severity: Severity;
  readonly response: PolicyResponse;
  readonly evidence: readonly StillSource[];
  readonly tellsCandidate: boolean;
};

/** A kind without a rule is off: no sensor looks for it. `reviewers`: how many people decide of what is held. */
export type IntegrityPolicy = {
  readonly name: PolicyName | "custom";
  readonly rules: Readonly<Partial<Record<SignalKind, IntegrityRule>>>;
  readonly identity: readonly IdentityCapture[];
  readonly reviewers: 1 | 2;
};

export const policyNames = ["practice", "standard", "strict"] as const;
export type PolicyName = (typeof policyNames)[number];

/** What an author changes of a preset. A rule that is null is off. */
export type PolicyChanges = {
  readonly rules?: Readonly<Partial<Record<SignalKind, IntegrityRule | null>>>;
  readonly identity?: readonly IdentityCapture[];
  readonly reviewers?: 1 | 2;
};

function rule(
  windowMs: number,
  coolDownMs: number,
  severity: Severity,
  response: PolicyResponse = "log",
  ...evidence: readonly StillSource[]
): IntegrityRule {
  return { windowMs, coolDownMs, severity, response, evidence, tellsCandidate: true };
}

function quietly(loud: IntegrityRule): IntegrityRule {
  return { ...loud, tellsCandidate: false };
}

/**
 * The standard policy. A window is long enough that leaning out of the picture, or a notification that takes the focus
 * for a moment, is no violation; a cool-down keeps one restless minute from filling the proctor's feed. Nothing follows
 * by itself: a proctor is told.
 */
const standard: IntegrityPolicy = {
  name: "standard",
  rules: {
    "tab-hidden": rule(500, 5_000, "medium", "notify-proctor", "screen"),
    "window-blurred": rule(1_000, 5_000, "medium", "log", "screen"),
    "full-screen-left": rule(2_000, 10_000, "medium", "notify-proctor", "screen"),
    "screen-share-ended": rule(2_000, 10_000, "high", "notify-proctor", "camera"),
    "screen-not-entire": rule(2_000, 10_000, "high", "notify-proctor", "camera"),
    "several-displays": rule(5_000, 60_000, "medium", "notify-proctor"),
    "camera-ended": rule(2_000, 10_000, "high", "notify-proctor", "screen"),
    "camera-covered": rule(5_000, 15_000, "medium", "notify-proctor", "camera"),
    "camera-frozen": rule(10_000, 30_000, "medium", "notify-proctor", "camera"),
    "virtual-camera": rule(1_000, 60_000, "high", "notify-proctor", "camera"),
    "no-face": rule(5_000, 15_000, "medium", "notify-proctor", "camera"),
    "several-faces": rule(2_000, 15_000, "high", "notify-proctor", "camera"),
    "microphone-ended": rule(2_000, 10_000, "medium", "notify-proctor"),
    "microphone-silent": rule(20_000, 60_000, "low"),
    "developer-tools": rule(2_000, 10_000, "high", "notify-proctor", "screen"),
    "sensor-lost": quietly(rule(10_000, 60_000, "low")),
    "connection-lost": quietly(rule(5_000, 10_000, "low")),
    copied: rule(0, 2_000, "low"),
    cut: rule(0, 2_000, "low"),
    pasted: rule(0, 2_000, "medium", "log", "screen"),
    "drag-and-drop": rule(0, 2_000, "low"),
    "burst-typed": rule(0, 2_000, "medium", "log", "screen"),
    "context-menu": rule(0, 5_000, "info"),
    print: rule(0, 2_000, "medium"),
    "print-screen": rule(0, 2_000, "medium"),
    shortcut: rule(0, 5_000, "info"),
    "developer-tools-shortcut": rule(0, 5_000, "low"),
    "second-session": rule(0, 10_000, "medium", "notify-proctor"),
  },
  identity: [],
  reviewers: 1,
};

const strict: IntegrityPolicy = {
  name: "strict",
  rules: {
    ...standard.rules,
    "tab-hidden": rule(500, 5_000, "high", "warn", "camera", "screen"),
    "window-blurred": rule(1_000, 5_000, "medium", "warn", "camera", "screen"),
    "full-screen-left": rule(1_000, 5_000, "medium", "warn", "screen"),
    "screen-share-ended": rule(2_000, 10_000, "high", "pause", "camera"),
    "screen-not-entire": rule(2_000, 10_000, "high", "pause", "camera"),
    "several-displays": rule(5_000, 60_000, "high", "warn", "camera"),
    "camera-ended": rule(2_000, 10_000, "high", "pause", "screen"),
    "virtual-camera": rule(1_000, 60_000, "critical", "pause", "camera"),
    "several-faces": rule(2_000, 15_000, "high", "notify-proctor", "camera", "screen"),
    "head-turned": rule(8_000, 30_000, "low", "log", "camera"),
    "developer-tools": rule(2_000, 10_000, "critical", "hand-in", "screen"),
    "developer-tools-shortcut": rule(0, 5_000, "medium", "warn"),
    automation: quietly(rule(1_000, 60_000, "low")),
    pasted: rule(0, 2_000, "medium", "warn", "screen"),
    print: rule(0, 2_000, "medium", "warn"),
    "print-screen": rule(0, 2_000, "medium", "warn"),
  },
  identity: ["face", "document"],
  reviewers: 1,
};

/** All that the strict policy looks for, and nothing follows: for getting to know the exam and its rules. */
const practice: IntegrityPolicy = {
  name: "practice",
  rules: mapped(strict.rules, (strictRule) => ({ ...strictRule, severity: "info", response: "log", evidence: [] })),
  identity: [],
  reviewers: 1,
};

const policies: Readonly<Record<PolicyName, IntegrityPolicy>> = { practice, standard, strict };

/** A preset by its name. */
export function policyNamed(name: PolicyName): IntegrityPolicy {
  return policies[name];
}

/** [I9] A preset as an author changed it. */
export function policyFrom(name: PolicyName, changes: PolicyChanges = {}): IntegrityPolicy {
  const preset = policyNamed(name);
  if (Object.keys(changes).length === 0) return preset;
  const rules: Partial<Record<SignalKind, IntegrityRule>> = { ...preset.rules };
  for (const kind of signalKinds) {
    const change = changes.rules?.[kind];
    if (change === null) delete rules[kind];
    else if (change !== undefined) rules[kind] = isMoment(kind) ? { ...change, windowMs: 0 } : change;
  }
  const { identity = preset.identity, reviewers = preset.reviewers } = changes;
  return { name: "custom", rules, identity, reviewers };
}

/** What there was before an exam froze its policy, and what candidates of such an exam consented to. */
const firstKinds: ReadonlySet<SignalKind> = new Set<SignalKind>([
  "tab-hidden",
  "window-blurred",
  "full-screen-left",
  "camera-ended",
  "microphone-ended",
  "screen-share-ended",
  "no-face",
  "several-faces",
  "sensor-lost",
  "connection-lost",
  "copied",
  "cut",
  "pasted",
]);
const first: IntegrityPolicy = {
  ...standard,
  rules: mapped(standard.rules, (each, kind) =>
    firstKinds.has(kind) ? { ...each, response: "log", evidence: [], tellsCandidate: false } : null,
  ),
};

/** [I8] The policy that an exam version froze when it was published. */
export function policyOf({ integrity }: { readonly integrity?: IntegrityPolicy }): IntegrityPolicy {
  return integrity ?? first;
}

/** What a policy looks for. */
export function kindsOf({ rules }: IntegrityPolicy): readonly SignalKind[] {
  return signalKinds.filter((kind) => rules[kind] !== undefined);
}

/** [I10] The sensors that a policy needs: one runs where any signal that it notices is on. */
export function sensorsOf({ rules }: IntegrityPolicy): ReadonlySet<SensorName> {
  return new Set(sensorNames.filter((sensor) => noticedBy[sensor].some((kind) => rules[kind] !== undefined)));
}

/** A moment has no length that a window could ask for. */
function isMoment(kind: SignalKind): boolean {
  return momentarySignalKinds.some((moment) => moment === kind);
}

function mapped(
  rules: IntegrityPolicy["rules"],
  change: (rule: IntegrityRule, kind: SignalKind) => IntegrityRule | null,
): IntegrityPolicy["rules"] {
  const changed: Partial<Record<SignalKind, IntegrityRule>> = {};
  for (const kind of signalKinds) {
    const before = rules[kind];
    const after = before === undefined ? null : change(before, kind);
    if (after !== null) changed[kind] = after;
  }
  return changed;
}
