import { generateKeyPairSync } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SignInEntry } from "#protocol/http/sign-in-list.ts";
import { closeCodes } from "#protocol/session/version.ts";
import { openToken, sealToken } from "#worker/auth/sealed-token.ts";
import { staffToken } from "#worker/auth/staff-token.ts";
import { createApp } from "#worker/app.ts";
import {
  call,
  emailOf,
  env,
  jsonOf,
  lin,
  mallory,
  openSchools,
  origin,
  password,
  type Person,
  problemOf,
  rosa,
  scheduleSitting,
  settings,
  signInIdOf,
  staffCookie,
} from "#test/support/school.ts";

beforeEach(openSchools);
afterEach(() => {
  vi.useRealTimers();
});

const minute = 60_000;

/** A browser with a jar: what a page of ours can do with cookies that no script reads. */
type Jar = { staff: string | null; refresh: string | null };

function take(jar: Jar, response: Response): Response {
  for (const line of response.headers.getSetCookie()) {
    const [, name, value] = /^__(?:Host|Secure)-invigil_(staff|refresh)=([^;]*)/.exec(line) ?? [];
    if (name === "staff" || name === "refresh") jar[name] = value === "" ? null : (value ?? null);
  }
  return response;
}

async function signIn(person: Person, agent = "Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0"): Promise<Jar> {
  const jar: Jar = { staff: null, refresh: null };
  const headers = { "user-agent": agent };
  const response = await call("POST", "/v1/sign-in", { body: { email: emailOf(person), password }, headers });
  take(jar, response);
  expect(response.status).toBe(200);
  return jar;
}

async function refresh(jar: Jar, token = jar.refresh): Promise<number> {
  const cookie = `__Secure-invigil_refresh=${token}`;
  return take(jar, await call("POST", "/v1/sign-in/refresh", { cookie })).status;
}

async function meStatus({ staff }: Jar): Promise<number> {
  return (await call("GET", "/v1/me", { cookie: `__Host-invigil_staff=${staff}` })).status;
}

async function list({ staff }: Jar): Promise<readonly SignInEntry[]> {
  const answer = await call("GET", "/v1/sign-ins", { cookie: `__Host-invigil_staff=${staff}` });
  return (await jsonOf<{ signIns: readonly SignInEntry[] }>(answer)).signIns;
}

function later(ms: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });
}

