import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { recoveryCodeCount, secondStepMs } from "#domain/access/second-factor.ts";
import type { Authenticator } from "#protocol/http/second-factor.ts";
import { stepOfAppCode } from "#worker/auth/app-code.ts";
import { openSecret, recoveryMark, sealSecret } from "#worker/stored-secret.ts";
import { HOTP, Secret } from "otpauth";
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
  settings,
  staffCookie,
} from "#test/support/school.ts";

beforeEach(async () => {
  vi.spyOn(console, "info").mockImplementation(() => {});
  await openSchools();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const stepMs = 30_000;
let clock = 0;

/** The next step of time, so that a code is fresh. */
function nextStep(): void {
  clock = (clock === 0 ? Date.now() : clock) + stepMs;
  vi.useFakeTimers({ toFake: ["Date"], now: clock });
}
beforeEach(() => {
  clock = 0;
});

function codeOf(secret: string, stepsAway = 0): string {
  const counter = Math.floor(Date.now() / stepMs) + stepsAway;
  return HOTP.generate({ secret: Secret.fromBase32(secret), counter, digits: 6, algorithm: "SHA1" });
}

type App = { readonly secret: string; readonly recoveryCodes: readonly string[] };

async function setUp(person: Person, cookie?: string): Promise<App> {
  const own = { cookie: cookie ?? (await staffCookie(person)) };
  const begun = await call("POST", "/v1/sign-in/authenticator", { ...own, body: { password } });
  const { secret, address } = await jsonOf<{ secret: string; address: string }>(begun);
  expect(address).toContain(`secret=${secret}`);
  const set = await call("PUT", "/v1/sign-in/authenticator", { ...own, body: { code: codeOf(secret) } });
  return { secret, ...(await jsonOf<{ recoveryCodes: string[] }>(set)) };
}

/** The cookie of the second step, after the right password. */
async function firstStep(person: Person, from = "192.0.2.1"): Promise<string> {
  const headers = { "cf-connecting-ip": from };
  const response = await call("POST", "/v1/sign-in", { body: { email: emailOf(person), password }, headers });
  expect(response.status).toBe(401);
  const cookies = response.headers.getSetCookie();
  expect(cookies.some((line) => /^invigil_(staff|refresh|known)=/.test(line))).toBe(false);
  expect((await problemOf(response)).code).toBe("second-factor-needed");
  return cookies.find((line) => line.startsWith("__Secure-invigil_second_factor="))!.split(";", 1)[0]!;
}

function secondStep(cookie: string | null, code: string, from = "192.0.2.1"): Promise<Response> {
  const headers = { "cf-connecting-ip": from };
  return call("POST", "/v1/sign-in/second-factor", { ...(cookie && { cookie }), body: { code }, headers });
}

async function outcome(response: Promise<Response>): Promise<string> {
  const answer = await response;
  return answer.ok ? "signed-in" : (await problemOf(answer)).code;
}

async function kinds(person: Person): Promise<readonly string[]> {
  const { results } = await env.DB.prepare("select kind from audit_entries where actor = ? order by seq")
    .bind(person.id)
    .all<{ kind: string }>();
  return results.map(({ kind }) => kind).filter((kind) => kind !== "denied");
}

describe("a sign-in with a second factor", () => {
  it("[G40] asks for a code after the right password, and nothing is open before it", async () => {
    const { secret } = await setUp(lin);
    nextStep();
    const wrong = await call("POST", "/v1/sign-in", { body: { email: emailOf(lin), password: "not it at all" } });
    expect(await problemOf(wrong)).toMatchObject({ code: "wrong-credentials" });
    const cookie = await firstStep(lin);
    const response = await secondStep(cookie, codeOf(secret));
    expect(await jsonOf(response.clone())).toMatchObject({ memberId: lin.id });
    const set = response.headers.getSetCookie().join("; ");
    for (const name of [
      "__Host-invigil_staff=ey",
      "__Secure-invigil_refresh=",
      "__Secure-invigil_known=",
      "__Secure-invigil_second_factor=;",
    ]) {
      expect(set).toContain(name);
    }
    const staff = /__Host-invigil_staff=[^;]+/.exec(set)![0];
    expect((await call("GET", "/v1/me", { cookie: staff })).status).toBe(200);
    expect((await kinds(lin)).filter((kind) => kind !== "sign-in-ended" && kind !== "sign-in-refused")).toEqual([
      "second-factor-begun",
      "second-factor-set",
      "signed-in",
    ]);
  });

  it("[G40] takes its token for nothing else, from no other browser, and no other token in its place", async () => {
    const { secret } = await setUp(lin);
    nextStep();
    const cookie = await firstStep(lin);
    const token = cookie.split("=", 2)[1]!;
    for (const name of ["__Host-invigil_staff", "__Secure-invigil_known", "__Secure-invigil_refresh"]) {
      expect(await outcome(call("GET", "/v1/me", { cookie: `${name}=${token}` })), name).toBe("not-signed-in");
    }
    const staff = (await staffCookie(lin)).split("=", 2)[1]!;
    for (const other of [null, `__Secure-invigil_second_factor=${staff}`, "__Secure-invigil_second_factor=rubbish"]) {
      expect(await outcome(secondStep(other, codeOf(secret)))).toBe("not-signed-in");
    }
    const response = await call("POST", "/v1/sign-in", { body: { email: emailOf(lin), password } });
    const line = response.headers.getSetCookie().find((one) => one.startsWith("__Secure-invigil_second_factor="))!;
    for (const flag of ["HttpOnly", "Secure", "SameSite=Strict", "Path=/v1/sign-in/second-factor", "Max-Age=300"]) {
      expect(line).toContain(flag);
    }
  });

  it("[G40] is to be finished within five minutes, and with the password that was shown", async () => {
    const { secret } = await setUp(lin);
    nextStep();
    const late = await firstStep(lin);
    const changed = await firstStep(lin);
    vi.useFakeTimers({ toFake: ["Date"], now: clock + secondStepMs + 1_000 });
    expect(await outcome(secondStep(late, codeOf(secret)))).toBe("not-signed-in");
    vi.useFakeTimers({ toFake: ["Date"], now: clock });
    await env.DB.prepare("update members set password_hash = replace(password_hash, 'p=5', 'p=4')").run();
    expect(await outcome(secondStep(changed, codeOf(secret)))).toBe("not-signed-in");
  });

  it("[G41] follows RFC 6238: its test vectors, a step to either side, and no further", async () => {
    const secret = new Secret({ buffer: new TextEncoder().encode("12345678901234567890").buffer }).base32;
    // Appendix B, of eight digits the last six.
    for (const [seconds, digits] of [
      [59, "287082"],
      [1_111_111_109, "081804"],
      [1_111_111_111, "050471"],
      [1_234_567_890, "005924"],
      [2_000_000_000, "279037"],
      [20_000_000_000, "353130"],
    ] as const) {
      expect(stepOfAppCode(secret, digits, null, seconds * 1000)).toBe(Math.floor(seconds / 30));
      expect(stepOfAppCode(secret, digits, null, (seconds + 60) * 1000)).toBeNull();
    }
    const app = await setUp(lin);
    nextStep();
    nextStep();
    nextStep();
    const cookie = await firstStep(lin);
    expect(await outcome(secondStep(cookie, codeOf(app.secret, -2)))).toBe("wrong-code");
    expect(await outcome(secondStep(cookie, codeOf(app.secret, 2)))).toBe("wrong-code");
    expect(await outcome(secondStep(cookie, codeOf(app.secret, -1)))).toBe("signed-in");
  });

  it("[G42] takes a code once, also of eight requests at the same moment, and not the one that set the app up", async () => {
    const { secret } = await setUp(lin);
    const cookie = await firstStep(lin);
    expect(await outcome(secondStep(cookie, codeOf(secret)))).toBe("wrong-code");
    nextStep();
    const race = await Promise.all(Array.from({ length: 8 }, () => outcome(secondStep(cookie, codeOf(secret)))));
    expect(race.toSorted()).toEqual(["signed-in", ...Array.from({ length: 7 }, () => "wrong-code")]);
    expect(await outcome(secondStep(await firstStep(lin), codeOf(secret)))).toBe("wrong-code");
  });

  it("[G43] looks at 100 wrong codes in a row at most, however often the right password is shown between them", async () => {
    const { secret } = await setUp(lin);
    nextStep();
    const wrong = codeOf(secret) === "000000" ? "000001" : "000000";
    const counts: Record<string, number> = {};
    const cookie = await firstStep(lin, "198.51.100.1");
    for (let n = 0; n < 1_000; n += 1) {
      if (n % 100 === 0) await firstStep(lin, `198.51.100.${n / 100 + 1}`);
      const code = await outcome(secondStep(cookie, wrong, `203.0.113.${n % 250}`));
      counts[code] = (counts[code] ?? 0) + 1;
    }
    console.log(`1,000 codes from 250 addresses with the right password: ${JSON.stringify(counts)}`);
    expect(counts["wrong-code"]).toBe(80);
    expect(counts["signed-in"]).toBeUndefined();
    // The right one is not looked at either, until somebody has proved who they are or an administrator opens it.
    expect(await outcome(secondStep(cookie, codeOf(secret), "192.0.2.9"))).toBe("proof-needed");
    const opened = await call("DELETE", `/v1/members/${lin.id}/sign-in-failures`, { cookie: await staffCookie(rosa) });
    expect(opened.status).toBe(204);
    expect(await outcome(secondStep(cookie, codeOf(secret), "192.0.2.9"))).toBe("signed-in");
  }, 120_000);

  it("[G43] makes one address wait that guesses, and says in the audit that somebody has the password", async () => {
    await setUp(lin);
    nextStep();
    const cookie = await firstStep(lin);
    const codes: string[] = [];
    for (let n = 0; n < 12; n += 1) codes.push(await outcome(secondStep(cookie, "no code")));
    expect(codes).toEqual([...Array.from({ length: 10 }, () => "wrong-code"), "too-many-tries", "too-many-tries"]);
    await vi.waitFor(async () =>
      expect((await kinds(lin)).filter((kind) => kind === "second-factor-refused")).toHaveLength(10),
    );
  });
});

describe("recovery codes", () => {
  it("[G44] sign in once each, however written, and the audit says so", async () => {
    const { recoveryCodes } = await setUp(lin);
    expect(recoveryCodes).toHaveLength(recoveryCodeCount);
    const [first, second] = recoveryCodes as [string, string];
    const cookie = await firstStep(lin);
    const typed = first.toLowerCase().replaceAll("-", " ");
    const race = await Promise.all([outcome(secondStep(cookie, typed)), outcome(secondStep(cookie, first))]);
    expect(race.toSorted()).toEqual(["signed-in", "wrong-code"]);
    expect(await outcome(secondStep(cookie, second))).toBe("signed-in");
    expect((await kinds(lin)).filter((kind) => kind === "recovery-code-used")).toHaveLength(2);
    const left = await call("GET", "/v1/sign-in/authenticator", { cookie: await staffCookie(lin, 60_000) });
    expect([left.status, (await kinds(lin)).length > 0]).toEqual([200, true]);
    expect((await jsonOf<Authenticator>(left)).recoveryCodesLeft).toBe(recoveryCodeCount - 2);
  });

  it("[G44] are one member's: neither a colleague's nor another school's are taken", async () => {
    const [own, colleagues, others] = [await setUp(lin), await setUp(rosa), await setUp(mallory)];
    const cookie = await firstStep(lin);
    for (const { recoveryCodes } of [colleagues, others]) {
      expect(await outcome(secondStep(cookie, recoveryCodes[0]!))).toBe("wrong-code");
    }
    expect(await outcome(secondStep(cookie, own.recoveryCodes[9]!))).toBe("signed-in");
  });

  it("[G44] [G45] are kept so that who reads the tables has neither them nor the app's secret", async () => {
    const { secret, recoveryCodes } = await setUp(lin);
    const tables = ["authenticators", "recovery_codes", "audit_entries"];
    const rows = await Promise.all(tables.map((table) => env.DB.prepare(`select * from ${table}`).all()));
    const text = JSON.stringify(rows.map(({ results }) => results));
    for (const told of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll("-", ""))]) {
      expect(text).not.toContain(told);
    }
    const sealed = await sealSecret(settings, lin.tenantId, "words", "row one");
    expect(await openSecret(settings, lin.tenantId, sealed, "row one")).toBe("words");
    await expect(openSecret(settings, lin.tenantId, sealed, "row two")).rejects.toThrow("does not open");
    await expect(openSecret(settings, mallory.tenantId, sealed, "row one")).rejects.toThrow("does not open");
    const owners = [lin, rosa, { ...lin, tenantId: mallory.tenantId }];
    const marks = owners.map(({ tenantId, id }) => recoveryMark(settings, { tenantId, memberId: id }, "ABCDEFGHIJKL"));
    expect(new Set(await Promise.all(marks)).size).toBe(3);
  });

  it("[G44] are exchanged for new ones with password and code, and the old ones are good no more", async () => {
    const { secret, recoveryCodes } = await setUp(lin);
    nextStep();
    const cookie = await staffCookie(lin);
    const path = "/v1/sign-in/authenticator/recovery-codes";
    const asked = (body: unknown) => call("POST", path, { cookie, body });
    expect(await outcome(asked({ password: "not the password", code: codeOf(secret) }))).toBe("wrong-credentials");
    expect(await outcome(asked({ password, code: "000 000" }))).toBe("wrong-code");
    const next = await jsonOf<{ recoveryCodes: string[] }>(await asked({ password, code: recoveryCodes[0]! }));
    expect(next.recoveryCodes).toHaveLength(recoveryCodeCount);
    const step = await firstStep(lin);
    expect(await outcome(secondStep(step, recoveryCodes[1]!))).toBe("wrong-code");
    expect(await outcome(secondStep(step, next.recoveryCodes[1]!))).toBe("signed-in");
  });
});

