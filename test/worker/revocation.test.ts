import { HOTP, Secret } from "otpauth";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Invitation } from "#protocol/http/member.ts";
import { closeCodes } from "#protocol/session/version.ts";
import {
  call,
  emailOf,
  env,
  jsonOf,
  keyOf,
  lin,
  mallory,
  noor,
  olu,
  openSchools,
  password,
  type Person,
  problemOf,
  rosa,
  scheduleSitting,
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

const next = "nine green umbrellas";

async function signIn(person: Person, given = password): Promise<string | null> {
  const response = await call("POST", "/v1/sign-in", { body: { email: emailOf(person), password: given } });
  return /__Host-invigil_staff=[^;]+/.exec(response.headers.getSetCookie().join("; "))?.[0] ?? null;
}

/** What a thief of noor's password made for themselves: a sign-in, a key, a passkey. */
async function thief() {
  const cookie = (await signIn(noor))!;
  const key = await keyOf(noor, ["read-exams"]);
  const device = await addPasskey(cookie);
  return {
    /** What of it still opens something. */
    keeps: async (): Promise<readonly string[]> => {
      const tried = {
        cookie: await call("GET", "/v1/exams", { cookie }),
        key: await call("GET", "/v1/exams", { key }),
        passkey: await signInByPasskey(device),
        password: await call("POST", "/v1/sign-in", { body: { email: emailOf(noor), password } }),
      };
      return Object.entries(tried).flatMap(([name, { ok }]) => (ok ? [name] : []));
    },
  };
}

async function inviteAgain(who: Person): Promise<string> {
  const answer = await call("POST", `/v1/members/${who.id}/invitation`, { cookie: await staffCookie(rosa) });
  return new URL((await jsonOf<Invitation>(answer)).link).hash.slice(1);
}

function accept(token: string): Promise<Response> {
  return call("POST", "/v1/invitations/accept", { body: { token, password: next } });
}

async function kindsBy(who: Person): Promise<readonly string[]> {
  const { results } = await env.DB.prepare("select kind from audit_entries where actor = ? order by seq")
    .bind(who.id)
    .all<{ kind: string }>();
  return results.map(({ kind }) => kind);
}

describe("the thief of a password", () => {
  it("[G100] keeps keys and passkeys after a new password, unless its owner says that they go", async () => {
    const { keeps } = await thief();
    expect(await keeps()).toEqual(["cookie", "key", "passkey", "password"]);
    const token = await inviteAgain(noor);
    const wrong = { current: "not it at all", next };
    expect((await call("PUT", "/v1/sign-in/password", { cookie: await staffCookie(noor), body: wrong })).status).toBe(
      401,
    );
    const read = async () => (await call("POST", "/v1/invitations/read", { body: { token } })).status;
    expect(await read()).toBe(200);
    const body = { current: password, next };
    const kept = await call("PUT", "/v1/sign-in/password", { cookie: await staffCookie(noor), body });
    expect(await jsonOf(kept)).toMatchObject({ keys: 0, passkeys: 0, keysLeft: 1, passkeysLeft: 1 });
    expect(await keeps()).toEqual(["key", "passkey"]);
    expect(await read()).toBe(404);
    const again = { current: next, next: "ten green umbrellas", andRevoke: true };
    const gone = await call("PUT", "/v1/sign-in/password", { cookie: await staffCookie(noor), body: again });
    expect(await jsonOf(gone)).toMatchObject({ keys: 1, passkeys: 1, keysLeft: 0, passkeysLeft: 0 });
    expect(await keeps()).toEqual([]);
  }, 30_000);

  it("[G102] keeps nothing when the owner takes the account back, with password and code", async () => {
    const { keeps } = await thief();
    const colleagues = await keyOf(olu, ["read-exams"]);
    const token = await inviteAgain(noor);
    const cookie = await staffCookie(noor);
    const wrong = await call("POST", "/v1/sign-in/revocation", { cookie, body: { password: "not it at all" } });
    expect(await problemOf(wrong)).toMatchObject({ code: "wrong-credentials" });
    expect(await keeps()).toHaveLength(4);
    const answer = await call("POST", "/v1/sign-in/revocation", { cookie, body: { password } });
    expect(await jsonOf(answer.clone())).toMatchObject({ keys: 1, passkeys: 1 });
    expect(answer.headers.getSetCookie().join("; ")).toContain("__Host-invigil_staff=;");
    expect(await keeps()).toEqual(["password"]);
    expect((await call("GET", "/v1/me", { cookie })).status).toBe(401);
    expect((await accept(token)).status).toBe(404);
    expect((await call("GET", "/v1/exams", { key: colleagues })).status).toBe(200);
    expect(await kindsBy(noor)).toContain("access-revoked");
  }, 30_000);

  it("[G102] is asked for a code too where there is an app, which stays", async () => {
    const cookie = await staffCookie(noor);
    const begun = await call("POST", "/v1/sign-in/authenticator", { cookie, body: { password } });
    const { secret } = await jsonOf<{ secret: string }>(begun);
    const codeNow = () =>
      HOTP.generate({
        secret: Secret.fromBase32(secret),
        counter: Math.floor(Date.now() / 30_000),
        digits: 6,
        algorithm: "SHA1",
      });
    await call("PUT", "/v1/sign-in/authenticator", { cookie, body: { code: codeNow() } });
    const bare = await call("POST", "/v1/sign-in/revocation", { cookie, body: { password } });
    expect(await problemOf(bare)).toMatchObject({ code: "second-factor-needed" });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 });
    const full = await call("POST", "/v1/sign-in/revocation", { cookie, body: { password, code: codeNow() } });
    expect(full.status).toBe(200);
    const asked = await call("POST", "/v1/sign-in", { body: { email: emailOf(noor), password } });
    expect(await problemOf(asked)).toMatchObject({ code: "second-factor-needed" });
  }, 30_000);

  it("[G101] keeps nothing when the owner comes back by an administrator's link", async () => {
    const { keeps } = await thief();
    const token = await inviteAgain(noor);
    expect(await keeps()).toEqual(["cookie", "key", "passkey", "password"]);
    expect(await jsonOf(await accept(token))).toMatchObject({ keys: 1, passkeys: 1 });
    expect(await keeps()).toEqual([]);
    expect(await signIn(noor, next)).not.toBeNull();
  }, 30_000);

  it("[G103] is put out at once by an administrator, of the same institution alone, and live consoles close", async () => {
    const { sitting } = await scheduleSitting();
    const cookie = (await signIn(lin))!;
    const key = await keyOf(lin, ["proctor"]);
    const path = `/v1/exam-sessions/${sitting.examSessionId}/socket`;
    const socket = (await call("GET", path, { cookie, headers: { upgrade: "websocket" } })).webSocket!;
    const closed = new Promise<number>((resolve) => socket.addEventListener("close", ({ code }) => resolve(code)));
    socket.accept();
    const revocation = `/v1/members/${lin.id}/revocation`;
    expect((await call("POST", revocation, { cookie: await staffCookie(mallory) })).status).toBe(404);
    const answer = await call("POST", revocation, { cookie: await staffCookie(rosa) });
    expect(await jsonOf(answer)).toEqual({ signIns: 2, keys: 1, passkeys: 0 });
    expect(await closed).toBe(closeCodes.notAllowed);
    expect((await call("GET", "/v1/exam-sessions", { cookie })).status).toBe(401);
    expect((await call("GET", "/v1/exam-sessions", { key })).status).toBe(401);
    expect(await kindsBy(rosa)).toContain("access-revoked");
  }, 30_000);
});

