import { scryptSync } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import {
  call,
  emailOf,
  env,
  jsonOf,
  lin,
  mallory,
  openSchools,
  password,
  type Person,
  problemOf,
  rosa,
  staffCookie,
} from "#test/support/school.ts";

beforeEach(openSchools);

const next = "nine green umbrellas";

async function signIn(person: Person, given: string): Promise<string | null> {
  const response = await call("POST", "/v1/sign-in", { body: { email: emailOf(person), password: given } });
  return /__Host-invigil_staff=[^;]+/.exec(response.headers.getSetCookie().join("; "))?.[0] ?? null;
}

function change(cookie: string, body: unknown): Promise<Response> {
  return call("PUT", "/v1/sign-in/password", { cookie, body });
}

function hashOf({ id }: Person): Promise<string | null> {
  return env.DB.prepare("select password_hash as hash from members where id = ?").bind(id).first<string>("hash");
}

describe("a password", () => {
  it("[G33] is changed by who shows the old one, and every other sign-in of that account ends", async () => {
    const [here, there] = [(await signIn(lin, password))!, (await signIn(lin, password))!];
    expect(await jsonOf(await change(here, { current: password, next }))).toEqual({
      signIns: 2,
      keys: 0,
      passkeys: 0,
      keysLeft: 0,
      passkeysLeft: 0,
    });
    expect((await call("GET", "/v1/me", { cookie: here })).status).toBe(200);
    expect((await call("GET", "/v1/me", { cookie: there })).status).toBe(401);
    expect((await call("GET", "/v1/me", { cookie: await staffCookie(rosa) })).status).toBe(200);
    expect(await signIn(lin, password)).toBeNull();
    expect(await signIn(lin, next)).not.toBeNull();
    expect(await signIn(rosa, password)).not.toBeNull();
    const kinds = await env.DB.prepare(
      "select kind from audit_entries where actor = 'lin' and kind in ('password-changed', 'sign-in-ended') order by seq",
    ).all<{ kind: string }>();
    expect(kinds.results.map(({ kind }) => kind)).toEqual(["password-changed", "sign-in-ended"]);
  }, 60_000);

  it("[G33] is not changed by who stands at an open console and guesses, no faster than at the sign-in", async () => {
    const cookie = await staffCookie(lin);
    const before = await hashOf(lin);
    const codes: string[] = [];
    for (let n = 0; n < 11; n += 1) {
      codes.push((await problemOf(await change(cookie, { current: `guess number ${n}`, next }))).code);
    }
    expect(codes).toEqual([...Array.from({ length: 10 }, () => "wrong-credentials"), "too-many-tries"]);
    expect(await problemOf(await change(await staffCookie(mallory), { current: `${password}!`, next }))).toMatchObject({
      code: "wrong-credentials",
    });
    expect(await hashOf(lin)).toBe(before);
  }, 60_000);

  it("[G30] [G31] is refused when it is short, common or too long, before the old one is looked at", async () => {
    const cookie = await staffCookie(lin);
    for (const weak of ["short", "administrator", "aaaaaaaaaaaa", emailOf(lin)]) {
      expect(await problemOf(await change(cookie, { current: "no", next: weak }))).toMatchObject({
        code: "weak-password",
      });
    }
    const long = await change(cookie, { current: password, next: "long ".repeat(60) });
    expect(await problemOf(long)).toMatchObject({ code: "bad-request" });
  });

  it("[G32] is hashed anew with today's parameters when its owner signs in, and not by who does not know it", async () => {
    const salt = Buffer.alloc(16, 7);
    const weak = scryptSync(password, salt, 32, { N: 16, r: 1, p: 1 }).toString("base64url");
    const old = `$scrypt$ln=4,r=1,p=1$${salt.toString("base64url")}$${weak}`;
    await env.DB.prepare("update members set password_hash = ? where id in ('lin', 'rosa')").bind(old).run();
    await signIn(lin, "not the password");
    expect(await hashOf(lin)).toBe(old);
    expect(await signIn(lin, password)).not.toBeNull();
    const upgraded = await hashOf(lin);
    expect(upgraded).toMatch(/^\$scrypt\$ln=14,r=8,p=5\$/);
    expect(await hashOf(rosa)).toBe(old);
    expect(await signIn(lin, password)).not.toBeNull();
    expect(await hashOf(lin)).toBe(upgraded);
    // Two browsers at once: the hash of one of them stays, and both are in.
    await env.DB.prepare("update members set password_hash = ? where id = 'lin'").bind(old).run();
    expect(await Promise.all([signIn(lin, password), signIn(lin, password)])).not.toContain(null);
  });
});
