import { expect, test } from "vitest";
import { announcementOf } from "#client/proctor/announced-events.ts";
import { responses } from "#domain/integrity/policy.ts";
import { nine } from "#test/domain/attempt/given.ts";
import { ada, lin } from "#test/domain/attempt/people.ts";
import { entryAt } from "./tiles.ts";

test("[I16] a violation is said aloud where the policy asks for more than the log, however grave it is", () => {
  const said = responses.filter((response) => {
    const seen = { kind: "no-face", severity: "low", reason: "Away", from: nine, notedAt: nine } as const;
    const violation = { ...seen, confidence: 1, response };
    return announcementOf(entryAt(1, { type: "violationNoted", violation })) === "Ada: Away";
  });
  expect(said).toEqual(["warn", "notify-proctor", "pause", "hand-in"]);
  const old = { kind: "no-face", severity: "critical", reason: "Away", from: nine, notedAt: nine } as const;
  const violation = { ...old, confidence: null };
  expect(announcementOf(entryAt(1, { type: "violationNoted", violation }))).toBeNull();
});

test("a candidate's word is said aloud, and a proctor's own is not", () => {
  const entry = entryAt(1, { type: "messageSent", text: "May I drink?" });
  expect(announcementOf({ ...entry, by: ada.actor })).toBe("Ada writes: May I drink?");
  expect(announcementOf({ ...entry, by: lin.actor })).toBeNull();
});

test("somebody at the door is said aloud, and what else happens is not", () => {
  expect(announcementOf(entryAt(1, { type: "admissionRequested" }))).toBe("Ada: Asked to be let in.");
  expect(announcementOf(entryAt(1, { type: "resumed" }))).toBeNull();
});

test("another computer that asks or takes over is said aloud, and a new link that was used is not", () => {
  const browser = "another-browser-of-ada";
  expect(announcementOf(entryAt(1, { type: "takeOverAsked", browser }))).toMatch(/^Ada: Asked to go on/);
  expect(announcementOf(entryAt(1, { type: "browserBound", browser, how: "taken-over" }))).toMatch(/^Ada: Went on/);
  expect(announcementOf(entryAt(1, { type: "browserBound", browser }))).toBeNull();
});
