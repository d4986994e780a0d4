import { describe, expect, it, test } from "vitest";
import { asWritten, csvHead, csvLine, csvRows, isoMoment } from "#protocol/http/csv.ts";
import { auditColumns } from "#protocol/http/audit.ts";
import { readCsv } from "#protocol/http/csv-rows.ts";
import { ledgerColumns } from "#protocol/http/ledger.ts";
import { memberColumns } from "#protocol/http/member.ts";
import { issuedLinkColumns, registrationColumns } from "#protocol/http/registration.ts";
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

describe("an id in a list", () => {
  const dashed = brand<never>("-Lr8R_9");
  const times = { openedAt: null, closedAt: null, revokedAt: null, notBefore: null, expiresAt: 0, hasBegun: false };
  const customRoles = [{ roleId: dashed, name: "-Keys" }];
  const entry = { at: 0, kind: "key-created", on: { kind: "key", id: dashed }, requestId: null, details: {} } as const;
  const byKey = { kind: "key", id: dashed, memberId: dashed } as const;
  const money = {
    kind: "debit",
    from: "balance",
    to: "attempts",
    amount: 1,
    change: -1,
    balance: -1,
    number: 1,
    at: 0,
  } as const;
  const debit = { ...money, key: "k", attemptId: dashed, reverses: null, reason: null, usage: null };
  const person = { name: "-Lr8R", email: "-a@school.example", registrationId: dashed, attemptId: dashed };
  const noResult = { review: null, points: null, outOf: null, violations: 0 };
  /** Each list with a row whose ids begin like a formula, and what its columns of ids are to say. */
  const lists = {
    members: [
      csvHead(memberColumns) +
        csvRows(memberColumns, [{ ...person, memberId: dashed, state: "active", roles: [], customRoles }]),
      { member_id: dashed, custom_role_ids: dashed },
    ],
    registrations: [
      csvHead(registrationColumns) +
        csvRows(registrationColumns, [
          { ...person, id: dashed, candidateId: dashed, examSessionId: dashed, status: "registered", link: times },
        ]),
      { registration_id: dashed, candidate_id: dashed, attempt_id: dashed, room_id: dashed },
    ],
    "links that were issued": [
      csvHead(issuedLinkColumns) + csvRows(issuedLinkColumns, [{ ...person, ...times, link: "https://exam.example" }]),
      { registration_id: dashed, attempt_id: dashed },
    ],
    results: [
      csvHead(resultColumns) + csvRows(resultColumns, [{ ...person, ...times, ...noResult, status: "registered" }]),
      { attempt_id: dashed },
    ],
    ledger: [csvHead(ledgerColumns) + csvRows(ledgerColumns, [debit]), { attempt: dashed }],
    audit: [
      csvHead(auditColumns) +
        csvRows(auditColumns, [
          { number: 1, entry: { ...entry, who: byKey, from: null }, whoName: "-Lr8R", onName: "-Lr8R" },
        ]),
      { who_id: dashed, by_key: dashed, on_id: dashed },
    ],
  } as const;

  it.each(Object.entries(lists))("[K36] is itself whatever it begins with: %s", (_name, [text, ids]) => {
    const [names = [], cells = []] = text
      .trimEnd()
      .split("\r\n")
      .map((row) => row.split(","));
    const written = Object.fromEntries(names.map((name, at) => [name, cells[at]]));
    expect(written).toMatchObject(ids);
    const named = names.filter((name) => name === "name" || name.endsWith("_name"));
    for (const name of named) expect(written[name], name).toBe("'-Lr8R");
    const read = readCsv(text, []);
    expect("rows" in read ? read.rows[0]?.cells : read).toMatchObject(ids);
  });

  it("[K36] is a text like any other where it has more in it than an id can have", () => {
    const columns = [["id", (id: string) => id, "ids"]] as const;
    const rows = ["-1+cmd|' /C calc'!A0", "=1", "-a;-b", "+a", "-a\n", " -a", "@a"];
    for (const row of rows) expect(csvRows(columns, [row]), row).not.toBe(`${row}\r\n`);
    expect(csvRows(columns, ["-a", "-a -b", "_a"])).toBe("-a\r\n-a -b\r\n_a\r\n");
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
