import { env as bindings, runDurableObjectAlarm } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { decodeBase64, decodeBase64Url, encodeBase64 } from "#domain/evidence/base64.ts";
import { saltedLeaf } from "#domain/evidence/salted-leaf.ts";
import { type HandedOutEntry, verifyLog } from "#domain/evidence/verify-log.ts";
import { dayMs } from "#domain/retention/period.ts";
import type { AuditEntry } from "#protocol/audit.ts";
import type { AuditList, AuditProof, ExportLine } from "#protocol/http/audit.ts";
import type { RetentionPreview, RetentionRun } from "#protocol/http/retention.ts";
import { tellLog } from "#worker/audit/tell-log.ts";
import { sha256 } from "#worker/sha256.ts";
import {
  call,
  env,
  jsonOf,
  olu,
  openSchools,
  rosa,
  type Scheduled,
  scheduleSitting,
  staffCookie,
} from "#test/support/school.ts";
import { verifyEd25519 } from "#test/support/signed-receipt.ts";

let scheduled: Scheduled;
let keeper: { readonly cookie: string };

beforeEach(async () => {
  await openSchools();
  scheduled = await scheduleSitting();
  keeper = { cookie: await staffCookie(rosa) };
});

async function run(): Promise<RetentionRun> {
  return jsonOf(await call("POST", "/v1/retention/runs", keeper));
}

async function preview(): Promise<RetentionPreview> {
  return jsonOf(await call("GET", "/v1/retention/preview", keeper));
}

async function deletions(): Promise<readonly AuditEntry[]> {
  const { results } = await env.DB.prepare(
    "select entry from audit_entries where kind = 'retention-deleted' order by seq",
  ).all<{ entry: string }>();
  return results.map(({ entry }) => JSON.parse(entry) as AuditEntry);
}

async function publishedKeys() {
  const { keys } = await jsonOf<{ keys: { x: string; kid: string }[] }>(await call("GET", "/.well-known/jwks.json"));
  return keys.map(({ x, kid }) => ({ label: kid, publicKey: decodeBase64Url(x) ?? new Uint8Array() }));
}

async function holdSitting(): Promise<void> {
  const body = { on: { kind: "sitting", id: scheduled.sitting.id }, reason: "A court asked for it" };
  await call("POST", "/v1/holds", { ...keeper, body });
}

async function settle(): Promise<void> {
  const stub = bindings.TRANSPARENCY_LOGS.get(bindings.TRANSPARENCY_LOGS.idFromName("north"));
  await tellLog(env, rosa.tenantId);
  while (await runDurableObjectAlarm(stub));
}

/** The exported log, and what `npm run verify -- log` makes of it. */
async function verified() {
  const response = await call("GET", "/v1/audit/export", { cookie: await staffCookie(olu) });
  const lines = (await response.text())
    .trimEnd()
    .split("\n")
    .map((text) => JSON.parse(text) as ExportLine);
  const [head] = lines;
  if (head === undefined || !("format" in head)) throw new Error("the export has no head");
  const entries = lines.flatMap((line): readonly HandedOutEntry[] => {
    if ("salt" in line) return [line];
    return "leaf" in line ? [{ number: line.number, leaf: decodeBase64(line.leaf)! }] : [];
  });
  const tiles = lines.flatMap((line) =>
    "tile" in line ? [{ path: line.tile, bytes: decodeBase64(line.bytes)! }] : [],
  );
  return verifyLog({ ...head, entries, tiles, since: null }, await publishedKeys(), { sha256, verifyEd25519 });
}

