import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Paced, paces } from "#domain/access/address-pace.ts";
import type { SignInGuard } from "#durable-objects/sign-in-guard/sign-in-guard.ts";
import type { IssuedLink } from "#protocol/http/registration.ts";
import { sha256Hex } from "#worker/sha256-hex.ts";
import {
  call,
  env,
  jsonOf,
  lin,
  openSchools,
  problemOf,
  rosa,
  scheduleSitting,
  staffCookie,
  tokenOf,
} from "#test/support/school.ts";

beforeEach(async () => {
  vi.spyOn(console, "info").mockImplementation(() => {});
  vi.spyOn(console, "warn").mockImplementation(() => {});
  await openSchools();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const campus = "203.0.113.7";
const elsewhere = "203.0.113.8";

const issuer = "https://id.school.example";
const metadata = {
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
};

/** Asks the guard itself so often: by HTTP it would take longer than the window. Tells how many were let through. */
async function storm(what: Paced, address: string, count: number): Promise<number> {
  const hashed = await sha256Hex(new TextEncoder().encode(`pace ${what} ${address}`));
  const guard = env.SIGN_IN_GUARDS.get(env.SIGN_IN_GUARDS.idFromName(hashed));
  return runInDurableObject(guard, async (one) => {
    const verdicts = await Promise.all(Array.from({ length: count }, () => (one as SignInGuard).askAt(what)));
    return verdicts.filter(({ kind }) => kind === "go").length;
  });
}

const asks: Readonly<Record<Paced, (from: string) => Promise<Response>>> = {
  "check-in": (from) =>
    call("POST", "/v1/check-in", { body: { token: "A".repeat(43) }, headers: { "cf-connecting-ip": from } }),
  passkey: (from) => call("POST", "/v1/sign-in/passkey/options", { headers: { "cf-connecting-ip": from } }),
  "single-sign-on": (from) =>
    call("POST", "/v1/sign-in/single-sign-on", {
      body: { institution: lin.tenantId },
      headers: { "cf-connecting-ip": from },
    }),
};

describe("what anybody may ask for, asked for by one address", () => {
  it.each(Object.keys(paces) as Paced[])(
    "[G107] %s of 10,000 in one moment is looked at so often and no oftener",
    async (what) => {
      // One moment, however slow the machine is.
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
      const first = (await asks[what](campus)).status;
      const through = await storm(what, campus, 10_000);
      console.log(`10,000 of ${what} from one address: ${through + 1} were looked at.`);
      expect(through).toBe(paces[what].most - 1);
      const refused = await asks[what](campus);
      expect(await problemOf(refused.clone())).toMatchObject({ status: 429, code: "too-often" });
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(paces[what].windowMs / 1000);
      expect((await asks[what](elsewhere)).status).toBe(first);
      for (const other of (Object.keys(paces) as Paced[]).filter((one) => one !== what)) {
        expect((await asks[other](campus)).status, other).not.toBe(429);
      }
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + paces[what].windowMs + 1_000 });
      expect((await asks[what](campus)).status).toBe(first);
    },
  );

  it("[G107] asks no provider any more, and looks at no passkey and no answer of a provider either", async () => {
    const fetched = vi.spyOn(globalThis, "fetch").mockImplementation(() => Promise.resolve(Response.json(metadata)));
    const provider =
      "insert into single_sign_on (tenant_id, issuer, client_id, client_secret, email_domain, changed_at) values (?, 'https://id.school.example', 'invigil', '', 'school.example', 0)";
    await env.DB.prepare(provider).bind(lin.tenantId).run();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const begun = await asks["single-sign-on"](campus);
    const cookie = begun.headers.getSetCookie()[0]!.split(";", 1)[0]!;
    const before = fetched.mock.calls.length;
    expect(before).toBeGreaterThan(0);
    await storm("single-sign-on", campus, 2_000);
    await storm("passkey", campus, 2_000);
    await asks["single-sign-on"](campus);
    const headers = { "cf-connecting-ip": campus };
    const back = await call("GET", "/v1/sign-in/single-sign-on/callback?code=a&state=b", { headers, cookie });
    expect(back.headers.get("location")).toBe("/sign-in?problem=sso-too-often");
    expect(fetched.mock.calls).toHaveLength(before);
    const shown = { id: "A", rawId: "A", type: "public-key", response: {} };
    expect((await call("POST", "/v1/sign-in/passkey", { headers, body: shown })).status).toBe(429);
  });
});

describe("what is not there to be looked at", () => {
  it("[G107] counts for nothing: coming back from a provider without having gone there", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const what = "single-sign-on";
    expect(await storm(what, campus, paces[what].most - 1)).toBe(paces[what].most - 1);
    for (const cookie of ["", "__Secure-invigil_single_sign_on=made-up"]) {
      const headers = { "cf-connecting-ip": campus };
      const back = await call("GET", "/v1/sign-in/single-sign-on/callback?code=a&state=b", { headers, cookie });
      expect(back.headers.get("location")).toBe("/sign-in?problem=sso-failed");
    }
    expect((await asks[what](campus)).status).not.toBe(429);
    expect((await asks[what](campus)).status).toBe(429);
  });
});

describe("a campus", () => {
  it("[G107] [G108] is not shut out by one of its own: a known link counts for nothing, and opens when others are refused", async () => {
    const [link] = (await scheduleSitting()).links;
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const headers = { "cf-connecting-ip": campus };
    const opens = async () => (await call("POST", "/v1/check-in", { body: { token: tokenOf(link!) }, headers })).status;
    expect(await storm("check-in", campus, paces["check-in"].most - 1)).toBe(paces["check-in"].most - 1);
    expect([await opens(), await opens()]).toEqual([200, 200]);
    expect((await asks["check-in"](campus)).status).toBe(404);
    expect((await asks["check-in"](campus)).status).toBe(429);
    expect(await opens()).toBe(200);
  });

  it("[G108] has 500 candidates behind one address, who open their links in one minute, and none of them waits", async () => {
    const { sitting } = await scheduleSitting();
    const candidates = Array.from({ length: 500 }, (_, n) => ({ name: `Candidate ${n}`, email: null }));
    const added = await call("POST", `/v1/sittings/${sitting.id}/registrations`, {
      cookie: await staffCookie(rosa),
      body: { candidates },
    });
    const { links } = await jsonOf<{ links: readonly IssuedLink[] }>(added);
    expect(links).toHaveLength(500);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    // One machine there asks for links that there are not, as often as it may.
    expect(await storm("check-in", campus, 10_000)).toBe(paces["check-in"].most);
    const counts: Record<number, number> = {};
    const headers = { "cf-connecting-ip": campus };
    for (let from = 0; from < links.length; from += 25) {
      const opened = links.slice(from, from + 25).map(async (link) => {
        const { status } = await call("POST", "/v1/check-in", { body: { token: tokenOf(link) }, headers });
        counts[status] = (counts[status] ?? 0) + 1;
      });
      await Promise.all(opened);
    }
    console.log(`500 candidates of one address in one minute: ${JSON.stringify(counts)}.`);
    expect(counts).toEqual({ 200: 500 });
  }, 120_000);
});
