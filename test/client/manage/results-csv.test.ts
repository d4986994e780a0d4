import { expect, test } from "vitest";
import { resultsCsv } from "#client/manage/results-csv.ts";
import { brand, type AttemptId } from "#domain/exam/ids.ts";
import type { Result } from "#protocol/http/sitting.ts";

function rowOf(review: Result["review"], points: number | null): string {
  const attemptId = brand<AttemptId>("attempt-ada");
  const times = { openedAt: 0, closedAt: 1_000 };
  const csv = resultsCsv([
    { attemptId, name: "Ada", status: "handed-in", ...times, points, outOf: 10, review, violations: 1 },
  ]);
  return csv.split("\r\n")[1] ?? "";
}

test("[A136] a list of marks has a number where it is to be used, and none where it is held or was voided", () => {
  const end = "1,1970-01-01T00:00:00.000Z,1970-01-01T00:00:01.000Z,attempt-ada";
  expect(rowOf(null, 8)).toBe(`Ada,handed-in,,8,10,80,${end}`);
  expect(rowOf("stands", 8)).toBe(`Ada,handed-in,stands,8,10,80,${end}`);
  expect(rowOf("held", 8)).toBe(`Ada,handed-in,held,,10,,${end}`);
  expect(rowOf("voided", null)).toBe(`Ada,handed-in,voided,,10,,${end}`);
});
