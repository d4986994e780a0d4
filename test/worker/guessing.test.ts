import { scryptSync } from "node:crypto";
import { evictDurableObject, listDurableObjectIds, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import type { TryVerdict } from "#domain/access/account-tries.ts";
import type { SignInGuard } from "#durable-objects/sign-in-guard/sign-in-guard.ts";
import { brand } from "#domain/exam/ids.ts";
import type { SignInGuardRpc } from "#protocol/sign-in-guard.ts";
import { sha256Hex } from "#worker/sha256-hex.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  call,
  emailOf,
  env,
  lin,
  mallory,
  openSchools,
  password,
  problemOf,
  rosa,
  staffCookie,
} from "#test/support/school.ts";

const salt = Buffer.alloc(16, 7);
const cheap = scryptSync(password, salt, 32, { N: 16, r: 1, p: 1 });

/** Everybody's hash with the least work: what is measured here is how often it is done. */
async function easeHashes(): Promise<void> {
  const stored = `$scrypt$ln=4,r=1,p=1$${salt.toString("base64url")}$${cheap.toString("base64url")}`;
  await env.DB.prepare("update members set password_hash = ?").bind(stored).run();
}

afterEach(() => {
  vi.restoreAllMocks();
});

beforeEach(async () => {
  // A line of log for each try.
  vi.spyOn(console, "info").mockImplementation(() => {});
  await openSchools();
  // Enough that whoever tries many accounts finds real ones, whose hashes cost nothing here.
  const person = env.DB.prepare(
    "insert into members (tenant_id, id, email, name, password_hash, created_at) values ('north', ?, ?, '', '', 0)",
  );
  await env.DB.batch(Array.from({ length: 200 }, (_, n) => person.bind(`person-${n}`, `person-${n}@school.example`)));
  await easeHashes();
});

type Try = { readonly email: string; readonly given?: string; readonly from: string; readonly cookie?: string };

function signIn({ email, given = "not the password", from, cookie }: Try): Promise<Response> {
  const headers = { "cf-connecting-ip": from };
  return call("POST", "/v1/sign-in", { body: { email, password: given }, headers, ...(cookie && { cookie }) });
}

/** What became of so many tries, by the code of the answer: `wrong-credentials` alone had its password looked at. */
async function attack(count: number, nth: (n: number) => Try): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (let n = 0; n < count; n += 50) {
    const answers = Array.from({ length: Math.min(50, count - n) }, (_, k) => signIn(nth(n + k)));
    for (const answer of await Promise.all(answers)) {
      const code = answer.ok ? "signed-in" : (await problemOf(answer)).code;
      counts[code] = (counts[code] ?? 0) + 1;
    }
  }
  return counts;
}

/** The cookies of a browser in which this member has signed in before. */
async function knownBrowser(email: string): Promise<string> {
  const response = await signIn({ email, given: password, from: "192.0.2.1" });
  const known = response.headers.getSetCookie().find((line) => line.startsWith("__Secure-invigil_known="));
  return known!.split(";", 1)[0]!;
}

async function guardOf(name: string): Promise<DurableObjectStub> {
  const hashed = await sha256Hex(new TextEncoder().encode(name));
  return env.SIGN_IN_GUARDS.get(env.SIGN_IN_GUARDS.idFromName(hashed));
}

/** Failures that the account's own guard counts, from one address or each from another. */
async function exhaust(email: string, address: string | null, count: number): Promise<void> {
  const guard = (await guardOf(`account ${email}`)) as DurableObjectStub & SignInGuardRpc;
  for (let n = 0; n < count; n += 1) {
    await guard.tryAccount({ kind: "stranger", address: address ?? `198.51.100.${n}` });
  }
}

/** As if strangers had guessed at an account until it closed. */
async function closeToStrangers(email: string): Promise<void> {
  await attack(90, (n) => ({ email, from: `198.51.100.${n}` }));
}

