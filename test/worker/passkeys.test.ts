import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PasskeyEntry } from "#protocol/http/passkey.ts";
import { passkeyMs } from "#worker/auth/passkey.ts";
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
  staffCookie,
} from "#test/support/school.ts";
import { SoftPasskey } from "#test/support/soft-passkey.ts";
import { HOTP, Secret } from "otpauth";

beforeEach(async () => {
  vi.spyOn(console, "info").mockImplementation(() => {});
  await openSchools();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

type Creation = { challenge: string; rp: { id: string }; user: { id: string } };
type Wanted = { challenge: string; rpId: string };

function later(ms: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });
}

function cookieIn(response: Response, name: string): string {
  const line = response.headers.getSetCookie().find((one) => one.startsWith(`${name}=`));
  return line!.split(";", 1)[0]!;
}

async function outcome(response: Response | Promise<Response>): Promise<string> {
  const answer = await response;
  return answer.ok ? "taken" : (await problemOf(answer)).code;
}

async function begin(person: Person, body: unknown = { password }): Promise<{ options: Creation; cookie: string }> {
  const staff = await staffCookie(person);
  const response = await call("POST", "/v1/sign-in/passkeys/options", { cookie: staff, body });
  const cookie = `${staff}; ${cookieIn(response, "__Secure-invigil_passkey")}`;
  return { options: await jsonOf<Creation>(response), cookie };
}

async function add(person: Person, device = new SoftPasskey(), name = "A phone"): Promise<SoftPasskey> {
  const { options, cookie } = await begin(person);
  const passkey = await device.create(options, origin);
  expect((await call("POST", "/v1/sign-in/passkeys", { cookie, body: { name, passkey } })).status).toBe(204);
  return device;
}

async function ask(): Promise<{ options: Wanted; cookie: string }> {
  const response = await call("POST", "/v1/sign-in/passkey/options");
  const cookie = cookieIn(response, "__Secure-invigil_passkey");
  return { options: await jsonOf<Wanted>(response), cookie };
}

function show(cookie: string | null, body: unknown): Promise<Response> {
  return call("POST", "/v1/sign-in/passkey", { ...(cookie && { cookie }), body });
}

async function list(person: Person): Promise<readonly PasskeyEntry[]> {
  const answer = await call("GET", "/v1/sign-in/passkeys", { cookie: await staffCookie(person) });
  return (await jsonOf<{ passkeys: readonly PasskeyEntry[] }>(answer)).passkeys;
}

async function kinds(person: Person): Promise<readonly string[]> {
  const statement = env.DB.prepare("select kind from audit_entries where actor = ? order by seq").bind(person.id);
  return (await statement.all<{ kind: string }>()).results.map(({ kind }) => kind);
}

