import { env as bindings, runDurableObjectAlarm } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { decodeBase64, decodeBase64Url } from "#domain/evidence/base64.ts";
import { parseCheckpoint } from "#domain/evidence/checkpoint.ts";
import { leafHash } from "#domain/evidence/merkle.ts";
import { verifyInclusion } from "#domain/evidence/proof.ts";
import { saltedLeaf } from "#domain/evidence/salted-leaf.ts";
import { parseNote } from "#domain/evidence/signed-note.ts";
import { verifyLog } from "#domain/evidence/verify-log.ts";
import { type AuditList, type AuditProof, type ExportLine } from "#protocol/http/audit.ts";
import { tellLog } from "#worker/audit/tell-log.ts";
import { sha256 } from "#worker/sha256.ts";
import { verifyEd25519 } from "#test/support/signed-receipt.ts";
import {
  call,
  draft,
  env,
  jsonOf,
  mallory,
  noor,
  olu,
  openSchools,
  problemOf,
  staffCookie,
} from "#test/support/school.ts";

beforeEach(openSchools);

async function enter(count: number): Promise<void> {
  const cookie = await staffCookie(noor);
  for (let n = 0; n < count; n += 1) await call("POST", "/v1/exams", { cookie, body: draft });
}

async function settle(): Promise<void> {
  const stub = bindings.TRANSPARENCY_LOGS.get(bindings.TRANSPARENCY_LOGS.idFromName("north"));
  await tellLog(env, noor.tenantId);
  while (await runDurableObjectAlarm(stub));
}

async function publishedKeys() {
  const { keys } = await jsonOf<{ keys: { x: string; kid: string }[] }>(await call("GET", "/.well-known/jwks.json"));
  return keys.map(({ x, kid }) => ({ label: kid, publicKey: decodeBase64Url(x) ?? new Uint8Array() }));
}

describe("GET /v1/audit/export", () => {
  it("[L18] is the whole of what is signed, which verifies with the public key alone", async () => {
    // More than are read at a time, and than are in a tile.
    await env.DB.prepare(
      `with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < 700)
       insert into audit_entries (tenant_id, seq, salt, entry) select 'north', n, 'salt ' || n, '{"at":1}' from numbers`,
    ).run();
    await settle();
    await enter(1);
    const response = await call("GET", "/v1/audit/export", { cookie: await staffCookie(olu) });
    expect(response.headers.get("content-type")).toContain("application/x-ndjson");
    const lines = (await response.text())
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as ExportLine);
    const [head] = lines;
    if (head === undefined || !("format" in head)) throw new Error("the export has no head");
    const tree = {
      ...head,
      entries: lines.filter((line) => "salt" in line),
      tiles: lines.flatMap((line) =>
        "tile" in line ? [{ path: line.tile, bytes: decodeBase64(line.bytes) ?? new Uint8Array() }] : [],
      ),
      since: null,
    };
    const verdict = verifyLog(tree, await publishedKeys(), { sha256, verifyEd25519 });
    expect(verdict).toMatchObject({ fits: true, size: 700 });
    expect(lines.at(-1)).toEqual({ entries: 700, tiles: 3 + 1 });
  });

  it("[L4] is an act that is entered, and says plainly that nothing is signed yet", async () => {
    const answer = await problemOf(await call("GET", "/v1/audit/export", { cookie: await staffCookie(olu) }));
    expect(answer).toMatchObject({ status: 409, code: "refused" });
    await enter(1);
    await settle();
    await (await call("GET", "/v1/audit/export", { cookie: await staffCookie(olu) })).text();
    const { entries, signed } = await jsonOf<AuditList>(
      await call("GET", "/v1/audit", { cookie: await staffCookie(olu) }),
    );
    expect(entries.map(({ entry }) => entry.kind)).toEqual(["audit-exported", "exam-created"]);
    expect(signed).toEqual({ size: 1, logId: expect.stringMatching(/^[0-9a-f]{32}$/), at: expect.any(Number) });
  });
});

describe("GET /v1/audit/:number/proof", () => {
  it("[L18] proves an entry in the tree that is signed, for members of its institution alone", async () => {
    await enter(5);
    await settle();
    await enter(1);
    const cookie = await staffCookie(olu);
    for (const number of [1, 3, 5]) {
      const proof = await jsonOf<AuditProof>(await call("GET", `/v1/audit/${number}/proof`, { cookie }));
      const checkpoint = parseCheckpoint(parseNote(proof.checkpoint)?.body ?? "");
      const claim = {
        index: number - 1,
        size: checkpoint?.size ?? 0,
        leafHash: leafHash(saltedLeaf(proof.salt ?? "", proof.entry ?? "", sha256), sha256),
        root: checkpoint?.root ?? new Uint8Array(),
        proof: proof.hashes.map((hash) => decodeBase64(hash) ?? new Uint8Array()),
      };
      expect(verifyInclusion(claim, sha256), `entry ${number}`).toBe(true);
      expect(verifyInclusion({ ...claim, index: number % 5 }, sha256)).toBe(false);
    }
    expect((await call("GET", "/v1/audit/6/proof", { cookie })).status, "not signed yet").toBe(409);
    // Not there, not a number, not theirs.
    for (const number of [7, 0, "x"]) {
      expect((await call("GET", `/v1/audit/${number}/proof`, { cookie })).status, `${number}`).toBe(404);
    }
    expect((await call("GET", "/v1/audit/1/proof", { cookie: await staffCookie(mallory) })).status).toBe(404);
  });
});
