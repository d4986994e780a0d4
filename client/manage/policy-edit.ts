import type { Draft } from "#domain/exam/draft-fault.ts";
import {
  type IdentityCapture,
  type IntegrityRule,
  type PolicyChanges,
  policyFrom,
  type PolicyName,
  policyNamed,
  type PolicyResponse,
} from "#domain/integrity/policy.ts";
import { noticedBy, type SensorName, sensorNames } from "#domain/integrity/sensor.ts";
import { momentarySignalKinds, type SignalKind, signalKinds } from "#domain/integrity/signal.ts";

type WithPolicy = Pick<Draft, "policy" | "policyChanges">;

/** The signals as an author finds them: by the sensor that notices them, and those that the session itself notices. */
export type SignalGroup = { readonly sensor: SensorName | null; readonly kinds: readonly SignalKind[] };

export const signalGroups: readonly SignalGroup[] = [
  ...sensorNames.map((sensor) => ({ sensor, kinds: noticedBy[sensor] })),
  {
    sensor: null,
    kinds: signalKinds.filter((kind) => !sensorNames.some((sensor) => noticedBy[sensor].includes(kind))),
  },
];

export function isMoment(kind: SignalKind): boolean {
  return momentarySignalKinds.some((moment) => moment === kind);
}

/** Responses that take the exam out of a candidate's hands. */
export function isDrastic(response: PolicyResponse): boolean {
  return response === "pause" || response === "hand-in";
}

/** The rule that holds for a signal; null where it is off. */
export function ruleIn({ policy, policyChanges }: WithPolicy, kind: SignalKind): IntegrityRule | null {
  return policyFrom(policy, policyChanges).rules[kind] ?? null;
}

/** A rule to begin with where the preset has none: the strict one, or one that only logs. */
export function ruleToBeginWith({ policy }: WithPolicy, kind: SignalKind): IntegrityRule {
  const strict = policyNamed("strict").rules[kind];
  const logged = { severity: "low", response: "log", evidence: [], tellsCandidate: true } as const;
  const fallback = { windowMs: isMoment(kind) ? 0 : 5_000, coolDownMs: 30_000, ...logged };
  return policyNamed(policy).rules[kind] ?? strict ?? fallback;
}

export function isChanged({ policyChanges }: WithPolicy, kind: SignalKind): boolean {
  return policyChanges?.rules?.[kind] !== undefined;
}

export function changedKinds({ policyChanges }: WithPolicy): readonly SignalKind[] {
  return signalKinds.filter((kind) => policyChanges?.rules?.[kind] !== undefined);
}

/** The draft with this rule for the signal, null for none. What is as in the preset is no change. */
export function withRule<Some extends WithPolicy>(draft: Some, kind: SignalKind, rule: IntegrityRule | null): Some {
  return withChanges(draft, { ...draft.policyChanges, rules: { ...draft.policyChanges?.rules, [kind]: rule } });
}

export function asInPreset<Some extends WithPolicy>(draft: Some, kinds: readonly SignalKind[]): Some {
  const rules = Object.fromEntries(
    Object.entries(draft.policyChanges?.rules ?? {}).filter(([kind]) => !kinds.some((one) => one === kind)),
  );
  return withChanges(draft, { ...draft.policyChanges, rules });
}

/** Another preset: what the author changed stays, where it still says something else than the preset. */
export function withPreset<Some extends WithPolicy>(draft: Some, policy: PolicyName): Some {
  return withChanges({ ...draft, policy }, draft.policyChanges ?? {});
}

export function withIdentity<Some extends WithPolicy>(draft: Some, identity: readonly IdentityCapture[]): Some {
  return withChanges(draft, { ...draft.policyChanges, identity });
}

export function withReviewers<Some extends WithPolicy>(draft: Some, reviewers: 1 | 2): Some {
  return withChanges(draft, { ...draft.policyChanges, reviewers });
}

function withChanges<Some extends WithPolicy>(draft: Some, changes: PolicyChanges): Some {
  const preset = policyNamed(draft.policy);
  const rules = Object.fromEntries(
    signalKinds.flatMap((kind) => {
      const change = changes.rules?.[kind];
      return change === undefined || isSame(change, preset.rules[kind] ?? null) ? [] : [[kind, change]];
    }),
  );
  const { identity = preset.identity, reviewers = preset.reviewers } = changes;
  const left: PolicyChanges = {
    ...(Object.keys(rules).length === 0 ? {} : { rules }),
    ...(isSame(identity.toSorted(), preset.identity.toSorted()) ? {} : { identity }),
    ...(reviewers === preset.reviewers ? {} : { reviewers }),
  };
  const { policyChanges: _before, ...rest } = draft;
  return (Object.keys(left).length === 0 ? rest : { ...rest, policyChanges: left }) as Some;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** Fields of a rule in one order, so that two can be compared by their text. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => one.localeCompare(other)));
}