/** Does this at the last moment before the row of a sign-in is written: after everything that was looked at. */
function rightBeforeSignIn(act: () => Promise<Response>): Promise<number> {
  const [prepare, batch] = [env.DB.prepare.bind(env.DB), env.DB.batch.bind(env.DB)];
  return new Promise((resolve) => {
    let isPrepared = false;
    let isDone = false;
    vi.spyOn(env.DB, "prepare").mockImplementation((query) => {
      isPrepared ||= query.startsWith('insert into "sign_ins"');
      return prepare(query);
    });
    vi.spyOn(env.DB, "batch").mockImplementation(async (statements) => {
      if (isPrepared && !isDone) {
        isDone = true;
        resolve((await act()).status);
      }
      return batch(statements);
    });
  });
}

/** How many sign-ins of noor go on, and how often the audit says that noor signed in. */
async function signInsOfNoor() {
  const live = "select count(*) as n from sign_ins where member_id = 'noor' and ended_at is null";
  const count = await env.DB.prepare(live).first<number>("n");
  return { count, entered: (await kindsBy(noor)).filter((kind) => kind === "signed-in").length };
}

/** Begins to set an app up. Gives what its code is now, and what makes it count. */
async function beginApp(cookie: string) {
  const begun = await call("POST", "/v1/sign-in/authenticator", { cookie, body: { password } });
  const { secret } = await jsonOf<{ secret: string }>(begun);
  const codeNow = () => {
    const counter = Math.floor(Date.now() / 30_000);
    return HOTP.generate({ secret: Secret.fromBase32(secret), counter, digits: 6, algorithm: "SHA1" });
  };
  return { codeNow, confirm: () => call("PUT", "/v1/sign-in/authenticator", { cookie, body: { code: codeNow() } }) };
}

async function setUpApp(cookie: string): Promise<() => string> {
  const { codeNow, confirm } = await beginApp(cookie);
  expect((await confirm()).status).toBe(200);
  return codeNow;
}