describe("entries of the audit", () => {
  /** Entries that are years old, signed, and then one of today. */
  async function enterOld(count: number): Promise<void> {
    const at = Date.now() - 5 * 365 * dayMs;
    await env.DB.prepare(
      `with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${count})
       insert into audit_entries (tenant_id, seq, source, salt, entry)
       select 'north', seq + n, null, 'salt ' || n,
         json_object('at', ${at} + n, 'kind', 'exam-changed', 'who', json_object('kind', 'system'),
           'on', json_object('kind', 'exam', 'id', 'exam-' || n), 'from', '192.0.2.7', 'requestId', null, 'details', json_object())
       from numbers, (select max(seq) as seq from audit_entries where tenant_id = 'north')`,
    ).run();
    await settle();
  }

  /** One of a candidate's attempt, as old. */
  async function enterOldOfAda(): Promise<string> {
    const ada = scheduled.links[0]!.attemptId;
    const at = Date.now() - 5 * 365 * dayMs;
    const entry = JSON.stringify({ at, kind: "paused", who: { kind: "system" }, on: { kind: "attempt", id: ada } });
    const insert = `insert into audit_entries (tenant_id, seq, salt, entry)
      select 'north', max(seq) + 1, 's', ? from audit_entries where tenant_id = 'north'`;
    await env.DB.prepare(insert).bind(entry).run();
    return entry;
  }

  it("[D7] are erased to their leaves; the log goes on, and proofs and the export still verify", async () => {
    await enterOld(40);
    const before = await verified();
    expect(before).toMatchObject({ fits: true, erased: 0 });
    expect(await run()).toMatchObject({ deleted: 40 });
    await settle();
    expect(await verified()).toMatchObject({ fits: true, erased: 40 });
    const text = JSON.stringify((await env.DB.prepare("select * from audit_entries").all()).results);
    expect(text).not.toContain("192.0.2.7");
    const { entries } = await jsonOf<AuditList>(
      await call("GET", "/v1/audit?what=exam-changed", { cookie: await staffCookie(olu) }),
    );
    expect(entries).toEqual([]);
    const [said] = await deletions();
    const { from = 0 } = said?.details ?? {};
    const proof = await jsonOf<AuditProof>(
      await call("GET", `/v1/audit/${Number(from)}/proof`, { cookie: await staffCookie(olu) }),
    );
    expect(proof).toMatchObject({ salt: null, entry: null, leaf: expect.stringMatching(/^.{44}$/) });
    expect(await run()).toMatchObject({ deleted: 0 });
  });

  it("[D7] that lose their text without an entry that says so are named", async () => {
    await enterOld(3);
    const leaf = "A".repeat(43) + "=";
    const erase = "update audit_entries set leaf = ?, salt = '', entry = '{}', source = null where seq = 2";
    await env.DB.prepare(erase).bind(leaf).run();
    expect(await verified()).toMatchObject({ fits: false, fault: { kind: "entry-changed", number: 2 } });
  });

  it("[D7] change in no other way, and not twice", async () => {
    await enterOld(3);
    const leaf = `'${"A".repeat(43)}='`;
    for (const change of [
      "entry = '{}', salt = '', source = null",
      "entry = '{}'",
      "salt = ''",
      `leaf = ${leaf}`,
      `leaf = ${leaf}, salt = '', entry = '{"at":1}', source = null`,
      `leaf = 'short', salt = '', entry = '{}', source = null`,
      `leaf = ${leaf}, salt = '', entry = '{}', source = null, seq = 99`,
    ]) {
      await expect(env.DB.prepare(`update audit_entries set ${change} where seq = 2`).run(), change).rejects.toThrow(
        "never changes",
      );
    }
    const erase = `update audit_entries set leaf = ${leaf}, salt = '', entry = '{}', source = null where seq = 2`;
    await env.DB.prepare(erase).run();
    await expect(env.DB.prepare(erase).run()).rejects.toThrow("never changes");
  });

  it("[D8] about what is held are kept", async () => {
    await enterOld(2);
    await enterOldOfAda();
    await holdSitting();
    expect((await preview()).classes.at(-1)).toMatchObject({ of: "audit", due: 2, held: 1 });
    await run();
    const left = await env.DB.prepare("select count(*) as n from audit_entries where kind = 'paused'").first("n");
    expect(left).toBe(1);
  });

  it("[D15] are said to be erased stretch by stretch, so that what is kept between them is in no stretch", async () => {
    await enterOld(2);
    const entry = await enterOldOfAda();
    await enterOld(3);
    const kept = await env.DB.prepare("select seq from audit_entries where kind = 'paused'").first<number>("seq");
    await holdSitting();
    await run();
    await settle();
    expect((await deletions()).map(({ details }) => details)).toEqual([
      { class: "audit", rule: "period", entries: 2, from: kept! - 2, to: kept! - 1 },
      { class: "audit", rule: "period", entries: 3, from: kept! + 1, to: kept! + 3 },
    ]);
    expect(await verified()).toMatchObject({ fits: true, erased: 5, erasedByCount: 0 });

    const salt = await env.DB.prepare("select salt from audit_entries where seq = ?").bind(kept).first<string>("salt");
    await env.DB.prepare("update audit_entries set leaf = ?, salt = '', entry = '{}', source = null where seq = ?")
      .bind(encodeBase64(saltedLeaf(salt!, entry, sha256)), kept)
      .run();
    expect(await verified()).toMatchObject({ fits: false, fault: { kind: "gone-unsaid", number: kept } });
  });
});
