import { describe, expect, it } from "vitest";
import type { MemberId } from "#domain/exam/ids.ts";
import { brand } from "#domain/exam/ids.ts";
import { detailsOf, subjectOf, whoWords } from "#client/manage/audit-words.ts";
import type { AuditEntry } from "#protocol/audit.ts";

const entry: AuditEntry = {
  at: 0,
  kind: "exam-published",
  who: { kind: "member", id: brand<MemberId>("m1") },
  on: { kind: "exam", id: "e1" },
  from: null,
  requestId: null,
  details: { version: 2, whole: "m1 m2", reason: null },
};

describe("an audit entry in words", () => {
  it("names people and things as they are called today, and by their ids where they are gone", () => {
    expect(whoWords(entry, "Rosa")).toBe("Rosa");
    expect(whoWords(entry, null)).toBe("A former member (m1)");
    expect(whoWords({ ...entry, who: { kind: "system" } }, null)).toBe("The system");
    expect(subjectOf(entry, "First aid")).toBe("Exam First aid");
    expect(subjectOf(entry, null)).toBe("Exam e1");
    expect(subjectOf({ ...entry, on: null }, null)).toBe("");
  });

  it("has the numbers and codes that say something to a person", () => {
    expect(detailsOf(entry)).toBe("version 2");
    expect(detailsOf({ ...entry, details: { points: 1, outOf: 3 } })).toBe("points 1, out of 3");
    expect(detailsOf({ ...entry, details: { candidates: 6, rooms: 0 } })).toBe("candidates 6");
    expect(detailsOf({ ...entry, details: { candidates: 400, rooms: 2 } })).toBe("candidates 400, new rooms 2");
    expect(detailsOf({ ...entry, details: { whole: "m1", rooms: "r1:m2" } })).toBe("");
    expect(detailsOf({ ...entry, details: { isDemanded: true, providerAnswers: false } })).toBe(
      "demanded yes, their own sign-in sees to it no",
    );
    expect(detailsOf({ ...entry, details: { change: 500_000 } })).toBe("+500 credits");
  });
});