function signsNobodyIn(answer: Response, status = 401): void {
  expect(answer.status).toBe(status);
  expect(answer.headers.getSetCookie().join("; ")).not.toMatch(/invigil_(staff|refresh|browser)=[^;]/);
}

describe("a sign-in that is on its way", () => {
  const byPassword = () => call("POST", "/v1/sign-in", { body: { email: emailOf(noor), password } });
  const changes = async () =>
    call("PUT", "/v1/sign-in/password", { cookie: await staffCookie(noor), body: { current: password, next } });

  it("[G100] does not come after a new password by the old one", async () => {
    const changed = rightBeforeSignIn(changes);
    signsNobodyIn(await byPassword());
    expect(await changed).toBe(200);
    expect(await signInsOfNoor()).toEqual({ count: 1, entered: 0 });
  }, 30_000);

  it("[G100] nor by its second step", async () => {
    const codeNow = await setUpApp(await staffCookie(noor));
    const asked = await byPassword();
    const cookie = asked.headers.getSetCookie().map((line) => line.split(";", 1)[0]!);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 });
    const changed = rightBeforeSignIn(changes);
    const body = { code: codeNow() };
    signsNobodyIn(await call("POST", "/v1/sign-in/second-factor", { cookie: cookie.join("; "), body }));
    expect(await changed).toBe(200);
    expect(await signInsOfNoor()).toEqual({ count: 1, entered: 0 });
  }, 30_000);

  it("[G102] nor by a passkey that is taken meanwhile", async () => {
    const device = await addPasskey(await staffCookie(noor));
    const revoked = rightBeforeSignIn(async () =>
      call("POST", "/v1/sign-in/revocation", { cookie: await staffCookie(noor), body: { password } }),
    );
    signsNobodyIn(await signInByPasskey(device), 422);
    expect(await revoked).toBe(200);
    expect(await signInsOfNoor()).toEqual({ count: 0, entered: 0 });
  }, 30_000);

  it("[G40] nor with the password alone where an app is set up meanwhile", async () => {
    const { confirm } = await beginApp(await staffCookie(noor));
    const confirmed = rightBeforeSignIn(confirm);
    signsNobodyIn(await byPassword());
    expect(await confirmed).toBe(200);
    expect(await signInsOfNoor()).toEqual({ count: 1, entered: 0 });
  }, 30_000);

  it("[G104] nor with a code of an app that is taken off meanwhile", async () => {
    const codeNow = await setUpApp(await staffCookie(noor));
    const asked = await byPassword();
    const cookie = asked.headers.getSetCookie().map((line) => line.split(";", 1)[0]!);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 });
    const path = `/v1/members/${noor.id}/second-factor`;
    const removed = rightBeforeSignIn(async () => call("DELETE", path, { cookie: await staffCookie(rosa) }));
    const body = { code: codeNow() };
    signsNobodyIn(await call("POST", "/v1/sign-in/second-factor", { cookie: cookie.join("; "), body }));
    expect(await removed).toBe(204);
    expect(await signInsOfNoor()).toEqual({ count: 0, entered: 0 });
  }, 30_000);
});

describe("an administrator who wants a colleague's account", () => {
  it("[G101] does not come in by a link alone where there is an app: to take it off is another act", async () => {
    const cookie = await staffCookie(noor);
    const begun = await call("POST", "/v1/sign-in/authenticator", { cookie, body: { password } });
    const { secret } = await jsonOf<{ secret: string }>(begun);
    const counter = Math.floor(Date.now() / 30_000);
    const code = HOTP.generate({ secret: Secret.fromBase32(secret), counter, digits: 6, algorithm: "SHA1" });
    await call("PUT", "/v1/sign-in/authenticator", { cookie, body: { code } });
    await accept(await inviteAgain(noor));
    const tried = await call("POST", "/v1/sign-in", { body: { email: emailOf(noor), password: next } });
    expect(await problemOf(tried)).toMatchObject({ code: "second-factor-needed" });
    const path = `/v1/members/${noor.id}/second-factor`;
    expect((await call("DELETE", path, { cookie: await staffCookie(rosa) })).status).toBe(204);
    expect(await signIn(noor, next)).not.toBeNull();
    expect(await kindsBy(rosa)).toEqual(expect.arrayContaining(["member-invited-again", "second-factor-removed"]));
  }, 30_000);

  it("[G104] ends the colleague's sign-ins with the factors", async () => {
    const cookie = (await signIn(noor))!;
    const path = `/v1/members/${noor.id}/second-factor`;
    expect((await call("DELETE", path, { cookie: await staffCookie(rosa) })).status).toBe(204);
    expect((await call("GET", "/v1/me", { cookie })).status).toBe(401);
    expect((await call("GET", "/v1/me", { cookie: await staffCookie(olu) })).status).toBe(200);
  });
});
