import { createPublicKey, verify } from "node:crypto";
import { env, evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parseCheckpoint } from "#domain/evidence/checkpoint.ts";
import { append, emptyFrontier, leafHash, rootOf } from "#domain/evidence/merkle.ts";
import { saltedLeaf } from "#domain/evidence/salted-leaf.ts";
import { parseNote } from "#domain/evidence/signed-note.ts";
import { encodeUtf8 } from "#domain/evidence/utf8.ts";
import { brand, type TenantId } from "#domain/exam/ids.ts";
import { checkpointSigner } from "#durable-objects/exam-session/env.ts";
import { createLogStore } from "#durable-objects/transparency-log/log-store.ts";
import { HistoryChanged, step } from "#durable-objects/transparency-log/sequencer.ts";
import type { AuditTrailRpc } from "#protocol/transparency-log.ts";
import { tellLog } from "#worker/audit/tell-log.ts";
import { sha256 } from "#worker/sha256.ts";
import { call, draft, noor, openSchools, staffCookie } from "#test/support/school.ts";

const north = brand<TenantId>("north");
const south = brand<TenantId>("south");

beforeEach(openSchools);
afterEach(() => void vi.restoreAllMocks());

/** Writes entries as the Worker does, without a Worker. */
async function enter(count: number, tenantId: TenantId = north): Promise<void> {
  await env.DB.prepare(
    `with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ?2)
     insert into audit_entries (tenant_id, seq, salt, entry)
     select ?1, (select coalesce(max(seq), 0) from audit_entries where tenant_id = ?1) + n, 'salt ' || n, '{"at":' || n || '}'
     from numbers`,
  )
    .bind(tenantId, count)
    .run();
}

function logOf(tenantId: TenantId) {
  return env.TRANSPARENCY_LOGS.get(env.TRANSPARENCY_LOGS.idFromName(tenantId));
}

/** Lets the log do all that it is told of, as the alarm would in time. */
async function settle(tenantId: TenantId = north): Promise<void> {
  await tellLog(env, tenantId);
  while (await runDurableObjectAlarm(logOf(tenantId)));
}

async function logId(tenantId: TenantId = north): Promise<string> {
  const row = env.DB.prepare("select log_id from transparency_logs where tenant_id = ?").bind(tenantId);
  return (await row.first<string>("log_id")) ?? "none";
}

/** The root that the audit as it is in the database has at this size. */
async function rootAt(size: number, tenantId: TenantId = north): Promise<Uint8Array> {
  const rows = env.DB.prepare("select salt, entry from audit_entries where tenant_id = ? order by seq limit ?");
  const { results } = await rows.bind(tenantId, size).all<{ salt: string; entry: string }>();
  const hashes = results.map(({ salt, entry }) => leafHash(saltedLeaf(salt, entry, sha256), sha256));
  return rootOf(
    hashes.reduce((tree, hash) => append(tree, hash, sha256), emptyFrontier),
    sha256,
  );
}

/** The published checkpoint, its signature verified. */
async function published(tenantId: TenantId = north) {
  const response = await call("GET", `/v1/logs/${await logId(tenantId)}/checkpoint`);
  if (response.status === 404) return null;
  const note = parseNote(await response.text());
  const checkpoint = note === null ? null : parseCheckpoint(note.body);
  if (note === null || checkpoint === null) throw new Error("no checkpoint is published, but something else");
  const { d: _, ...jwk } = JSON.parse(env.CHECKPOINT_SIGNING_KEY ?? "{}");
  const key = createPublicKey({ key: jwk, format: "jwk" });
  expect(verify(null, encodeUtf8(note.body), key, note.signatures[0]!.signature)).toBe(true);
  return checkpoint;
}

async function tile(path: string, tenantId: TenantId = north): Promise<Uint8Array | number> {
  const response = await call("GET", `/v1/logs/${await logId(tenantId)}/tile/${path}`);
  return response.ok ? new Uint8Array(await response.arrayBuffer()) : response.status;
}

type Failing = { readonly puts?: number; readonly trail?: AuditTrailRpc };

