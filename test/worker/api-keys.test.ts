import { beforeEach, describe, expect, it, vi } from "vitest";
import { permissions } from "#domain/access/permission.ts";
import type { IssuedKey, Key } from "#protocol/http/api-key.ts";
import {
  attemptCookie,
  call,
  databaseOf,
  draft,
  env,
  jsonOf,
  keyOf,
  lin,
  noor,
  openSchools,
  origin,
  problemOf,
  rosa,
  scheduleSitting,
  staffCookie,
} from "#test/support/school.ts";

beforeEach(openSchools);

const minuteMs = 60_000;

async function makeKey(change: object = {}): Promise<IssuedKey> {
  const body = { name: "Results", scopes: ["read-exams"], expiresAt: Date.now() + 60 * minuteMs, ...change };
  return jsonOf(await call("POST", "/v1/keys", { cookie: await staffCookie(rosa), body }));
}

async function listed(keyId: string): Promise<Key | undefined> {
  const answer = await call("GET", "/v1/keys", { cookie: await staffCookie(rosa) });
  const { keys } = await jsonOf<{ keys: Key[] }>(answer);
  return keys.find((key) => key.keyId === keyId);
}

describe("a key", () => {
  it("[K21] is shown once, and the database has no more than its hash", async () => {
    const { token, ...key } = await makeKey();
    expect(token).toMatch(new RegExp(`^ivk_north\\.${key.keyId}\\.[A-Za-z0-9_-]{43}$`));
    expect(await listed(key.keyId)).toEqual(key);
    const secret = token.split(".")[2]!;
    const stored = await env.DB.prepare("select * from api_keys").all();
    expect(JSON.stringify(stored.results)).not.toContain(secret);
    const log = await env.DB.prepare("select entry from audit_entries").all();
    expect(JSON.stringify(log.results)).not.toContain(secret);
  });

  it("[K20] [K22] is refused that could do more than its member, lasts too long, or has ended", async () => {
    const cookie = await staffCookie(rosa);
    const good = { name: "Results", scopes: ["read-results"], expiresAt: Date.now() + minuteMs };
    const bad = [{ scopes: ["proctor"] }, { scopes: [] }, { expiresAt: Date.now() }, { expiresAt: Date.now() + 4e10 }];
    for (const change of bad) {
      const body = { ...good, ...change };
      expect(await problemOf(await call("POST", "/v1/keys", { cookie, body }))).toMatchObject({ code: "bad-request" });
    }
    expect((await call("POST", "/v1/keys", { cookie, body: good })).status).toBe(201);
  });

  it("[K20] loses at once what its member loses, and gets it again with them", async () => {
    const key = await keyOf(noor, ["read-exams"]);
    const statusNow = async () => (await call("GET", "/v1/exams", { key })).status;
    expect(await statusNow()).toBe(200);
    await env.DB.exec("delete from member_roles where member_id = 'noor'");
    expect(await statusNow()).toBe(403);
    await env.DB.exec("insert into member_roles (tenant_id, member_id, role) values ('north', 'noor', 'auditor')");
    expect(await statusNow()).toBe(200);
  });

  it("[K23] opens nothing from the moment on at which it is revoked, and never again", async () => {
    const { token: key, keyId } = await makeKey();
    expect((await call("GET", "/v1/me", { key })).status).toBe(200);
    const cookie = await staffCookie(rosa);
    expect((await call("DELETE", `/v1/keys/${keyId}`, { cookie })).status).toBe(204);
    expect(await problemOf(await call("GET", "/v1/me", { key }))).toMatchObject({ code: "not-signed-in" });
    expect((await call("DELETE", `/v1/keys/${keyId}`, { cookie })).status).toBe(404);
    expect((await listed(keyId))?.revokedAt).toBeGreaterThan(0);
  });

  it("[K23] opens nothing after its member has left", async () => {
    const key = await keyOf(noor, permissions);
    expect((await call("GET", "/v1/me", { key })).status).toBe(200);
    await env.DB.exec("update members set left_at = 1 where id = 'noor'");
    expect((await call("GET", "/v1/me", { key })).status).toBe(401);
  });

  it("[K20] says by /v1/me what it may do", async () => {
    const key = await keyOf(noor, ["read-exams", "schedule"]);
    const me = await jsonOf(await call("GET", "/v1/me", { key }));
    expect(me).toMatchObject({ memberId: "noor", permissions: ["read-exams"] });
  });

  it("[K26] has its acts in the audit under the name of the member whose it is", async () => {
    const { token: key, keyId } = await makeKey({ scopes: ["write-exams"] });
    await jsonOf(await call("POST", "/v1/exams", { key, body: draft }));
    const audit = await jsonOf(await call("GET", `/v1/audit?who=${keyId}`, { cookie: await staffCookie(rosa) }));
    expect(audit).toMatchObject({
      entries: [
        { whoName: "rosa", entry: { kind: "exam-created", who: { kind: "key", id: keyId, memberId: "rosa" } } },
      ],
    });
  });

  it("[K27] has its latest use known to the minute, and is written down no more often", async () => {
    const { token: key, keyId } = await makeKey();
    expect((await listed(keyId))?.lastUsedAt).toBeNull();
    await call("GET", "/v1/me", { key });
    const first = (await listed(keyId))?.lastUsedAt ?? 0;
    expect(Date.now() - first).toBeLessThan(minuteMs);
    await call("GET", "/v1/me", { key });
    expect((await listed(keyId))?.lastUsedAt).toBe(first);
    const back = databaseOf(rosa).prepare("update api_keys set last_used_at = ? where id = ?");
    await back.bind(first - minuteMs, keyId).run();
    await call("GET", "/v1/me", { key });
    expect((await listed(keyId))?.lastUsedAt).toBeGreaterThan(first - minuteMs);
  });
});

