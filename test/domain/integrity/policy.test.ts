import { describe, expect, test } from "vitest";
import {
  type IntegrityRule,
  policyFrom,
  policyNamed,
  policyNames,
  policyOf,
  responses,
  sensorsOf,
} from "#domain/integrity/policy.ts";
import { noticedBy, sensorNames } from "#domain/integrity/sensor.ts";
import { momentarySignalKinds, signalKinds } from "#domain/integrity/signal.ts";

const speechRule: IntegrityRule = {
  windowMs: 3_000,
  coolDownMs: 30_000,
  severity: "medium",
  response: "warn",
  evidence: [],
  tellsCandidate: true,
};

describe("a preset", () => {
  test.each(policyNames)("[I1] %s gives a moment no window, what lasts one, and each a cool-down", (name) => {
    for (const kind of signalKinds) {
      const rule = policyNamed(name).rules[kind];
      if (rule === undefined) continue;
      const isMoment = (momentarySignalKinds as readonly string[]).includes(kind);
      expect(rule.windowMs === 0, kind).toBe(isMoment);
      expect(rule.coolDownMs, kind).toBeGreaterThan(0);
    }
  });

  test("[I1] practice looks for all that strict does, and nothing follows from it", () => {
    const practice = policyNamed("practice");
    expect(Object.keys(practice.rules)).toEqual(
      signalKinds.filter((kind) => policyNamed("strict").rules[kind] !== undefined),
    );
    for (const rule of Object.values(practice.rules)) {
      expect(rule).toMatchObject({ response: "log", severity: "info", evidence: [] });
    }
  });

  test("[I1] from standard to strict no response and no severity becomes less", () => {
    for (const kind of signalKinds) {
      const [mild, strict] = [policyNamed("standard").rules[kind], policyNamed("strict").rules[kind]];
      if (mild === undefined) continue;
      expect(responses.indexOf(strict?.response ?? "log"), kind).toBeGreaterThanOrEqual(
        Math.min(responses.indexOf(mild.response), responses.indexOf("warn")),
      );
    }
  });

  test("[I1] none listens to speech, or judges by how loud it is: an exam asks for that by itself", () => {
    for (const name of policyNames) expect(sensorsOf(policyNamed(name))).not.toContain("speech");
  });
});

describe("the policy of an exam", () => {
  test("[I8] is what its version froze, whatever the preset has become", () => {
    const frozen = policyFrom("standard", { rules: { speech: speechRule } });
    expect(policyOf({ integrity: frozen })).toBe(frozen);
  });

  test("[I8] from before policies were frozen is what its candidates consented to, and nothing follows by itself", () => {
    const { rules } = policyOf({});
    expect(Object.keys(rules)).toHaveLength(13);
    expect(sensorsOf(policyOf({}))).toEqual(
      new Set(["page", "full-screen", "screen", "camera", "faces", "microphone", "input"]),
    );
    for (const rule of Object.values(rules)) expect(rule).toMatchObject({ response: "log", tellsCandidate: false });
  });

  test("[I9] is a preset with what the author changed: a rule of its own, a rule that is off, who decides", () => {
    const policy = policyFrom("strict", { rules: { speech: speechRule, "no-face": null }, identity: [], reviewers: 2 });
    expect(policy.name).toBe("custom");
    expect(policy.rules.speech).toBe(speechRule);
    expect(policy.rules).not.toHaveProperty("no-face");
    expect(policy.rules["several-faces"]).toBe(policyNamed("strict").rules["several-faces"]);
    expect(policy).toMatchObject({ identity: [], reviewers: 2 });
  });

  test("[I9] gives a moment no window, whatever the author says", () => {
    expect(policyFrom("standard", { rules: { pasted: speechRule } }).rules.pasted?.windowMs).toBe(0);
  });

  test("[I9] without changes is the preset", () => {
    expect(policyFrom("practice")).toBe(policyNamed("practice"));
    expect(policyFrom("practice", {})).toBe(policyNamed("practice"));
  });
});

describe("a sensor", () => {
  test("[I10] runs where any of what it notices is on", () => {
    expect(sensorsOf(policyFrom("standard", { rules: { speech: speechRule } }))).toContain("speech");
    const none = policyFrom("standard", { rules: { "no-face": null, "several-faces": null } });
    expect(sensorsOf(none)).not.toContain("faces");
    expect(sensorsOf(policyFrom("standard", { rules: { "no-face": null } }))).toContain("faces");
  });

  test("[I10] notices kinds that no other sensor does", () => {
    const noticed = sensorNames.flatMap((sensor) => noticedBy[sensor]);
    expect(new Set(noticed).size).toBe(noticed.length);
    const bySession = ["sensor-lost", "connection-lost", "second-session"];
    expect([...noticed, ...bySession].toSorted()).toEqual(signalKinds.toSorted());
  });
});