/** One step of the log with a bucket that breaks after so many files, or another trail. */
function stepWith({ puts = Number.POSITIVE_INFINITY, trail }: Failing): Promise<boolean> {
  return runInDurableObject(logOf(north), async (instance, { storage }) => {
    createLogStore(storage).belongTo(north);
    let left = puts;
    const bucket: Pick<R2Bucket, "put"> = {
      put: ((...put: Parameters<R2Bucket["put"]>) => {
        left -= 1;
        if (left < 0) throw new Error("R2 is away");
        return env.LOGS.put(...put);
      }) as R2Bucket["put"],
    };
    const { AUDIT_TRAIL } = (instance as unknown as { env: { AUDIT_TRAIL: AuditTrailRpc } }).env;
    const signer = checkpointSigner(env as Parameters<typeof checkpointSigner>[0]);
    return step({ storage, store: createLogStore(storage), trail: trail ?? AUDIT_TRAIL, bucket, signer });
  });
}

describe("the transparency log", () => {
  it("[L10] signs the tree of the entries, under a name that does not say whose it is", async () => {
    await enter(3);
    await settle();
    const checkpoint = await published();
    expect(checkpoint).toEqual({
      origin: `invigil.test/v1/logs/${await logId()}`,
      size: 3,
      root: await rootAt(3),
      extensions: [],
    });
    expect(checkpoint?.origin).not.toContain("north");
  });

  it("[L11] is told of by an act, signs within seconds by itself, and then has no alarm", async () => {
    await call("POST", "/v1/exams", { cookie: await staffCookie(noor), body: draft });
    expect(await published()).toBeNull();
    await vi.waitFor(async () => expect((await published())?.size).toBe(1), { timeout: 8_000, interval: 100 });
    await vi.waitFor(
      async () => {
        const alarm = await runInDurableObject(logOf(north), (_instance, { storage }) => storage.getAlarm());
        expect(alarm).toBeNull();
      },
      { timeout: 8_000, interval: 100 },
    );
  });

  it("[L16] takes every entry in once, in order, over steps and full tiles, and each size signed is of that order", async () => {
    await enter(2_300);
    await tellLog(env, north);
    const sizes: number[] = [];
    while (await runDurableObjectAlarm(logOf(north))) {
      const checkpoint = await published();
      sizes.push(checkpoint?.size ?? 0);
      expect(checkpoint?.root).toEqual(await rootAt(checkpoint?.size ?? 0));
    }
    expect(sizes.at(-1)).toBe(2_300);
    await enter(1);
    await settle();
    await settle();
    expect(await published()).toMatchObject({ size: 2_301, root: await rootAt(2_301) });
  });

  it("[L12] [L13] [L16] goes on where it was when it ends in the middle, after whichever file, and signs no size twice", async () => {
    for (let puts = 0; puts < 6; puts += 1) {
      // Two tiles and two bundles, the tile above them, and the checkpoint.
      await enter(258);
      const before = await published();
      const failed = await stepWith({ puts }).then(
        () => false,
        () => true,
      );
      expect(failed, `after ${puts} files`).toBe(true);
      // What is published still speaks of what is there alone.
      expect(await published()).toEqual(before);
      await evictDurableObject(logOf(north));
      // What came meanwhile must not get into the tree that was signed already.
      await enter(1);
      await stepWith({});
      const after = await published();
      expect(after).toMatchObject({ root: await rootAt(after?.size ?? 0) });
      await stepWith({});
    }
    expect(await published()).toMatchObject({ size: 6 * 259, root: await rootAt(6 * 259) });
    const notes = await runInDurableObject(logOf(north), (_instance, { storage }) =>
      storage.sql.exec("SELECT count(*) AS n FROM outgoing").one(),
    );
    expect(notes).toEqual({ n: 0 });
  });

  it("[L12] publishes the very checkpoint that it had signed before it ended, though more entries wait", async () => {
    await enter(2);
    await expect(stepWith({ puts: 0 })).rejects.toThrow("R2 is away");
    const signed = await runInDurableObject(logOf(north), (_instance, { storage }) =>
      storage.sql.exec<{ bytes: ArrayBuffer }>("SELECT bytes FROM outgoing WHERE path = 'checkpoint'").one(),
    );
    await enter(2);
    await evictDurableObject(logOf(north));
    // As far as the file that follows it, which is the first of the next step.
    await expect(stepWith({ puts: 3 })).rejects.toThrow("R2 is away");
    const stored = await env.LOGS.get(`logs/${await logId()}/checkpoint`);
    expect(await stored?.text()).toBe(new TextDecoder().decode(signed.bytes));
  });

  it("[L16] waits while the database is away, and takes in all of it afterwards", async () => {
    await enter(2);
    await settle();
    await enter(2);
    await env.DB.exec("ALTER TABLE audit_entries RENAME TO audit_away");
    const said = vi.spyOn(console, "error").mockReturnValue();
    await tellLog(env, north);
    await runDurableObjectAlarm(logOf(north));
    expect(said).toHaveBeenCalled();
    expect(await published()).toMatchObject({ size: 2 });
    await env.DB.exec("ALTER TABLE audit_away RENAME TO audit_entries");
    // Nobody does anything any more: the alarm comes by itself, after the wait that follows a failure.
    await vi.waitFor(async () => expect((await published())?.size).toBe(4), { timeout: 10_000, interval: 100 });
    expect(await published()).toMatchObject({ root: await rootAt(4) });
  });

  it("[L14] signs nothing on top of a past that is another one, or shorter", async () => {
    await enter(3);
    await settle();
    const before = await published();
    await env.DB.exec("DROP TRIGGER audit_entries_never_change; DROP TRIGGER audit_entries_never_go");
    await env.DB.exec("UPDATE audit_entries SET entry = '{}' WHERE seq = 3");
    await enter(1);
    await expect(stepWith({})).rejects.toThrow(HistoryChanged);
    await env.DB.exec("DELETE FROM audit_entries WHERE seq > 2");
    await expect(stepWith({})).rejects.toThrow(HistoryChanged);
    expect(await published()).toEqual(before);
  });

  it("[L1] [L16] has both of two acts at one moment, in the order of their numbers", async () => {
    const cookie = await staffCookie(noor);
    await Promise.all(Array.from({ length: 6 }, () => call("POST", "/v1/exams", { cookie, body: draft })));
    await settle();
    expect(await published()).toMatchObject({ size: 6, root: await rootAt(6) });
  });

  it("[L17] of one institution knows nothing of another's, and never becomes another's", async () => {
    await enter(2);
    await enter(5, south);
    await settle();
    await settle(south);
    expect(await published()).toMatchObject({ size: 2, root: await rootAt(2) });
    expect(await published(south)).toMatchObject({ size: 5, root: await rootAt(5, south) });
    expect(await logId()).not.toBe(await logId(south));
    await expect(
      runInDurableObject(logOf(north), (_instance, { storage }) => createLogStore(storage).belongTo(south)),
    ).rejects.toThrow("one institution");
  });
});

