import { DatabaseSync } from "node:sqlite";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as v from "valibot";
import { draftFaults } from "#domain/exam/draft-fault.ts";
import { examDraftSchema } from "#protocol/http/exam.ts";
import { demoExam } from "#tools/seed/demo-exam.ts";
import { demoMembers, demoSql } from "#tools/seed/demo-members.ts";

const items = demoExam.sections.flatMap((section) => section.items);
const hashes = new Map(demoMembers.map(({ id }) => [id, "o'hash"]));

describe("the demo exam", () => {
  it("can be published, and has at least 12 items over all four kinds", () => {
    expect(v.parse(examDraftSchema, demoExam)).toEqual(demoExam);
    expect(draftFaults(demoExam)).toEqual([]);
    expect(items.length).toBeGreaterThanOrEqual(12);
    expect(new Set(items.map(({ kind }) => kind)).size).toBe(4);
    expect(demoExam.instructions).toContain(`${items.length} questions`);
  });
});

describe("the demo's staff", () => {
  it("have passwords that would be taken, and every role that the demo needs", () => {
    for (const { password } of demoMembers) expect(password.length).toBeGreaterThanOrEqual(12);
    const roles: readonly string[] = demoMembers.flatMap((member) => [...member.roles]);
    expect(roles.filter((role) => role === "proctor")).toHaveLength(2);
    expect(roles).toEqual(expect.arrayContaining(["admin", "author", "reviewer"]));
  });

  it("are added by SQL that the real tables take, once and again", () => {
    const database = new DatabaseSync(":memory:");
    const migrations = join(import.meta.dirname, "../../../migrations");
    for (const file of readdirSync(migrations)
      .filter((name) => name.endsWith(".sql"))
      .toSorted()) {
      database.exec(readFileSync(join(migrations, file), "utf8"));
    }
    database.exec(demoSql("shared", hashes, 1));
    database.exec(demoSql("shared", hashes, 2));
    const rows = database.prepare("select id, password_hash, created_at from members order by id").all();
    expect(rows.map((row) => ({ ...row }))).toEqual(
      demoMembers
        .map(({ id }) => ({ id, password_hash: "o'hash", created_at: 1 }))
        .toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    );
    // With what they may spend, and its entry in the audit.
    const credits = database.prepare("select number, key, change from ledger_entries").all();
    expect(credits.map((row) => ({ ...row }))).toEqual([{ number: 1, key: "credit:demo", change: 500_000 }]);
    const audited = database.prepare("select seq, source, entry ->> '$.kind' as kind from audit_entries").all();
    expect(audited.map((row) => ({ ...row }))).toEqual([
      { seq: 1, source: "ledger:credit:demo", kind: "credits-given" },
    ]);
  });
});