describe("signing in with a passkey", () => {
  it("[G50] needs no password and no code, and says in the audit that it was one", async () => {
    const device = await add(lin);
    const { options, cookie } = await ask();
    const response = await show(cookie, await device.get(options, origin));
    expect(await jsonOf(response.clone())).toMatchObject({ memberId: lin.id });
    const set = response.headers.getSetCookie().join("; ");
    for (const name of [
      "__Host-invigil_staff=ey",
      "__Secure-invigil_refresh=",
      "__Secure-invigil_known=",
      "__Secure-invigil_passkey=;",
    ]) {
      expect(set).toContain(name);
    }
    const me = await call("GET", "/v1/me", { cookie: cookieIn(response, "__Host-invigil_staff") });
    expect(me.status).toBe(200);
    expect(await kinds(lin)).toEqual(["passkey-begun", "passkey-added", "signed-in"]);
    const entry = await env.DB.prepare("select entry from audit_entries where kind = 'signed-in'").first<string>(
      "entry",
    );
    expect(JSON.parse(entry!)).toMatchObject({ details: { by: "passkey" } });
    expect((await list(lin))[0]!.lastUsedAt).toBeGreaterThan(0);
  });

  it("[G50] takes none that did not look who holds it, and none that signed for something else", async () => {
    const device = await add(lin);
    const bents = [
      { isVerified: false },
      { origin: "https://invigil.test.evil.example" },
      { rpId: "evil.example" },
      { challenge: "A".repeat(43) },
      { type: "webauthn.create" },
      { userHandle: "A".repeat(43) },
    ];
    for (const bent of bents) {
      const { options, cookie } = await ask();
      const shown = await device.get(options, origin, bent);
      expect(await outcome(show(cookie, shown)), JSON.stringify(bent)).toBe("passkey-refused");
    }
    const { options, cookie } = await ask();
    const shown = await device.get(options, origin);
    const signature = Buffer.from(shown.response.signature, "base64url");
    signature[signature.length - 1]! ^= 1;
    const forged = { ...shown, response: { ...shown.response, signature: signature.toString("base64url") } };
    expect(await outcome(show(cookie, forged))).toBe("passkey-refused");
    const entered = async () => (await kinds(lin)).filter((kind) => kind === "passkey-refused").length;
    await vi.waitFor(async () => expect(await entered()).toBe(6));
  });

  it("[G51] is asked for the host itself: on another host of ours it is another passkey", async () => {
    const device = await add(lin);
    const { createApp } = await import("#worker/app.ts");
    const other = "https://exams.invigil.test";
    const post = (path: string, body: unknown, cookie = "") =>
      createApp().fetch(
        new Request(`${other}${path}`, {
          method: "POST",
          headers: { origin: other, cookie, "content-type": "application/json" },
          body: JSON.stringify(body),
        }),
        env,
        { waitUntil: () => {}, passThroughOnException: () => {}, props: {} },
      );
    const asked = await post("/v1/sign-in/passkey/options", {});
    const cookie = cookieIn(asked, "__Secure-invigil_passkey");
    const options = await jsonOf<Wanted>(asked);
    expect(options.rpId).toBe("exams.invigil.test");
    const shown = await device.get({ ...options, rpId: "invigil.test" }, origin);
    expect(await outcome(await post("/v1/sign-in/passkey", shown, cookie))).toBe("passkey-refused");
  });

  it("[G52] takes an answer once, also of eight at the same moment, and none to an older challenge after it", async () => {
    const device = await add(lin);
    const older = await ask();
    later(2);
    const { options, cookie } = await ask();
    const shown = await device.get(options, origin);
    const race = await Promise.all(Array.from({ length: 8 }, () => outcome(show(cookie, shown))));
    expect(race.toSorted()).toEqual([...Array.from({ length: 7 }, () => "passkey-refused"), "taken"]);
    expect(await outcome(show(cookie, shown))).toBe("passkey-refused");
    expect(await outcome(show(older.cookie, await device.get(older.options, origin)))).toBe("passkey-refused");
    later(2);
    const next = await ask();
    expect(await outcome(show(next.cookie, await device.get(next.options, origin)))).toBe("taken");
  });

  it("[G52] wants the challenge in the browser that asked for it, for what it was asked, within five minutes", async () => {
    const device = await add(lin);
    const [mine, other] = [await ask(), await ask()];
    const shown = await device.get(mine.options, origin);
    expect(await outcome(show(null, shown))).toBe("passkey-refused");
    expect(await outcome(show(other.cookie, shown))).toBe("passkey-refused");
    const adding = await begin(lin);
    const forAdding = adding.cookie.split("; ")[1]!;
    const crossed = await device.get({ challenge: adding.options.challenge, rpId: adding.options.rp.id }, origin);
    expect(await outcome(show(forAdding, crossed))).toBe("passkey-refused");
    const token = mine.cookie.split("=", 2)[1]!;
    expect(await outcome(call("GET", "/v1/me", { cookie: `__Host-invigil_staff=${token}` }))).toBe("not-signed-in");
    later(passkeyMs + 1_000);
    expect(await outcome(show(mine.cookie, shown))).toBe("passkey-refused");
  });

  it("[G53] takes none whose count did not go up: somebody has a copy of it", async () => {
    const device = await add(lin);
    device.counter = 5;
    const first = await ask();
    expect(await outcome(show(first.cookie, await device.get(first.options, origin)))).toBe("taken");
    for (const [counter, expected] of [
      [5, "passkey-refused"],
      [3, "passkey-refused"],
      [6, "taken"],
    ] as const) {
      later(2);
      device.counter = counter;
      const { options, cookie } = await ask();
      expect(await outcome(show(cookie, await device.get(options, origin))), String(counter)).toBe(expected);
    }
  });

  it("[G50] is over for who left the institution, and finds members of each home", async () => {
    const [linsDevice, mallorys] = [await add(lin), await add(mallory)];
    const theirs = await ask();
    const response = await show(theirs.cookie, await mallorys.get(theirs.options, origin));
    expect(await jsonOf(response)).toMatchObject({ tenantId: mallory.tenantId });
    await env.DB.prepare("update members set left_at = 1 where id = 'lin'").run();
    const { options, cookie } = await ask();
    expect(await outcome(show(cookie, await linsDevice.get(options, origin)))).toBe("passkey-refused");
  });
});