describe("access tokens", () => {
  it("[G20] end after ten minutes, and are renewed by the refresh token until the day is over", async () => {
    const jar = await signIn(lin);
    later(10 * minute + 1_000);
    expect(await meStatus(jar)).toBe(401);
    expect(await refresh(jar)).toBe(204);
    expect(await meStatus(jar)).toBe(200);
    for (let hours = 1; hours < 24; hours += 1) {
      later(60 * minute);
      if (hours < 23) expect(await refresh(jar), `after ${hours} hours`).toBe(204);
    }
    later(50 * minute);
    expect(await refresh(jar)).toBe(401);
    expect(await meStatus(jar)).toBe(401);
    expect(jar).toEqual({ staff: null, refresh: null });
  });

  it("[G27] are renewed for a page that is still open, and not when an hour has gone without one", async () => {
    const [open, left] = [await signIn(lin), await signIn(lin)];
    later(59 * minute);
    expect(await refresh(open)).toBe(204);
    const listed = (await list(open)).length;
    later(2 * minute);
    expect((await list(open)).map(({ isThis }) => isThis)).toEqual([true]);
    expect(listed).toBeGreaterThan(1);
    expect(await refresh(left)).toBe(401);
    expect(left).toEqual({ staff: null, refresh: null });
    expect(await refresh(open)).toBe(204);
  });

  it("[G20] go to pages of this origin only: other pages cannot ask for one, and no script reads either token", async () => {
    const response = await call("POST", "/v1/sign-in", { body: { email: emailOf(lin), password } });
    const cookie = response.headers.getSetCookie().find((line) => line.startsWith("__Secure-invigil_refresh="))!;
    for (const flag of ["HttpOnly", "Secure", "SameSite=Strict", "Path=/v1/sign-in/refresh"]) {
      expect(cookie).toContain(flag);
    }
    const headers = { origin: "https://evil.test" };
    const asked = await call("POST", "/v1/sign-in/refresh", { cookie: cookie.split(";", 1)[0]!, headers });
    expect(await problemOf(asked)).toMatchObject({ status: 403 });
    expect(asked.headers.getSetCookie()).toEqual([]);
  });

  it("[G25] are believed by a retired key until it is taken away, and every key is published", async () => {
    const jwk = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
    const next = { kty: "OKP", crv: "Ed25519", x: jwk.x!, d: jwk.d! } as const;
    const { d: _, ...old } = settings.tokenSigningKey;
    const claims = { tenantId: lin.tenantId, memberId: lin.id, signInId: signInIdOf(lin) };
    const token = await sealToken(settings, staffToken, claims, Date.now() + minute);
    const rotated = { ...settings, tokenSigningKey: next, retiredTokenKeys: [old] };
    expect(await openToken(rotated, staffToken, token)).toEqual(claims);
    expect(
      await openToken(settings, staffToken, await sealToken(rotated, staffToken, claims, Date.now() + minute)),
    ).toBe(null);
    expect(await openToken({ ...rotated, retiredTokenKeys: [] }, staffToken, token)).toBeNull();

    const changed = { ...env, TOKEN_SIGNING_KEY: JSON.stringify(next), TOKEN_RETIRED_KEYS: JSON.stringify([old]) };
    const published = await createApp().fetch(new Request(`${origin}/.well-known/jwks.json`), changed);
    const { keys } = await jsonOf<{ keys: readonly { x: string; kid: string }[] }>(published);
    expect(keys.slice(0, 2).map(({ x }) => x)).toEqual([next.x, old.x]);
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(3);
    expect(JSON.stringify(keys)).not.toContain(next.d);
  });
});

describe("refresh tokens", () => {
  it("[G21] are good once, and in a race of pages all get the same successor", async () => {
    const jar = await signIn(lin);
    const before = jar.refresh;
    const jars = Array.from({ length: 8 }, (): Jar => ({ ...jar }));
    expect(await Promise.all(jars.map((each) => refresh(each)))).toEqual(jars.map(() => 204));
    expect(new Set(jars.map((each) => each.refresh)).size).toBe(1);
    expect(jars[0]!.refresh).not.toBe(before);
    // An answer that was lost on its way.
    later(20_000);
    expect(await refresh(jar, before)).toBe(204);
    expect(await refresh(jar)).toBe(204);
  });

  it("[G22] that come again later end the sign-in for whoever has it, thief or owner, and no other", async () => {
    const other = await signIn(lin);
    const owner = await signIn(lin);
    const thief: Jar = { ...owner };
    expect(await refresh(thief)).toBe(204);
    later(31_000);
    expect(await refresh(owner)).toBe(401);
    expect(owner).toEqual({ staff: null, refresh: null });
    expect(await meStatus(thief)).toBe(401);
    expect(await refresh(thief)).toBe(401);
    expect(await meStatus(other)).toBe(200);
    expect(await refresh(other)).toBe(204);
  });

  it("[G22] that are made up open nothing: of another sign-in, of another tenant, changed, or rubbish", async () => {
    const jar = await signIn(lin);
    const [tenant, , secret] = jar.refresh!.split(".");
    const made = [
      "rubbish",
      `${tenant}.${signInIdOf(rosa)}.${secret}`,
      `south.${jar.refresh!.split(".")[1]}.${secret}`,
      `${jar.refresh!.slice(0, -1)}${jar.refresh!.endsWith("A") ? "B" : "A"}`,
      `${tenant}.${signInIdOf(lin)}.${"A".repeat(43)}`,
      `${jar.refresh}.more`,
    ];
    for (const token of made) expect(await refresh({ ...jar }, token), token).toBe(401);
  });

  it("[G21] are kept as hashes", async () => {
    const jar = await signIn(lin);
    await refresh(jar);
    const { results } = await env.DB.prepare("select * from sign_ins").all();
    const text = JSON.stringify(results);
    expect(text).not.toContain(jar.refresh!.split(".")[2]);
    expect(text).not.toContain("Mozilla");
  });
});

