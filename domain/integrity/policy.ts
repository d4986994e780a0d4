import type { SignalKind } from "./signal.ts";

export const severities = ["info", "low", "medium", "high", "critical"] as const;
export type Severity = (typeof severities)[number];

/**
 * When a signal becomes a violation: it must last `windowMs` (0: at once), and the same kind is not noted again within
 * `coolDownMs` of the last one.
 */
export type IntegrityRule = {
  readonly windowMs: number;
  readonly coolDownMs: number;
  readonly severity: Severity;
};

export type IntegrityPolicy = {
  readonly name: string;
  readonly rules: Readonly<Record<SignalKind, IntegrityRule>>;
};

export const policyNames = ["standard"] as const;
export type PolicyName = (typeof policyNames)[number];

function rule(windowMs: number, coolDownMs: number, severity: Severity): IntegrityRule {
  return { windowMs, coolDownMs, severity };
}

/**
 * The standard policy. A window is long enough that leaning out of the picture, or a notification that takes the focus
 * for a moment, is no violation; a cool-down keeps one restless minute from filling the proctor's feed.
 */
const standard: IntegrityPolicy = {
  name: "standard",
  rules: {
    "tab-hidden": rule(500, 5_000, "medium"),
    "window-blurred": rule(1_000, 5_000, "medium"),
    "full-screen-left": rule(2_000, 10_000, "medium"),
    "camera-ended": rule(2_000, 10_000, "high"),
    "microphone-ended": rule(2_000, 10_000, "medium"),
    "screen-share-ended": rule(2_000, 10_000, "high"),
    "no-face": rule(5_000, 15_000, "medium"),
    "several-faces": rule(2_000, 15_000, "high"),
    "face-sensor-lost": rule(10_000, 60_000, "low"),
    "connection-lost": rule(5_000, 10_000, "low"),
    copied: rule(0, 2_000, "low"),
    cut: rule(0, 2_000, "low"),
    pasted: rule(0, 2_000, "medium"),
  },
};

const policies: Readonly<Record<PolicyName, IntegrityPolicy>> = { standard };

/** The policy an exam version froze, by its name. */
export function policyNamed(name: PolicyName): IntegrityPolicy {
  return policies[name];
}
