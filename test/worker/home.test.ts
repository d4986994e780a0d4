import { beforeEach, describe, expect, it } from "vitest";
import type { Exam } from "#protocol/http/exam.ts";
import {
  call,
  draft,
  emailOf,
  env,
  jsonOf,
  marek,
  noor,
  openSchools,
  password,
  staffCookie,
} from "#test/support/school.ts";

beforeEach(openSchools);

async function idsIn(database: D1Database, sql: string): Promise<readonly string[]> {
  const { results } = await database.prepare(sql).all<{ id: string }>();
  return results.map(({ id }) => id);
}

describe("an institution's home", () => {
  it("[K3] has its rows, and no other database has any", async () => {
    const made = await Promise.all(
      [marek, noor].map(async (who) => {
        const answer = await call("POST", "/v1/exams", { cookie: await staffCookie(who), body: draft });
        return (await jsonOf<Exam>(answer)).id;
      }),
    );
    expect(await idsIn(env.DB_EU, "select id from exams")).toEqual([made[0]]);
    expect(await idsIn(env.DB, "select id from exams")).toEqual([made[1]]);
    expect(await idsIn(env.DB_EU, "select distinct tenant_id as id from audit_entries")).toEqual([marek.tenantId]);
    expect(await idsIn(env.DB, "select distinct tenant_id as id from audit_entries")).toEqual([noor.tenantId]);
  });

  it("[K3] is found by those who sign in, wherever it is", async () => {
    const body = { email: emailOf(marek), password };
    const answer = await call("POST", "/v1/sign-in", { body });
    expect(await jsonOf(answer)).toMatchObject({ tenantId: marek.tenantId, tenantName: "School of the East" });
  });

  it("[K3] never changes", async () => {
    await expect(env.DB.prepare("update tenants set home = 'shared' where id = 'east'").run()).rejects.toThrow("moves");
    const again = "insert or replace into tenants (id, name, home, created_at) values ('east', 'x', 'shared', 0)";
    await expect(env.DB.prepare(again).run()).rejects.toThrow("moves");
    await env.DB.prepare("update tenants set name = 'Eastern School', home = 'eu' where id = 'east'").run();
  });
});
