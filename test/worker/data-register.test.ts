import { env as bindings, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { expect, it } from "vitest";
import { identityCaptures } from "#domain/integrity/policy.ts";
import { columnRegister } from "#worker/database/data-register.ts";
import type { DeclaredColumns } from "#worker/database/declared.ts";
import { durableTables, objectRegister } from "#worker/database/object-register.ts";
import { tellLog } from "#worker/audit/tell-log.ts";
import { examSession } from "#worker/exam-sessions.ts";
import type { Stub } from "#test/support/session-room.ts";
import { env, openSchools, rosa, scheduleSitting } from "#test/support/school.ts";
import { sitAndEnd } from "./ended-exam.ts";

function listed(register: readonly DeclaredColumns[]): readonly string[] {
  return register.flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`)).toSorted();
}

/** What nobody but the platform and its migrations write. */
const isOurs = (name: string) => !/^(_cf|sqlite)_|^d1_migrations$/.test(name);

it("[D12] every column of both databases is declared once, and no other", async () => {
  for (const database of [env.DB, env.DB_EU]) {
    const tables = await database
      .prepare("select name from sqlite_master where type = 'table'")
      .all<{ name: string }>();
    const columns: string[] = [];
    for (const { name } of tables.results.filter((table) => isOurs(table.name))) {
      // With the columns that are generated.
      const { results } = await database.prepare(`pragma table_xinfo(${name})`).all<{ name: string }>();
      columns.push(...results.map((column) => `${name}.${column.name}`));
    }
    expect(listed(columnRegister)).toEqual(columns.toSorted());
  }
});

it("[D12] every column of the Durable Objects is declared once, and every object in the buckets", async () => {
  await openSchools();
  const scheduled = await scheduleSitting();
  await sitAndEnd(scheduled, 0, 1);
  const log = bindings.TRANSPARENCY_LOGS.get(bindings.TRANSPARENCY_LOGS.idFromName("north"));
  await tellLog(env, rosa.tenantId);
  while (await runDurableObjectAlarm(log));
  const session = examSession(env, scheduled.sitting.examSessionId) as Stub;
  for (const [stub, register] of [
    [session, durableTables["exam-session"]!],
    [log, durableTables["transparency-log"]!],
  ] as const) {
    const columns = await runInDurableObject(stub, (_instance, { storage: { sql } }) =>
      sql
        .exec<{ name: string }>("select name from sqlite_master where type = 'table'")
        .toArray()
        .filter(({ name }) => isOurs(name))
        .flatMap(({ name }) =>
          sql
            .exec<{ name: string }>(`pragma table_xinfo(${name})`)
            .toArray()
            .map((column) => `${name}.${column.name}`),
        ),
    );
    expect(listed(register)).toEqual(columns.toSorted());
  }
  for (const [bucket, r2] of [
    ["RECORDINGS", env.RECORDINGS],
    ["LOGS", env.LOGS],
  ] as const) {
    const { objects } = await r2.list();
    expect(objects.length).toBeGreaterThan(2);
    for (const { key } of objects) {
      const found = objectRegister.filter((each) => each.bucket === bucket && each.name.test(key));
      expect(
        found.map(({ written }) => written),
        key,
      ).toHaveLength(1);
    }
  }
  const identity = objectRegister.find(({ kept, isPersonal }) => kept === "identity" && isPersonal)!;
  for (const capture of identityCaptures) {
    expect(`north/ada/identity/${capture}/${"0".repeat(64)}`).toMatch(identity.name);
  }
});
