import { describe, expect, it } from "vitest";
import { latestNotice, noticingRows, noticingSummary } from "#client/take-exam/noticing-words.ts";
import type { MessageView } from "#domain/attempt/view.ts";
import { kindsOf, policyNamed, policyNames, sensorsOf } from "#domain/integrity/policy.ts";
import { sensorNames, sensorStates } from "#domain/integrity/sensor.ts";

function said(seq: number, kind: MessageView["kind"]): MessageView {
  return { seq, kind, at: seq, from: "system", text: `${kind} ${seq}`, acknowledged: false };
}

describe("what the page notices, as its candidate reads it", () => {
  it("[A151] names each sensor that the policy runs, the rules that it serves, and how it is, in a sign and in words", () => {
    for (const name of policyNames) {
      const policy = policyNamed(name);
      const sensors = [...sensorsOf(policy)];
      const rows = noticingRows(sensors, kindsOf(policy), {});
      expect(rows.map(({ sensor }) => sensor)).toEqual(sensors);
      for (const { looksAt, rules, sign, state } of rows) {
        expect(looksAt).toMatch(/^[A-Z]/);
        expect(rules).toMatch(/^[A-Z].*\.$/);
        expect([sign, state]).toEqual(["○", "Starting"]);
      }
    }
  });

  it("[A151] says only those rules of a sensor that the policy looks for, and each once", () => {
    const [row] = noticingRows(["input"], ["pasted", "copied"], {});
    expect(row?.rules).toBe("Nothing is copied. Answers are typed, not pasted.");
    const [shortcuts] = noticingRows(["developer-tools"], ["developer-tools", "developer-tools-shortcut"], {});
    expect(shortcuts?.rules).toBe("The browser's developer tools are closed.");
  });

  it("[A151] has words of its own for each state, and no number in any", () => {
    const states = [undefined, ...sensorStates].map((state) => {
      const [row] = noticingRows(["faces"], ["no-face"], state === undefined ? {} : { faces: state });
      return row?.state ?? "";
    });
    expect(new Set(states).size).toBe(states.length);
    for (const state of states) expect(state).not.toMatch(/\d/);
  });

  it("[A151] says together that it works in part while one is lost; one that is slow, or not in use here, is no trouble", () => {
    const working = Object.fromEntries(sensorNames.map((sensor) => [sensor, "working"] as const));
    expect(noticingSummary(sensorNames, working).words).toBe("works");
    expect(noticingSummary(sensorNames, { ...working, displays: "not-available", faces: "degraded" }).words).toBe(
      "works",
    );
    expect(noticingSummary(sensorNames, { ...working, faces: "lost" }).words).toBe("works in part");
    expect(noticingSummary(["page"], { ...working, faces: "lost" }).words).toBe("works");
  });
});

describe("a notice of the page", () => {
  it("[A152] is shown while it is the latest that was not read; warnings and words of people are not", () => {
    const messages = [said(3, "notice"), said(5, "message"), said(8, "notice"), said(9, "warning")];
    expect(latestNotice(messages, 0)?.seq).toBe(8);
    expect(latestNotice(messages, 5)?.seq).toBe(8);
    expect(latestNotice(messages, 8)).toBeNull();
    expect(latestNotice([], 0)).toBeNull();
  });
});
