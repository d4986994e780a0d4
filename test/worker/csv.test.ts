import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { csvLine } from "#protocol/http/csv.ts";
import { mostRows } from "#protocol/http/field.ts";
import { readCsv } from "#protocol/http/csv-rows.ts";
import {
  call,
  jsonOf,
  lin,
  noor,
  olu,
  openSchools,
  problemOf,
  rosa,
  scheduleSitting,
  staffCookie,
} from "#test/support/school.ts";

let admin: { cookie: string };

beforeEach(async () => {
  await openSchools();
  admin = { cookie: await staffCookie(rosa) };
});

/** The rows of a list as CSV, by the names of its columns. */
async function rowsOf(path: string, cookie = admin.cookie): Promise<readonly Readonly<Record<string, string>>[]> {
  const answer = await call("GET", path, { cookie, headers: { accept: "text/csv" } });
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="[a-z-]+\.csv"$/);
  const rows = readCsv(await answer.text(), []);
  if ("kind" in rows) throw new Error(rows.kind);
  return rows.rows.map(({ cells }) => cells);
}

describe("a list", () => {
  it("[K36] is CSV for who asks for it rather than for JSON, and says that it depends on that", async () => {
    const preferences = {
      "text/csv": "text/csv",
      "application/json;q=0.5, text/csv": "text/csv",
      "text/csv;q=0.5, application/json": "application/json",
      "*/*": "application/json",
      "text/html": "application/json",
    };
    for (const [accept, type] of Object.entries(preferences)) {
      const answer = await call("GET", "/v1/members", { ...admin, headers: { accept } });
      expect(answer.headers.get("content-type"), accept).toContain(type);
      expect(answer.headers.get("vary")).toContain("Accept");
    }
  });

  it("[K36] of members has all that the filters let through, and can be sent in again elsewhere", async () => {
    const body = { name: '=HYPERLINK("x")', email: "formula@school.example", roles: ["author"], customRoleIds: [] };
    await call("POST", "/v1/members", { ...admin, body });
    const all = await rowsOf("/v1/members?limit=2");
    expect(all).toHaveLength(7);
    expect(await rowsOf("/v1/members?role=author")).toMatchObject([
      { name: body.name, email: body.email, roles: "author", state: "invited" },
      { name: "noor" },
    ]);
    const answer = await call("GET", "/v1/members?email=formula@school.example", {
      ...admin,
      headers: { accept: "text/csv" },
    });
    const text = await answer.text();
    expect(text).toContain(`"'=HYPERLINK(""x"")"`);
    const { refused } = await jsonOf<{ refused: unknown }>(
      await call("POST", "/v1/members/bulk", { ...admin, headers: { "content-type": "text/csv" }, body: text }),
    );
    expect(refused).toMatchObject([{ row: 1, code: "email-taken" }]);
  });

  it("[K36] of results has every candidate, however many there are", async () => {
    const { sitting } = await scheduleSitting();
    const candidates = Array.from({ length: 1_100 }, (_, at) => ({ name: `Candidate ${at}`, email: null }));
    await call("POST", `/v1/sittings/${sitting.id}/registrations`, { ...admin, body: { candidates } });
    const rows = await rowsOf(`/v1/sittings/${sitting.id}/results?status=registered`);
    expect(new Set(rows.map(({ attempt_id: id }) => id)).size).toBe(1_102);
    expect(rows[0]).toMatchObject({ name: "Ada", status: "registered", violations: "0" });
  });

  it("[K36] [L7] of the audit has who did what, newest first, and only what is asked for", async () => {
    await scheduleSitting();
    const rows = await rowsOf(`/v1/audit?who=${noor.id}`, await staffCookie(olu));
    expect(rows.map(({ what }) => what)).toEqual(["exam-published", "exam-created"]);
    expect(rows[0]).toMatchObject({ who: "member", who_name: "noor", on: "exam", details: '{"version":1}' });
  });

  it("[K36] of the audit has every entry, however many there are", async () => {
    const members = Array.from({ length: mostRows }, (_, at) => {
      return { name: "Emmy", email: `person.${at}@school.example`, roles: ["author"], customRoleIds: [] };
    });
    for (const some of [members.slice(0, 1), members.slice(1), [{ ...members[0], email: "last@school.example" }]]) {
      await call("POST", "/v1/members/bulk", { ...admin, body: { members: some } });
    }
    const rows = await rowsOf("/v1/audit?what=member-invited", await staffCookie(olu));
    expect(new Set(rows.map(({ on_id: id }) => id)).size).toBe(mostRows + 1);
  }, 60_000);

  it("[K36] is for who may read it as JSON, and a refusal is no CSV", async () => {
    const asked = { cookie: await staffCookie(lin), headers: { accept: "text/csv" } };
    for (const path of ["/v1/members", "/v1/audit", "/v1/ledger"]) {
      expect(await problemOf(await call("GET", path, asked))).toMatchObject({ code: "not-allowed" });
    }
  });
});

describe("a CSV that was written here", () => {
  it("[K36] is read as what it was written from, whatever that is", () => {
    const cell = fc
      .string({
        unit: fc.constantFrom("a", "é", ",", ";", '"', "\t", "\n", "'", "=", "@", "-", " ", "🫠"),
        maxLength: 8,
      })
      .map((text) => text.trim());
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), (rows) => {
        const text = csvLine(["one", "other"]) + rows.map((row) => csvLine(row)).join("");
        const read = readCsv(text, ["one", "other"]);
        const known = rows
          .map(([one, other], at) => {
            return { row: at + 1, cells: { ...(one && { one }), ...(other && { other }) }, detail: null };
          })
          .filter(({ cells }) => Object.keys(cells).length > 0);
        expect(read).toEqual({ names: ["one", "other"], rows: known });
      }),
      { numRuns: 500 },
    );
  });
});

describe("a CSV that would take long to read", () => {
  it("is not read where it has many more lines than rows are taken, though nothing stands in them", () => {
    expect(readCsv(`name\nAda${"\n".repeat(9_000)}`, ["name"])).toMatchObject({ rows: [{ row: 1 }] });
    for (const lineBreak of ["\n", "\r\n", "\r"]) {
      expect(readCsv(`name${lineBreak}"Ada"${lineBreak.repeat(500_000)}`, ["name"])).toEqual({ kind: "too-many" });
    }
  });

  it("is not read where 1,000 blanks follow each other, or what a program takes for some", () => {
    const refused = { kind: "long-blank" };
    for (const blank of [" ", "\t", "\u00A0", " \t", "\r"]) {
      expect(readCsv(`name,email\n"${'a"'.repeat(100_000)}a${blank.repeat(100_000)},`, ["name"])).toEqual(refused);
    }
    expect(readCsv(`name,email\r"a"a${"\n".repeat(1_000)},`, ["name"])).toEqual(refused);
    expect(readCsv(`name,email\n"Ada"${" ".repeat(999)},`, ["name"])).toMatchObject({
      rows: [{ cells: { name: "Ada" } }],
    });
  });
});