describe("where somebody is signed in", () => {
  it("[G23] is listed with the browser's name, and the one that asks is marked", async () => {
    const here = await signIn(lin);
    await signIn(lin, "Mozilla/5.0 (Windows NT 10.0) Chrome/150.0 Safari/537.36 Edg/150.0");
    await signIn(rosa);
    const entries = (await list(here)).filter(({ signInId }) => signInId !== signInIdOf(lin));
    expect(new Set(entries.map(({ browser }) => browser))).toEqual(new Set(["Edge on Windows", "Firefox on Linux"]));
    expect(entries).toHaveLength(2);
    expect(entries.filter(({ isThis }) => isThis).map(({ browser }) => browser)).toEqual(["Firefox on Linux"]);
  });

  it("[G23] is ended there, everywhere, or by signing out, and by its own member only", async () => {
    const [here, there] = [await signIn(lin), await signIn(lin)];
    const { signInId } = (await list(there)).find(({ isThis }) => isThis)!;
    const end = async (cookie: string) => (await call("DELETE", `/v1/sign-ins/${signInId}`, { cookie })).status;
    expect(await end(await staffCookie(rosa))).toBe(404);
    expect(await end(await staffCookie(mallory))).toBe(404);
    expect(await meStatus(there)).toBe(200);
    expect(await end(`__Host-invigil_staff=${here.staff}`)).toBe(204);
    expect(await end(`__Host-invigil_staff=${here.staff}`)).toBe(404);
    expect(await meStatus(there)).toBe(401);
    expect(await refresh(there)).toBe(401);

    const third = await signIn(lin);
    expect((await call("POST", "/v1/sign-out", { cookie: `__Host-invigil_staff=${third.staff}` })).status).toBe(204);
    expect(await meStatus(third)).toBe(401);

    expect((await call("DELETE", "/v1/sign-ins", { cookie: `__Host-invigil_staff=${here.staff}` })).status).toBe(204);
    expect([await meStatus(here), await refresh({ ...here })]).toEqual([401, 401]);
    const { results } = await env.DB.prepare(
      "select id from sign_ins where member_id = 'lin' and ended_at is null",
    ).all();
    expect(results).toEqual([]);
    expect((await call("GET", "/v1/me", { cookie: await staffCookie(rosa) })).status).toBe(200);
  });
});

describe("a live console", () => {
  it("[G24] closes within a second when its sign-in ends, and one of another sign-in goes on", async () => {
    const { sitting } = await scheduleSitting();
    const [here, there] = [await signIn(lin), await signIn(lin)];
    const open = async ({ staff }: Jar) => {
      const path = `/v1/exam-sessions/${sitting.examSessionId}/socket`;
      const headers = { upgrade: "websocket" };
      const { webSocket } = await call("GET", path, { cookie: `__Host-invigil_staff=${staff}`, headers });
      webSocket!.accept();
      const closed = new Promise<number>((resolve) =>
        webSocket!.addEventListener("close", ({ code }) => resolve(code), { once: true }),
      );
      return { socket: webSocket!, closed };
    };
    const [mine, theirs] = [await open(here), await open(there)];
    const { signInId } = (await list(there)).find(({ isThis }) => isThis)!;
    const startedAt = performance.now();
    await call("DELETE", `/v1/sign-ins/${signInId}`, { cookie: `__Host-invigil_staff=${here.staff}` });
    expect(await theirs.closed).toBe(closeCodes.notAllowed);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    const again = await call("GET", `/v1/exam-sessions/${sitting.examSessionId}/socket`, {
      cookie: `__Host-invigil_staff=${there.staff}`,
      headers: { upgrade: "websocket" },
    });
    expect(again.status).toBe(401);
    const answered = new Promise((resolve) => mine.socket.addEventListener("message", resolve, { once: true }));
    mine.socket.send("ping");
    await answered;
    mine.socket.close();
  });
});
