import { describe, expect, test } from "vitest";
import {
  asInPreset,
  changedKinds,
  isChanged,
  isMoment,
  ruleIn,
  ruleToBeginWith,
  signalGroups,
  withIdentity,
  withPreset,
  withReviewers,
  withRule,
} from "#client/manage/policy-edit.ts";
import { dangerWords, responseWords, summaryOf } from "#client/manage/policy-words.ts";
import { type PolicyChanges, policyFrom, policyNamed, policyNames, responses } from "#domain/integrity/policy.ts";
import { signalKinds } from "#domain/integrity/signal.ts";

type Edited = { readonly policy: "practice" | "standard" | "strict"; readonly policyChanges?: PolicyChanges };

const standard: Edited = { policy: "standard" };
const pasted = policyNamed("standard").rules.pasted!;
const graver = { ...pasted, severity: "high" } as const;

describe("the signals of the editor", () => {
  test("stand in one group each, and none is left out", () => {
    const listed = signalGroups.flatMap(({ kinds }) => kinds);
    expect(listed.toSorted()).toEqual([...signalKinds].toSorted());
  });

  test("have a rule to begin with under every preset, without a window where they are moments", () => {
    for (const policy of policyNames) {
      for (const kind of signalKinds) {
        const rule = ruleToBeginWith({ policy }, kind);
        expect(rule.windowMs === 0, `${kind} in ${policy}`).toBe(isMoment(kind));
      }
    }
    expect(ruleToBeginWith(standard, "speech").response).toBe("log");
    expect(ruleToBeginWith(standard, "head-turned")).toEqual(policyNamed("strict").rules["head-turned"]);
  });
});

describe("a change of a rule", () => {
  test("is kept beside the preset, and is what the exam is judged by", () => {
    const changed = withRule(standard, "pasted", graver);
    expect(changed).toEqual({ policy: "standard", policyChanges: { rules: { pasted: graver } } });
    expect(ruleIn(changed, "pasted")).toEqual(graver);
    expect(changedKinds(changed)).toEqual(["pasted"]);
    expect(policyFrom(changed.policy, changed.policyChanges).name).toBe("custom");
  });

  test("is none where it says what the preset says, in whichever order its fields come", () => {
    const { severity, ...rest } = pasted;
    expect(withRule(withRule(standard, "pasted", graver), "pasted", { severity, ...rest })).toEqual(standard);
    expect(withRule(standard, "speech", null)).toEqual(standard);
  });

  test("can be to look for nothing, or for what the preset does not", () => {
    const off = withRule(standard, "pasted", null);
    expect(ruleIn(off, "pasted")).toBeNull();
    expect(isChanged(off, "pasted")).toBe(true);
    const on = withRule(off, "speech", ruleToBeginWith(off, "speech"));
    expect(changedKinds(on)).toEqual(["speech", "pasted"]);
  });

  test("is undone alone or with all others", () => {
    const both = withRule(withRule(standard, "pasted", graver), "print", null);
    expect(changedKinds(asInPreset(both, ["print"]))).toEqual(["pasted"]);
    expect(asInPreset(both, changedKinds(both))).toEqual(standard);
    expect(asInPreset(withReviewers(both, 2), changedKinds(both))).toEqual({
      policy: "standard",
      policyChanges: { reviewers: 2 },
    });
  });
});

describe("another preset", () => {
  test("leaves what the author changed, where it still says something else", () => {
    const warned = policyNamed("strict").rules.pasted!;
    const changed = withRule(withRule(standard, "pasted", warned), "print", null);
    expect(changedKinds(withPreset(changed, "strict"))).toEqual(["print"]);
    expect(withPreset(standard, "strict")).toEqual({ policy: "strict" });
  });

  test("brings its own identity check and reviewers where the author said nothing", () => {
    const strict = withPreset(standard, "strict");
    expect(policyFrom(strict.policy, strict.policyChanges).identity).toEqual(["face", "document"]);
    expect(withIdentity(strict, ["document", "face"])).toEqual(strict);
    expect(withIdentity(strict, [])).toEqual({ policy: "strict", policyChanges: { identity: [] } });
    expect(withReviewers(withReviewers(strict, 2), 1)).toEqual(strict);
  });
});

test("what takes the exam out of a candidate's hands says so, and nothing else does", () => {
  const warned = responses.filter((response) => dangerWords(response) !== null);
  expect(warned).toEqual(["pause", "hand-in"]);
  expect(new Set(Object.values(responseWords)).size).toBe(responses.length);
});

test("a policy is summed up with what follows and who decides", () => {
  expect(summaryOf(policyNamed("practice"))).toMatch(/^\d+ signals on; one person decides of what is held\.$/);
  expect(summaryOf(policyFrom("strict", { reviewers: 2 }))).toMatch(/1 × hand in and hold; two people decide/);
});
