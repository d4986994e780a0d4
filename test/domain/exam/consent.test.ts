import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { consentTextOf } from "#domain/exam/consent.ts";
import { consentTextCharacters } from "#domain/exam/consent-text.ts";
import { type IntegrityPolicy, policyFrom, policyNamed } from "#domain/integrity/policy.ts";
import { signalKinds } from "#domain/integrity/signal.ts";

function textOf(integrity: IntegrityPolicy): string {
  return consentTextCharacters(consentTextOf({ title: "First aid", integrity }));
}

function headingsOf(integrity: IntegrityPolicy): readonly string[] {
  return consentTextOf({ title: "First aid", integrity }).points.map(({ heading }) => heading);
}

const rule = policyNamed("standard").rules["no-face"];
if (rule === undefined) throw new Error("the standard policy looks for a face");

describe("what a candidate consents to", () => {
  test("[A150] in an exam from before policies were frozen is to the letter what it was", () => {
    const characters = consentTextCharacters(consentTextOf({ title: "First aid" }));
    expect(createHash("sha256").update(characters).digest("hex")).toBe(
      "a5cc309098d45479e947d6b8f549fd95586aba7117d66226b9f852d3e72998ce",
    );
  });

  test.each(signalKinds)("[A150] names %s where the policy looks for it, and only there", (kind) => {
    const none: IntegrityPolicy = { ...policyNamed("standard"), rules: {} };
    const added = { ...none, rules: { [kind]: { ...rule, response: "log", evidence: [] } as const } };
    const [before, after] = [textOf(none), textOf(added)];
    expect(after.length).toBeGreaterThan(before.length);
    expect(after).toContain("The page notices that ");
    expect(before).not.toContain("notices that");
  });

  test("[A150] speaks of speech only where an exam listens to it", () => {
    expect(textOf(policyNamed("strict"))).not.toMatch(/speaks/);
    expect(textOf(policyFrom("strict", { rules: { speech: rule } }))).toContain(
      "that somebody speaks (never what is said)",
    );
  });

  test("[A150] says what follows by itself, and from what", () => {
    const text = textOf(policyNamed("strict"));
    expect(text).toContain("Your exam is handed in as it stands, and its result is held until people have decided");
    expect(text).toContain("stand still until a proctor lets you go on when it notices that your screen is not shared");
    expect(headingsOf(policyNamed("practice"))).not.toContain("What follows by itself");
  });

  test("[A150] speaks of pictures, of who one is, and of two people where the policy asks for them", () => {
    const headings = ["Pictures of the moment", "Who you are"];
    for (const heading of headings) expect(headingsOf(policyNamed("strict"))).toContain(heading);
    for (const heading of headings) expect(headingsOf(policyNamed("practice"))).not.toContain(heading);
    expect(textOf(policyFrom("standard", { identity: ["room"] }))).toContain("you take a short film of your room.");
    expect(textOf(policyFrom("standard", { reviewers: 2 }))).toContain("Two people decide");
    expect(textOf(policyNamed("standard"))).not.toContain("Two people decide");
  });

  test("[A150] never names an exam's policy by a word that only staff know", () => {
    expect(textOf(policyNamed("strict"))).not.toMatch(/strict|violation|cheat|suspicious/i);
  });
});