describe("an authenticator app", () => {
  it("[G45] counts when a code of it was shown, not before, and then every other sign-in ends", async () => {
    const signedIn = await call("POST", "/v1/sign-in", { body: { email: emailOf(lin), password } });
    const elsewhere = /__Host-invigil_staff=[^;]+/.exec(signedIn.headers.getSetCookie().join("; "))![0];
    const cookie = await staffCookie(lin);
    const begin = (given: string) => call("POST", "/v1/sign-in/authenticator", { cookie, body: { password: given } });
    expect(await outcome(begin("not the password"))).toBe("wrong-credentials");
    const abandoned = await jsonOf<{ secret: string }>(await begin(password));
    const { secret } = await jsonOf<{ secret: string }>(await begin(password));
    expect((await call("POST", "/v1/sign-in", { body: { email: emailOf(lin), password } })).status).toBe(200);
    const confirm = (code: string) => call("PUT", "/v1/sign-in/authenticator", { cookie, body: { code } });
    expect(await outcome(confirm(codeOf(abandoned.secret)))).toBe("wrong-code");
    expect(await outcome(confirm(codeOf(secret, 5)))).toBe("wrong-code");
    expect((await confirm(codeOf(secret))).status).toBe(200);
    expect(await outcome(confirm(codeOf(secret)))).toBe("conflict");
    expect(await outcome(begin(password))).toBe("conflict");
    expect((await call("GET", "/v1/me", { cookie: elsewhere })).status).toBe(401);
    expect((await call("GET", "/v1/me", { cookie })).status).toBe(200);
    await firstStep(lin);
  });

  it("[G46] is turned off with password and code, which ends every other sign-in", async () => {
    const { secret } = await setUp(lin);
    nextStep();
    const response = await secondStep(await firstStep(lin), codeOf(secret));
    const elsewhere = /__Host-invigil_staff=[^;]+/.exec(response.headers.getSetCookie().join("; "))![0];
    nextStep();
    const cookie = await staffCookie(lin);
    const off = (body: unknown) => call("POST", "/v1/sign-in/authenticator/removal", { cookie, body });
    expect(await outcome(off({ password, code: "123 456" }))).toBe("wrong-code");
    expect(await outcome(off({ password: "not the password", code: codeOf(secret) }))).toBe("wrong-credentials");
    expect((await off({ password, code: codeOf(secret) })).status).toBe(204);
    expect(await outcome(off({ password, code: codeOf(secret) }))).toBe("conflict");
    expect((await call("GET", "/v1/me", { cookie: elsewhere })).status).toBe(401);
    expect((await call("POST", "/v1/sign-in", { body: { email: emailOf(lin), password } })).status).toBe(200);
    const left = await env.DB.prepare("select count(*) as n from recovery_codes").first("n");
    expect(left).toBe(0);
  });

  it("[G46] is turned off by an administrator of the same institution for who lost it, and by nobody else", async () => {
    await setUp(lin);
    const off = async (who: Person) =>
      (await call("DELETE", `/v1/members/${lin.id}/second-factor`, { cookie: await staffCookie(who) })).status;
    expect([await off(mallory), await off(lin)]).toEqual([404, 403]);
    await firstStep(lin);
    expect(await off(rosa)).toBe(204);
    expect((await call("POST", "/v1/sign-in", { body: { email: emailOf(lin), password } })).status).toBe(200);
  });
});