describe("a key that asks and asks", () => {
  it("[K28] is told how often it may, and after 600 requests how long to wait, while another goes on", async () => {
    const [key, another] = [await keyOf(noor, ["read-exams"]), await keyOf(noor, ["read-exams"])];
    const first = await call("GET", "/v1/me", { key });
    expect(first.headers.get("ratelimit-policy")).toBe('"key";q=600;w=10');
    const keyId = key.split(".")[1]!;
    // The rest of what is left, asked of the platform's counter itself: requests would take longer than the window. Its
    // windows are those of the wall's clock, and another may have begun meanwhile.
    let refused = first;
    for (let tries = 0; tries < 5 && refused.status !== 429; tries += 1) {
      await Promise.all(Array.from({ length: 600 }, () => env.KEY_REQUESTS.limit({ key: keyId })));
      refused = await call("GET", "/v1/me", { key });
    }
    expect(await problemOf(refused.clone())).toMatchObject({ status: 429, code: "too-often" });
    expect(refused.headers.get("retry-after")).toBe("10");
    expect(refused.headers.get("ratelimit")).toBe('"key";r=0;t=10');
    expect((await call("GET", "/v1/me", { key: another })).status).toBe(200);
  });
});

describe("a request that shows a key", () => {
  it("[K25] has nothing from cookies: not a member's, not a candidate's", async () => {
    const { sitting, links } = await scheduleSitting();
    const { attemptId } = links[0]!;
    const key = await keyOf(lin, permissions);
    const foreign = { key, headers: { origin: "https://evil.test" } };
    const cookie = `${await staffCookie(rosa)}; ${await attemptCookie(attemptId, sitting.examSessionId)}`;
    expect(await jsonOf(await call("GET", "/v1/me", { ...foreign, cookie }))).toMatchObject({ memberId: "lin" });
    expect((await call("POST", "/v1/exams", { ...foreign, cookie, body: draft })).status).toBe(403);
    expect((await call("GET", `/v1/sit/${attemptId}`, { ...foreign, cookie })).status).toBe(401);
    expect((await call("GET", "/v1/me", { cookie, headers: { authorization: "Bearer" } })).status).toBe(401);
    expect((await call("GET", "/v1/me", { cookie, headers: { authorization: "Bearer rubbish" } })).status).toBe(401);
  });

  it("[K25] is the only one that needs no Origin", async () => {
    const line = vi.spyOn(console, "info").mockImplementation(() => {});
    const cookie = await staffCookie(noor);
    const basic = { authorization: `Basic ${btoa("bearer:x")}`, origin: "https://evil.test" };
    expect((await call("POST", "/v1/exams", { cookie, headers: basic, body: draft })).status).toBe(403);
    expect((await call("POST", "/v1/exams", { cookie, headers: { origin }, body: draft })).status).toBe(201);
    line.mockRestore();
  });
});