describe("a member's passkeys", () => {
  it("[G54] are added with the password, and with a code too where there is an app", async () => {
    const cookie = await staffCookie(lin);
    const asked = (body: unknown) => call("POST", "/v1/sign-in/passkeys/options", { cookie, body });
    expect(await outcome(asked({ password: "not the password" }))).toBe("wrong-credentials");
    const app = await call("POST", "/v1/sign-in/authenticator", { cookie, body: { password } });
    const { secret } = await jsonOf<{ secret: string }>(app);
    const codeAt = (away: number) =>
      HOTP.generate({ secret: Secret.fromBase32(secret), counter: Math.floor(Date.now() / 30_000) + away });
    await call("PUT", "/v1/sign-in/authenticator", { cookie, body: { code: codeAt(0) } });
    expect(await outcome(asked({ password }))).toBe("second-factor-needed");
    expect(await outcome(asked({ password, code: "000 000" }))).toBe("wrong-code");
    expect(await outcome(asked({ password, code: codeAt(1) }))).toBe("taken");
  });

  it("[G54] are added for a challenge of this member and browser, once, and by a device that looks who holds it", async () => {
    const device = new SoftPasskey();
    const { options, cookie } = await begin(lin);
    const post = async (body: unknown, as: string) =>
      outcome(call("POST", "/v1/sign-in/passkeys", { cookie: as, body }));
    const bents = [{ isVerified: false }, { origin: "https://evil.example" }, { challenge: "A".repeat(43) }];
    for (const bent of bents) {
      const passkey = await device.create(options, origin, bent);
      expect(await post({ name: "x", passkey }, cookie), JSON.stringify(bent)).toBe("passkey-refused");
    }
    const passkey = await device.create(options, origin);
    const [, challenge] = cookie.split("; ");
    const asRosa = `${await staffCookie(rosa)}; ${challenge}`;
    expect(await post({ name: "x", passkey }, asRosa)).toBe("passkey-refused");
    expect(await post({ name: "x", passkey }, await staffCookie(lin))).toBe("passkey-refused");
    expect(await post({ name: "x", passkey }, cookie)).toBe("taken");
    expect(await post({ name: "x", passkey }, cookie)).toBe("passkey-refused");
    expect(await list(lin)).toMatchObject([{ name: "x", lastUsedAt: null }]);
    expect(await list(rosa)).toEqual([]);
  });

  it("[G55] are removed by their own member, and what is removed signs nobody in; other sign-ins end", async () => {
    const [phone, key] = [await add(lin, undefined, "A phone"), await add(lin, undefined, "A key")];
    const signedIn = await ask();
    const there = await show(signedIn.cookie, await phone.get(signedIn.options, origin));
    const elsewhere = cookieIn(there, "__Host-invigil_staff");
    const entry = (await list(lin)).find(({ name }) => name === "A phone")!;
    const path = `/v1/sign-in/passkeys/${entry.passkeyId}/removal`;
    const removed = async (who: Person, body: object) => call("POST", path, { cookie: await staffCookie(who), body });
    const remove = async (who: Person) => (await removed(who, { password })).status;
    expect(await outcome(removed(lin, { password: `not ${password}` }))).toBe("wrong-credentials");
    expect(await outcome(removed(lin, {}))).toBe("bad-request");
    expect([await remove(mallory), await remove(rosa), await remove(lin), await remove(lin)]).toEqual([
      404, 404, 204, 404,
    ]);
    expect((await call("GET", "/v1/me", { cookie: elsewhere })).status).toBe(401);
    const again = await ask();
    expect(await outcome(show(again.cookie, await phone.get(again.options, origin)))).toBe("passkey-refused");
    const other = await ask();
    expect(await outcome(show(other.cookie, await key.get(other.options, origin)))).toBe("taken");
    expect(await kinds(lin)).toContain("passkey-removed");
  });

  it("[G55] are taken by an administrator from a colleague who lost them", async () => {
    const device = await add(lin);
    const path = `/v1/members/${lin.id}/second-factor`;
    expect((await call("DELETE", path, { cookie: await staffCookie(rosa) })).status).toBe(204);
    const { options, cookie } = await ask();
    expect(await outcome(show(cookie, await device.get(options, origin)))).toBe("passkey-refused");
    expect((await call("POST", "/v1/sign-in", { body: { email: emailOf(lin), password } })).status).toBe(200);
  });
});