/** The guards that were asked in this test; the platform still lists those of tests before. */
async function guards(): Promise<readonly DurableObjectStub[]> {
  const stubs = (await listDurableObjectIds(env.SIGN_IN_GUARDS)).map((id) => env.SIGN_IN_GUARDS.get(id));
  const isUsed = await Promise.all(
    stubs.map((stub) => runInDurableObject(stub, (_, { storage }) => [...storage.kv.list()].length > 0)),
  );
  return stubs.filter((_, index) => isUsed[index]);
}

describe("an attack on passwords", () => {
  it("[G1] [G3] [G5] of 10,000 tries has 192 looked at at most", async () => {
    const storm = async (name: string, count: number, ask: (guard: SignInGuard, n: number) => Promise<TryVerdict>) =>
      runInDurableObject(await guardOf(name), async (guard) => {
        const verdicts = await Promise.all(Array.from({ length: count }, (_, n) => ask(guard as SignInGuard, n)));
        return verdicts.filter(({ kind }) => kind === "go").length;
      });
    const at = (address: string) => ({ kind: "stranger", address }) as const;
    const one = await storm("account a", 3_000, (guard) => guard.tryAccount(at("203.0.113.7")));
    const many = await storm("account b", 3_500, (guard, n) => guard.tryAccount(at(`of ${n}`)));
    const spray = await storm("address 203.0.113.9", 3_500, (guard) => guard.tryAddress());
    expect({ one, many, spray }).toEqual({ one: expect.any(Number), many: 80, spray: 100 });
    expect(one).toBeGreaterThanOrEqual(10);
    // One more for each wait that ends while the attack goes on, on a slow machine.
    expect(one).toBeLessThanOrEqual(12);
    console.log(
      `10,000 tries: of 3,000 from one address on one account ${one} were looked at, of 3,500 from as many addresses on ` +
        `one account ${many}, of 3,500 from one address on as many accounts ${spray}.`,
    );
  });

  it("[G1] [G3] [G4] [G5] by HTTP gets no further, and the owner signs in all the while", async () => {
    const victim = emailOf(rosa);
    const cookie = await knownBrowser(victim);
    // From the very address of the attack.
    const owner = async () => (await signIn({ email: victim, given: password, from: "203.0.113.7", cookie })).status;

    await easeHashes();
    const one = await attack(50, () => ({ email: victim, from: "203.0.113.7" }));
    expect(one).toEqual({ "wrong-credentials": 10, "too-many-tries": 40 });
    expect(await owner()).toBe(200);

    await easeHashes();
    const many = await attack(90, (n) => ({ email: victim, from: `198.51.100.${n}` }));
    expect(many).toEqual({ "wrong-credentials": 80, "proof-needed": 10 });
    expect(await owner()).toBe(200);

    const spray = await attack(105, (n) => ({ email: emailOf({ id: brand(`person-${n}`) }), from: "203.0.113.9" }));
    expect(spray).toEqual({ "wrong-credentials": 100, "too-many-tries": 5 });
    expect(await owner()).toBe(200);
  }, 60_000);

  it("[G6] is answered the same for an account that does not exist, at every stage", async () => {
    const stages = async (email: string) => {
      const codes: string[] = [];
      for (let n = 0; n < 2; n += 1) codes.push((await problemOf(await signIn({ email, from: "203.0.113.7" }))).code);
      await exhaust(email, "203.0.113.7", 8);
      const waiting = await signIn({ email, from: "203.0.113.7" });
      await exhaust(email, null, 70);
      const closed = await signIn({ email, from: "198.51.100.250" });
      const seen = async (answer: Response) => ({
        ...(await problemOf(answer)),
        requestId: "",
        headers: [...answer.headers.keys()].toSorted(),
      });
      return { codes, waiting: await seen(waiting), closed: await seen(closed) };
    };
    const real = await stages(emailOf(lin));
    expect(await stages("nobody@school.example")).toEqual(real);
    expect(real).toMatchObject({ waiting: { code: "too-many-tries" }, closed: { code: "proof-needed" } });
  });

  it("[G2] says how long to wait, and the right password does not help while it lasts", async () => {
    await attack(10, () => ({ email: emailOf(lin), from: "203.0.113.7" }));
    const answer = await signIn({ email: emailOf(lin), given: password, from: "203.0.113.7" });
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(20);
    expect(Number(answer.headers.get("retry-after"))).toBeLessThanOrEqual(30);
    expect(await problemOf(answer)).toMatchObject({ status: 429, code: "too-many-tries" });
    expect((await signIn({ email: emailOf(lin), given: password, from: "203.0.113.8" })).status).toBe(200);
  });

  it("[G5] counts the whole network of an IPv6 address, however it is written", async () => {
    // One account for each, so that only the address counts.
    const sprayed = await attack(110, (n) => ({
      email: emailOf({ id: brand(`person-${n}`) }),
      from: n % 2 === 0 ? `2001:db8:0:7:${n.toString(16)}::1` : `2001:DB8::0007:0:0:0:${n.toString(16)}`,
    }));
    expect(sprayed["wrong-credentials"]).toBe(100);
    const next = await attack(1, () => ({ email: emailOf(rosa), from: "2001:db8:0:8::1" }));
    expect(next["wrong-credentials"]).toBe(1);
  });

  it("[G3] is still counted after the guard slept", async () => {
    await attack(10, () => ({ email: emailOf(lin), from: "203.0.113.7" }));
    for (const guard of await guards()) await evictDurableObject(guard);
    expect(await attack(1, () => ({ email: emailOf(lin), from: "203.0.113.7" }))).toEqual({ "too-many-tries": 1 });
  });

  it("[G8] is forgotten when its time is over, so that guards of made-up accounts do not pile up", async () => {
    await attack(10, () => ({ email: emailOf(lin), from: "203.0.113.7" }));
    for (const guard of await guards()) await runDurableObjectAlarm(guard);
    expect(await guards()).toEqual([]);
    const again = await attack(1, () => ({ email: emailOf(lin), from: "203.0.113.7" }));
    expect(again).toEqual({ "wrong-credentials": 1 });
  });
});

