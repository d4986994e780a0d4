import { describe, expect, it, test } from "vitest";
import { asWritten, csvHead, csvLine, csvRows, isoMoment } from "#protocol/http/csv.ts";
import { resultColumns, type Result } from "#protocol/http/sitting.ts";
import { brand, type AttemptId } from "#domain/exam/ids.ts";

describe("a CSV", () => {
  it("has cells in quotes where some program would end them, and nothing for what is not known", () => {
    expect(csvLine(['Ada "A" Lovelace, Lady', 9.5, null])).toBe('"Ada ""A"" Lovelace, Lady",9.5,\r\n');
    expect(csvLine(["Grace\nHopper", "a;b", " c", false])).toBe('"Grace\nHopper","a;b"," c",false\r\n');
  });

  it("names its columns in the first row", () => {
    const columns = [
      ["name", ({ name }: { name: string }) => name],
      ["length", ({ name }: { name: string }) => name.length],
    ] as const;
    expect(csvHead(columns) + csvRows(columns, [{ name: "Ada" }])).toBe("name,length\r\nAda,3\r\n");
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＠SUM(A1)"])(
    "[K36] has a name that begins like a formula as text: %s",
    (name) => expect(csvLine([name])).toMatch(/^"?'/),
  );

  it.each([
    ["x;=1", "x;'=1"],
    ["x;y\t@SUM(A1);-1", "x;y\t'@SUM(A1);'-1"],
    ["x\r\n=1", "x\r\n'=1"],
    ["x; ＝1", "x;' ＝1"],
    ["x;'=1", "x;''=1"],
    ["=1;=1", "'=1;'=1"],
    ["x;y", "x;y"],
    ["\t=1", "'\t'=1"],
  ])("[K36] has nothing begin like a formula where another spreadsheet would part the cell: %j", (cell, written) => {
    expect(csvLine(["Ada", cell])).toBe(`Ada,"${written}"\r\n`);
    expect(asWritten(written)).toBe(cell);
  });

  it("[K36] has nothing begin like a formula where that spreadsheet drops a quote before it", () => {
    expect(csvLine(['x;"=1;'])).toBe(`"x;'""=1;"\r\n`);
  });

  it("[K36] has a negative number as a number: it is no formula", () => {
    expect(csvLine([-1])).toBe("-1\r\n");
  });

  it("has moments in UTC", () => {
    expect([isoMoment(0), isoMoment(null)]).toEqual(["1970-01-01T00:00:00.000Z", null]);
  });
});

function rowOf(review: Result["review"], points: number | null): string {
  const attemptId = brand<AttemptId>("attempt-ada");
  const times = { openedAt: 0, closedAt: 1_000 };
  const result = { attemptId, name: "Ada", status: "handed-in", ...times, points, outOf: 10, review, violations: 1 };
  return csvRows(resultColumns, [result]).trimEnd();
}

test("[A136] a list of marks has a number where it is to be used, and none where it is held or was voided", () => {
  const end = "1,1970-01-01T00:00:00.000Z,1970-01-01T00:00:01.000Z,attempt-ada";
  expect(rowOf(null, 8)).toBe(`Ada,handed-in,,8,10,80,${end}`);
  expect(rowOf("stands", 8)).toBe(`Ada,handed-in,stands,8,10,80,${end}`);
  expect(rowOf("held", 8)).toBe(`Ada,handed-in,held,,10,,${end}`);
  expect(rowOf("voided", null)).toBe(`Ada,handed-in,voided,,10,,${end}`);
});