describe("what anybody may read of a log", () => {
  it("[L15] is its checkpoint and its tiles, each as wide as asked and no wider than it is", async () => {
    await enter(300);
    await settle();
    const whole = await tile("0/000");
    expect(whole).toHaveLength(256 * 32);
    expect(await tile("0/001.p/44")).toHaveLength(44 * 32);
    expect(await tile("0/001.p/40")).toEqual(((await tile("0/001.p/44")) as Uint8Array).slice(0, 40 * 32));
    expect(await tile("1/000.p/1")).toHaveLength(32);
    expect(await tile("entries/001.p/44")).toHaveLength(44 * 34);
    for (const path of ["0/001", "0/001.p/45", "0/002", "1/000.p/2", "2/000.p/1", "0/1", "checkpoint", ""]) {
      expect(await tile(path), path).toBe(404);
    }
    const cached = await call("GET", `/v1/logs/${await logId()}/tile/0/000`);
    expect(cached.headers.get("cache-control")).toContain("immutable");
  });

  it("[L15] has no word of an entry, no name and no id of anybody in it", async () => {
    const cookie = await staffCookie(noor);
    const { id } = await (await call("POST", "/v1/exams", { cookie, body: draft })).json<{ id: string }>();
    await settle();
    const { objects } = await env.LOGS.list();
    const files = await Promise.all(
      objects.map(async ({ key }) => `${key} ${await (await env.LOGS.get(key))?.text()}`),
    );
    expect(files).toHaveLength(3);
    for (const word of ["noor", "north", id, "exam-created"]) expect(files.join()).not.toContain(word);
  });

  it("[L15] is nothing under a name that no log has, or that is none", async () => {
    await enter(1);
    await settle();
    for (const name of ["0".repeat(32), "north", "..", "0".repeat(33)]) {
      expect((await call("GET", `/v1/logs/${name}/checkpoint`)).status, name).toBe(404);
    }
  });
});
