import { HOTP, Secret } from "otpauth";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FactorStanding, SignInWay } from "#domain/access/factor-rule.ts";
import { presets } from "#domain/access/permission.ts";
import type { Me } from "#protocol/http/sign-in.ts";
import { closeCodes } from "#protocol/session/version.ts";
import {
  call,
  emailOf,
  env,
  jsonOf,
  keyOf,
  lin,
  mallory,
  marek,
  noor,
  openSchools,
  origin,
  password,
  type Person,
  problemOf,
  rosa,
  scheduleSitting,
  signInIdOf,
  staffCookie,
} from "#test/support/school.ts";
import { addPasskey, signInByPasskey } from "./passkey-of-member.ts";

beforeEach(async () => {
  vi.spyOn(console, "info").mockImplementation(() => {});
  await openSchools();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const path = "/v1/second-factor-rule";
const demanded = { isDemanded: true, providerAnswers: false };

async function setRule(who: Person, rule: object = demanded): Promise<Response> {
  return call("PUT", path, { cookie: await staffCookie(who), body: rule });
}

/** As if the sign-in that somebody has from the start had begun in this way. */
async function signedInBy(who: Person, way: SignInWay, hasShownFactor: boolean): Promise<void> {
  await env.DB.prepare("update sign_ins set way = ?, has_shown_factor = ? where id = ?")
    .bind(way, hasShownFactor ? 1 : 0, signInIdOf(who))
    .run();
}

/** The rule is on, set by rosa, who signed in with her app. */
async function demand(rule: object = demanded): Promise<void> {
  await signedInBy(rosa, "app-code", true);
  expect((await setRule(rosa, rule)).status).toBe(204);
}

function cookiesOf(response: Response, ...names: readonly string[]): string {
  const lines = response.headers.getSetCookie().map((line) => line.split(";", 1)[0]!);
  return lines.filter((line) => names.some((name) => line.includes(`invigil_${name}=`))).join("; ");
}

/** Signs in with the password alone. */
async function byPassword(
  who: Person,
): Promise<{ readonly me: Me; readonly cookie: string; readonly refresh: string }> {
  const response = await call("POST", "/v1/sign-in", { body: { email: emailOf(who), password } });
  return {
    me: await jsonOf<Me>(response.clone()),
    cookie: cookiesOf(response, "staff"),
    refresh: cookiesOf(response, "refresh"),
  };
}

async function standing(cookie: string): Promise<FactorStanding> {
  return (await jsonOf<Me>(await call("GET", "/v1/me", { cookie }))).secondFactor;
}

async function codeOf(response: Response): Promise<string> {
  return response.ok ? "open" : (await problemOf(response)).code;
}

function codeAt(secret: string): string {
  const counter = Math.floor(Date.now() / 30_000);
  return HOTP.generate({ secret: Secret.fromBase32(secret), counter, digits: 6, algorithm: "SHA1" });
}

async function setUpApp(cookie: string): Promise<string> {
  const begun = await call("POST", "/v1/sign-in/authenticator", { cookie, body: { password } });
  const { secret } = await jsonOf<{ secret: string }>(begun);
  const set = await call("PUT", "/v1/sign-in/authenticator", { cookie, body: { code: codeAt(secret) } });
  expect(set.status).toBe(200);
  return secret;
}

describe("an institution that demands a second factor", () => {
  it("[G90] [G91] opens nothing to a sign-in by password but the setting up of one, and everything from then on", async () => {
    await demand();
    const { me, cookie } = await byPassword(lin);
    expect(me).toMatchObject({ memberId: lin.id, secondFactor: "to-set-up", permissions: [] });
    expect(await codeOf(await call("GET", "/v1/exam-sessions", { cookie }))).toBe("second-factor-demanded");
    expect(await codeOf(await call("GET", "/v1/sign-ins", { cookie }))).toBe("second-factor-demanded");
    await setUpApp(cookie);
    const after = await jsonOf<Me>(await call("GET", "/v1/me", { cookie }));
    expect(after).toMatchObject({ secondFactor: "enough", permissions: presets.proctor });
    expect(await codeOf(await call("GET", "/v1/exam-sessions", { cookie }))).toBe("open");
  });

  it("[G91] takes a passkey as well, made in that very sign-in, and lets in by it from then on", async () => {
    await demand();
    const { cookie } = await byPassword(lin);
    const device = await addPasskey(cookie);
    expect(await standing(cookie)).toBe("enough");
    expect(await jsonOf<Me>(await signInByPasskey(device))).toMatchObject({ secondFactor: "enough" });
  });

  it("[G92] lets nobody add a second factor with the password alone to one that there is", async () => {
    const first = await byPassword(lin);
    await addPasskey(first.cookie);
    await demand();
    const thief = await byPassword(lin);
    expect(thief.me.secondFactor).toBe("to-show");
    const begins = [
      call("POST", "/v1/sign-in/authenticator", { cookie: thief.cookie, body: { password } }),
      call("PUT", "/v1/sign-in/authenticator", { cookie: thief.cookie, body: { code: "123456" } }),
      call("POST", "/v1/sign-in/passkeys/options", { cookie: thief.cookie, body: { password } }),
      call("GET", "/v1/sign-in/passkeys", { cookie: thief.cookie }),
    ];
    for (const answer of await Promise.all(begins)) expect(await codeOf(answer)).toBe("second-factor-demanded");
    expect(await standing(first.cookie)).toBe("enough");
  });

  it("[G96] keeps with the sign-in how it was made, also when it is renewed", async () => {
    await demand();
    const { cookie, refresh } = await byPassword(lin);
    const renewed = await call("POST", "/v1/sign-in/refresh", { cookie: refresh });
    expect(renewed.status).toBe(204);
    expect(await standing(cookiesOf(renewed, "staff"))).toBe("to-set-up");
    await setUpApp(cookie);
    const again = await call("POST", "/v1/sign-in/refresh", { cookie: cookiesOf(renewed, "refresh") });
    expect(await standing(cookiesOf(again, "staff"))).toBe("enough");
  });

  it("[G93] holds running sign-ins to it at once, and closes the live consoles of those that are less", async () => {
    const { sitting } = await scheduleSitting();
    const socketAt = `/v1/exam-sessions/${sitting.examSessionId}/socket`;
    const cookie = await staffCookie(lin);
    const upgrade = { origin, upgrade: "websocket" };
    const socket = (await call("GET", socketAt, { cookie, headers: upgrade })).webSocket!;
    const closed = new Promise<CloseEvent>((resolve) => socket.addEventListener("close", resolve));
    socket.accept();
    await demand();
    expect((await closed).code).toBe(closeCodes.notAllowed);
    expect(await standing(cookie)).toBe("to-set-up");
    expect(await codeOf(await call("GET", socketAt, { cookie, headers: upgrade }))).toBe("second-factor-demanded");
    await signedInBy(rosa, "app-code", true);
    expect((await setRule(rosa, { isDemanded: false, providerAnswers: false })).status).toBe(204);
    expect(await standing(cookie)).toBe("enough");
  });

  it("[G93] closes the live console by which a member took their own last second factor off", async () => {
    const { sitting } = await scheduleSitting();
    const cookie = await staffCookie(lin);
    await addPasskey(cookie);
    await demand();
    const headers = { origin, upgrade: "websocket" };
    const answer = await call("GET", `/v1/exam-sessions/${sitting.examSessionId}/socket`, { cookie, headers });
    const socket = answer.webSocket!;
    const closed = new Promise<CloseEvent>((resolve) => socket.addEventListener("close", resolve));
    socket.accept();
    const { passkeys } = await jsonOf<{ passkeys: readonly { passkeyId: string }[] }>(
      await call("GET", "/v1/sign-in/passkeys", { cookie }),
    );
    const removed = await call("POST", `/v1/sign-in/passkeys/${passkeys[0]!.passkeyId}/removal`, {
      cookie,
      body: { password },
    });
    expect(removed.status).toBe(204);
    expect((await closed).code).toBe(closeCodes.notAllowed);
    expect(await standing(cookie)).toBe("to-set-up");
  });

  it("[G93] is led to another one when the last that a member had is taken away", async () => {
    await demand();
    const { cookie } = await byPassword(lin);
    const secret = await setUpApp(cookie);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 });
    const body = { password, code: codeAt(secret) };
    const removed = await call("POST", "/v1/sign-in/authenticator/removal", { cookie, body });
    expect(removed.status).toBe(204);
    expect(await standing(cookie)).toBe("to-set-up");
    await addPasskey(cookie);
    expect(await standing(cookie)).toBe("enough");
  });

  it("[G90] takes the provider's word where it says so, and only there", async () => {
    await signedInBy(lin, "single-sign-on", false);
    await demand();
    expect(await standing(await staffCookie(lin))).toBe("to-set-up");
    expect((await setRule(rosa, { isDemanded: true, providerAnswers: true })).status).toBe(204);
    expect(await standing(await staffCookie(lin))).toBe("enough");
    expect(await standing(await staffCookie(noor))).toBe("to-set-up");
  });

  it("[G95] is not made so by somebody whom it would keep out", async () => {
    expect(await codeOf(await setRule(rosa))).toBe("second-factor-demanded");
    await signedInBy(rosa, "single-sign-on", false);
    expect(await codeOf(await setRule(rosa))).toBe("second-factor-demanded");
    expect((await setRule(rosa, { isDemanded: true, providerAnswers: true })).status).toBe(204);
    // Nor may who came by the provider say that the provider counts no more.
    expect(await codeOf(await setRule(rosa))).toBe("second-factor-demanded");
    const state = await jsonOf(await call("GET", path, { cookie: await staffCookie(rosa) }));
    expect(state).toEqual({
      isDemanded: true,
      providerAnswers: true,
      members: 6,
      membersWithout: 6,
      own: { way: "single-sign-on", hasShownFactor: false },
    });
  });

  it("[G94] asks nothing of keys, which nobody makes without the second factor", async () => {
    const key = await keyOf(noor, ["read-exams"]);
    await demand();
    expect((await call("GET", "/v1/exams", { key })).status).toBe(200);
    const body = { name: "Results", scopes: ["read-results"], expiresAt: Date.now() + 60_000 };
    const { cookie } = await byPassword(rosa);
    expect(await codeOf(await call("POST", "/v1/keys", { cookie, body }))).toBe("second-factor-demanded");
  });

  it("[G90] demands it of its own members alone, and counts who has one", async () => {
    const { cookie } = await byPassword(lin);
    await setUpApp(cookie);
    await demand();
    for (const other of [mallory, marek]) expect(await standing(await staffCookie(other))).toBe("enough");
    const state = await jsonOf(await call("GET", path, { cookie: await staffCookie(rosa) }));
    expect(state).toMatchObject({ isDemanded: true, members: 6, membersWithout: 5 });
    const kinds = await env.DB.prepare(
      "select entry from audit_entries where kind = 'second-factor-rule-changed'",
    ).all<{
      entry: string;
    }>();
    expect(kinds.results.map(({ entry }) => (JSON.parse(entry) as { details: unknown }).details)).toEqual([demanded]);
  });
});

describe("the first code of an app", () => {
  it("[G99] is guessed no faster than any other: of 60 guesses ten are looked at", async () => {
    const cookie = await staffCookie(lin);
    const begun = await call("POST", "/v1/sign-in/authenticator", { cookie, body: { password } });
    const { secret } = await jsonOf<{ secret: string }>(begun);
    const right = codeAt(secret);
    const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, "0");
    const headers = { "cf-connecting-ip": "203.0.113.7" };
    const counts: Record<string, number> = {};
    const guess = async (code: string) =>
      codeOf(await call("PUT", "/v1/sign-in/authenticator", { cookie, body: { code }, headers }));
    for (const code of await Promise.all(Array.from({ length: 60 }, () => guess(wrong)))) {
      counts[code] = (counts[code] ?? 0) + 1;
    }
    console.log(`60 guesses of an app's first code: ${JSON.stringify(counts)}`);
    expect(counts).toEqual({ "wrong-code": 10, "too-many-tries": 50 });
    expect(await guess(right)).toBe("too-many-tries");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 31_000 });
    expect(await guess(codeAt(secret))).toBe("open");
  });
});
