/**
 * What is arranged for one candidate before the exam: more time, and rules that do not hold. Each has a reason.
 * `factor`: the exam's duration times this, all in all; 1.25 is a quarter more.
 */
export type Allowance =
  | { readonly kind: "multiplier"; readonly factor: number; readonly reason: string }
  | { readonly kind: "minutes"; readonly minutes: number; readonly reason: string };

export const exceptionKinds = ["may-leave-full-screen", "may-speak", "no-camera"] as const;
/** `no-camera`: a person beside the candidate watches instead. */
export type ExceptionKind = (typeof exceptionKinds)[number];

export type RuleException = { readonly kind: ExceptionKind; readonly reason: string };

export type Accommodations = {
  readonly allowances: readonly Allowance[];
  readonly exceptions: readonly RuleException[];
};

/** The most that an allowance may be: three times the duration, or four hours more. */
export const largestFactor = 3;
export const mostMinutes = 240;

/** What an allowance adds to an exam of this duration, in whole milliseconds. */
export function allowanceMs(allowance: Allowance, durationMs: number): number {
  return allowance.kind === "minutes" ? allowance.minutes * 60_000 : Math.round(durationMs * (allowance.factor - 1));
}

/** Whether it gives time at all, and no more than an allowance may. */
export function isAllowance(allowance: Allowance): boolean {
  if (allowance.kind === "minutes") {
    return Number.isInteger(allowance.minutes) && allowance.minutes > 0 && allowance.minutes <= mostMinutes;
  }
  return allowance.factor > 1 && allowance.factor <= largestFactor;
}