describe("a known browser", () => {
  it("[G9] is known to its own account only, and its cookie opens nothing", async () => {
    const cookie = await knownBrowser(emailOf(mallory));
    await closeToStrangers(emailOf(rosa));
    const answer = await signIn({ email: emailOf(rosa), from: "192.0.2.1", cookie });
    expect(await problemOf(answer)).toMatchObject({ code: "proof-needed" });
    const asStaff = cookie.replace("__Secure-invigil_known", "__Host-invigil_staff");
    expect(await problemOf(await call("GET", "/v1/me", { cookie: asStaff }))).toMatchObject({ code: "not-signed-in" });
    const forged = `__Secure-invigil_known=${(await staffCookie(rosa)).split("=", 2)[1]}`;
    const asKnown = await signIn({ email: emailOf(rosa), from: "192.0.2.1", cookie: forged });
    expect(await problemOf(asKnown)).toMatchObject({ code: "proof-needed" });
  });

  it("[G9] has a cookie that no script reads and that goes to the sign-in only", async () => {
    const response = await signIn({ email: emailOf(rosa), given: password, from: "192.0.2.1" });
    const known = response.headers.getSetCookie().find((line) => line.startsWith("__Secure-invigil_known="));
    for (const flag of ["HttpOnly", "Secure", "SameSite=Strict", "Path=/v1/sign-in"]) expect(known).toContain(flag);
  });
});

describe("an account that is closed to strangers", () => {
  it("[G10] is opened again by an administrator of its own institution, and by nobody else's", async () => {
    const path = `/v1/members/${lin.id}/sign-in-failures`;
    await closeToStrangers(emailOf(lin));
    const tried = async () => (await signIn({ email: emailOf(lin), given: password, from: "192.0.2.1" })).status;
    expect((await call("DELETE", path, { cookie: await staffCookie(mallory) })).status).toBe(404);
    expect(await tried()).toBe(403);
    expect((await call("DELETE", path, { cookie: await staffCookie(rosa) })).status).toBe(204);
    expect(await tried()).toBe(200);
  });
});
