import { exports } from "cloudflare:workers";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { closeCodes } from "#protocol/session/version.ts";
import { isProviderAddress } from "#worker/auth/provider.ts";
import {
  call,
  databaseOf,
  emailOf,
  env,
  jsonOf,
  lin,
  mallory,
  openSchools,
  origin,
  type Person,
  problemOf,
  rosa,
  scheduleSitting,
  staffCookie,
} from "#test/support/school.ts";

const issuer = "https://id.school.example";
const keys = await generateKeyPair("RS256");
const foreignKeys = await generateKeyPair("RS256");
const jwk = { ...(await exportJWK(keys.publicKey)), kid: "one", alg: "RS256", use: "sig" };

/** What the provider says next time a code is exchanged, and what it was asked. */
type Provider = {
  claims: Record<string, unknown>;
  signedBy: CryptoKey;
  metadata: Record<string, unknown>;
  asked: { url: string; body: string; redirect: string | undefined }[];
  codes: Set<string>;
};
let provider: Provider;

beforeEach(async () => {
  vi.spyOn(console, "info").mockImplementation(() => {});
  vi.spyOn(console, "warn").mockImplementation(() => {});
  provider = { claims: {}, signedBy: keys.privateKey, metadata: {}, asked: [], codes: new Set() };
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const body = init?.body instanceof URLSearchParams ? init.body.toString() : "";
    provider.asked.push({ url, body, redirect: init?.redirect });
    return answerOf(new URL(url), new URLSearchParams(body));
  });
  await openSchools();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** An OpenID provider, as far as it answers a client. */
async function answerOf(url: URL, body: URLSearchParams): Promise<Response> {
  switch (url.pathname) {
    case "/.well-known/openid-configuration":
      return Response.json({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        ...provider.metadata,
      });
    case "/jwks":
      return Response.json({ keys: [jwk] });
    case "/token": {
      const code = body.get("code") ?? "";
      if (!provider.codes.delete(code)) return Response.json({ error: "invalid_grant" }, { status: 400 });
      const now = Math.floor(Date.now() / 1000);
      const claims = { iss: issuer, aud: "invigil", iat: now, exp: now + 300, ...provider.claims };
      const idToken = await new SignJWT(claims)
        .setProtectedHeader({ alg: "RS256", kid: "one" })
        .sign(provider.signedBy);
      return Response.json({ access_token: "access", token_type: "bearer", id_token: idToken });
    }
    default:
      return new Response(null, { status: 404 });
  }
}

const setting = { issuer, clientId: "invigil", clientSecret: "between us two", emailDomain: "School.Example" };

async function set(who: Person, change: Partial<typeof setting> = {}): Promise<Response> {
  return call("PUT", "/v1/single-sign-on", { cookie: await staffCookie(who), body: { ...setting, ...change } });
}

type Way = { readonly cookie: string; readonly url: URL };

async function begin(institution: string = lin.tenantId): Promise<Way> {
  const response = await call("POST", "/v1/sign-in/single-sign-on", { body: { institution } });
  const line = response.headers.getSetCookie().find((one) => one.startsWith("__Secure-invigil_single_sign_on="))!;
  for (const flag of ["HttpOnly", "Secure", "SameSite=Lax", "Path=/v1/sign-in/single-sign-on"]) {
    expect(line).toContain(flag);
  }
  const { address } = await jsonOf<{ address: string }>(response);
  return { cookie: line.split(";", 1)[0]!, url: new URL(address) };
}

type Back = {
  readonly code?: string;
  readonly state?: string;
  readonly cookie?: string | null;
  readonly error?: string;
};

/** Goes there as a browser does that another site sent, and says where it would be sent on to. */
function visit(path: string, cookie: string | null): Promise<Response> {
  const headers = { "sec-fetch-site": "cross-site", ...(cookie !== null && { cookie }) };
  const worker = (exports as { default: Fetcher }).default;
  return worker.fetch(new Request(`${origin}${path}`, { headers, redirect: "manual" }));
}

/** The browser comes back. Tells where it is sent on to, and its cookie if it is signed in. */
async function back(way: Way, change: Back = {}): Promise<{ to: string | null; staff: string | null }> {
  const code = change.code ?? crypto.randomUUID();
  if (change.code === undefined) provider.codes.add(code);
  const query = new URLSearchParams({ state: change.state ?? way.url.searchParams.get("state")! });
  if (change.error === undefined) query.set("code", code);
  else query.set("error", change.error);
  const cookie = change.cookie === undefined ? way.cookie : change.cookie;
  const path = `/v1/sign-in/single-sign-on/callback?${query.toString()}`;
  const response = await visit(path, cookie);
  expect(response.status).toBe(303);
  const staff = response.headers.getSetCookie().find((one) => one.startsWith("__Host-invigil_staff=ey"));
  return { to: response.headers.get("location"), staff: staff?.split(";", 1)[0] ?? null };
}

function says(way: Way, claims: Record<string, unknown> = {}): void {
  const nonce = way.url.searchParams.get("nonce");
  provider.claims = { sub: "subject-of-lin", email: emailOf(lin), email_verified: true, nonce, ...claims };
}

async function kinds(person: Person): Promise<readonly string[]> {
  const statement = databaseOf(person).prepare("select kind from audit_entries where actor = ? order by seq");
  return (await statement.bind(person.id).all<{ kind: string }>()).results.map(({ kind }) => kind);
}

const failed = { to: "/sign-in?problem=sso-failed", staff: null };
const noMember = { to: "/sign-in?problem=sso-no-member", staff: null };

describe("a sign-in with the institution's provider", () => {
  it("[G60] goes there with PKCE, state and nonce, and comes back signed in to the sign-in page alone", async () => {
    expect((await set(rosa)).status).toBe(204);
    const way = await begin();
    expect(`${way.url.origin}${way.url.pathname}`).toBe(`${issuer}/authorize`);
    const asked = Object.fromEntries(way.url.searchParams);
    expect(asked).toMatchObject({ response_type: "code", client_id: "invigil", code_challenge_method: "S256" });
    expect(asked["redirect_uri"]).toBe(`${origin}/v1/sign-in/single-sign-on/callback`);
    for (const name of ["state", "nonce", "code_challenge"]) expect(asked[name]).toMatch(/^[\w-]{43}$/);
    says(way);
    const { to, staff } = await back(way);
    expect(to).toBe("/sign-in");
    expect(await jsonOf(await call("GET", "/v1/me", { cookie: staff! }))).toMatchObject({ memberId: lin.id });
    expect(await kinds(lin)).toEqual(["single-sign-on-linked", "signed-in"]);
    const exchange = provider.asked.find(({ url }) => url === `${issuer}/token`)!;
    expect(exchange.body).toMatch(/code_verifier=[\w-]{43}/);
    expect(new Set(provider.asked.map(({ redirect }) => redirect))).toEqual(new Set(["manual"]));
  });

  it("[G61] takes no other state, no other browser, no answer twice, none after ten minutes, and no token of another purpose", async () => {
    await set(rosa);
    const way = await begin();
    says(way);
    expect(await back(way, { state: "A".repeat(43) })).toEqual(failed);
    expect(await back(way, { cookie: null })).toEqual(failed);
    const other = await begin();
    expect(await back(way, { cookie: other.cookie })).toEqual(failed);
    const staff = (await staffCookie(lin)).replace("__Host-invigil_staff", "__Secure-invigil_single_sign_on");
    expect(await back(way, { cookie: staff })).toEqual(failed);
    provider.codes.add("once");
    expect((await back(way, { code: "once" })).staff).not.toBeNull();
    expect(await back(way, { code: "once" })).toEqual(failed);
    const late = await begin();
    says(late);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 11 * 60_000 });
    expect(await back(late)).toEqual(failed);
  });

  it("[G61] takes no id token of another nonce, issuer, client, time or key", async () => {
    await set(rosa);
    const now = Math.floor(Date.now() / 1000);
    for (const claims of [
      { nonce: "A".repeat(43) },
      { nonce: undefined },
      { iss: "https://other.example" },
      { aud: "another client" },
      { exp: now - 300, iat: now - 600 },
    ]) {
      const way = await begin();
      says(way, claims);
      expect(await back(way), JSON.stringify(claims)).toEqual(failed);
    }
    const way = await begin();
    says(way);
    provider.signedBy = foreignKeys.privateKey;
    expect(await back(way)).toEqual(failed);
  });

  it("[G62] finds members of that institution by an address that the provider vouches for, and makes none", async () => {
    await set(rosa);
    const count = () => env.DB.prepare("select count(*) as n from members").first("n");
    const before = await count();
    // Members whose addresses are not of the institution's domain.
    await env.DB.prepare("update members set email = 'olu@evilschool.example' where id = 'olu'").run();
    await env.DB.prepare("update members set email = 'noor@elsewhere.example' where id = 'noor'").run();
    for (const claims of [
      { email_verified: false },
      { email_verified: "true" },
      { email: undefined },
      { email: emailOf(mallory) },
      { email: "nobody@school.example" },
      { email: "noor@elsewhere.example" },
      { email: "olu@evilschool.example" },
      { email: "lin@school.example@elsewhere.example" },
    ]) {
      const way = await begin();
      says(way, { sub: crypto.randomUUID(), ...claims });
      expect(await back(way), JSON.stringify(claims)).toEqual(noMember);
    }
    expect(await count()).toBe(before);
    await env.DB.prepare("update members set left_at = 1 where id = 'lin'").run();
    const way = await begin();
    says(way);
    expect(await back(way)).toEqual(noMember);
  });

  it("[G63] knows a member by the provider's subject from then on: the address may change, its next owner is nobody", async () => {
    await set(rosa);
    const first = await begin();
    says(first);
    expect((await back(first)).staff).not.toBeNull();
    const renamed = await begin();
    says(renamed, { email: "lin.wei@elsewhere.example", email_verified: false });
    expect((await back(renamed)).staff).not.toBeNull();
    const next = await begin();
    says(next, { sub: "who has the address now" });
    expect(await back(next)).toEqual(noMember);
  });

  it("[G65] that the provider refuses, or that is broken off, is told by one of our own words and leads nowhere else", async () => {
    await set(rosa);
    const way = await begin();
    const to = "/sign-in?problem=sso-refused";
    expect(await back(way, { error: "access_denied" })).toEqual({ to, staff: null });
    const address = `/v1/sign-in/single-sign-on/callback?next=https://evil.example&redirect_uri=//evil.example`;
    const response = await visit(address, null);
    expect(response.headers.get("location")).toBe("/sign-in?problem=sso-failed");
    const unknown = await problemOf(
      await call("POST", "/v1/sign-in/single-sign-on", { body: { institution: "nowhere" } }),
    );
    const without = await problemOf(
      await call("POST", "/v1/sign-in/single-sign-on", { body: { institution: "south" } }),
    );
    expect(unknown).toMatchObject({ code: "no-provider" });
    expect({ ...without, requestId: "" }).toEqual({ ...unknown, requestId: "" });
  });
});

describe("an institution's provider", () => {
  it("[G64] is asked by https at addresses that it names itself, never by redirects, and not at length", async () => {
    for (const address of [
      "http://id.school.example",
      "http://localhost:9113",
      "https://name:word@id.school.example",
      "https://10.0.0.1",
      "https://[fd00::1]",
      "https://metadata.google.internal",
      "javascript:alert(1)",
      "file:///etc/passwd",
    ]) {
      expect(isProviderAddress(address, new URL(origin)), address).toBe(false);
    }
    expect(isProviderAddress("http://localhost:9113", new URL("http://localhost:8787"))).toBe(true);
    expect(isProviderAddress("http://10.0.0.1", new URL("http://localhost:8787"))).toBe(false);
    expect(await problemOf(await set(rosa, { issuer: "http://id.school.example" }))).toMatchObject({
      code: "no-provider",
    });
    expect(provider.asked).toEqual([]);
    for (const metadata of [
      { issuer: "https://other.example" },
      { token_endpoint: "http://169.254.169.254/latest" },
      { token_endpoint: "https://169.254.169.254/latest" },
      { jwks_uri: undefined },
      { authorization_endpoint: "javascript:alert(1)" },
      { padding: "x".repeat(300_000) },
    ]) {
      provider.metadata = metadata;
      expect(await problemOf(await set(rosa)), Object.keys(metadata)[0]).toMatchObject({ code: "no-provider" });
    }
    vi.mocked(globalThis.fetch).mockResolvedValue(Response.redirect("http://169.254.169.254/", 302));
    expect(await problemOf(await set(rosa))).toMatchObject({ code: "no-provider" });
  });

  it("[G66] is one institution's, set by who may; its secret is kept encrypted and never shown", async () => {
    expect((await set(lin)).status).toBe(403);
    await set(rosa);
    const read = await call("GET", "/v1/single-sign-on", { cookie: await staffCookie(rosa) });
    const text = await read.text();
    expect(JSON.parse(text)).toMatchObject({
      institution: rosa.tenantId,
      provider: { issuer, clientId: "invigil", emailDomain: "school.example" },
    });
    const stored = await env.DB.prepare("select * from single_sign_on").all();
    for (const told of [text, JSON.stringify(stored.results)]) expect(told).not.toContain("between us two");
    const theirs = await call("GET", "/v1/single-sign-on", { cookie: await staffCookie(mallory) });
    expect(await jsonOf(theirs)).toMatchObject({ provider: null });
    const remove = async (who: Person) =>
      (await call("DELETE", "/v1/single-sign-on", { cookie: await staffCookie(who) })).status;
    expect([await remove(mallory), await remove(lin), await remove(rosa), await remove(rosa)]).toEqual([
      409, 403, 204, 409,
    ]);
    expect((await kinds(rosa)).filter((kind) => kind.startsWith("single-sign-on"))).toEqual([
      "single-sign-on-changed",
      "single-sign-on-removed",
    ]);
    const gone = await call("POST", "/v1/sign-in/single-sign-on", { body: { institution: rosa.tenantId } });
    expect(await problemOf(gone)).toMatchObject({ code: "no-provider" });
  });
});

describe("a provider that is changed", () => {
  async function signedIn(): Promise<string> {
    const way = await begin();
    says(way);
    return (await back(way)).staff!;
  }
  const status = async (cookie: string) => (await call("GET", "/v1/me", { cookie })).status;

  it.each([
    ["another issuer", { issuer: "https://id.other.example" }, 401],
    ["another client", { clientId: "another" }, 401],
    ["another domain", { emailDomain: "other.example" }, 401],
    ["a new secret alone", { clientSecret: "a new one" }, 200],
  ])("[G97] by %s ends the sign-ins that it made, and no others", async (_, change, expected) => {
    await set(rosa);
    const cookie = await signedIn();
    provider.metadata = { issuer: (change as { issuer?: string }).issuer ?? issuer };
    expect((await set(rosa, change)).status).toBe(204);
    expect(await status(cookie)).toBe(expected);
    for (const other of [lin, rosa, mallory]) expect(await status(await staffCookie(other))).toBe(200);
  });

  it("[G97] takes its live consoles with it when it is removed, and those of other sign-ins go on", async () => {
    const { sitting } = await scheduleSitting();
    await set(rosa);
    const theirs = await signedIn();
    const own = await staffCookie(lin);
    const open = async (cookie: string) => {
      const headers = { upgrade: "websocket" };
      const path = `/v1/exam-sessions/${sitting.examSessionId}/socket`;
      const socket = (await call("GET", path, { cookie, headers })).webSocket!;
      const closed = new Promise<number>((resolve) => socket.addEventListener("close", ({ code }) => resolve(code)));
      socket.accept();
      return { socket, closed };
    };
    const [gone, stays] = [await open(theirs), await open(own)];
    expect((await call("DELETE", "/v1/single-sign-on", { cookie: await staffCookie(rosa) })).status).toBe(204);
    expect(await gone.closed).toBe(closeCodes.notAllowed);
    const answered = new Promise((resolve) => stays.socket.addEventListener("message", resolve, { once: true }));
    stays.socket.send("ping");
    await answered;
    stays.socket.close();
    expect([await status(theirs), await status(own)]).toEqual([401, 200]);
  });

  it("[G97] while somebody is there signs them in by neither", async () => {
    await set(rosa);
    const way = await begin();
    says(way);
    const answer = vi.mocked(globalThis.fetch).getMockImplementation()!;
    vi.mocked(globalThis.fetch).mockImplementation(async (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      // The moment at which the provider's word is read, and its sign-in not made yet.
      if (url === `${issuer}/jwks`) {
        await env.DB.prepare("update single_sign_on set client_id = 'another'").run();
      }
      return answer(input, init);
    });
    const { to } = await back(way);
    expect(to).toBe("/sign-in?problem=sso-failed");
    const left = env.DB.prepare("select count(*) as n from sign_ins where way = 'single-sign-on' and ended_at is null");
    expect(await left.first("n")).toBe(0);
  });

  it("[G98] is changed by nobody who signed in by it, but for its secret", async () => {
    await set(rosa);
    await env.DB.prepare("update sign_ins set way = 'single-sign-on' where member_id = ?").bind(rosa.id).run();
    expect(await problemOf(await set(rosa, { clientId: "another" }))).toMatchObject({ code: "sign-in-otherwise" });
    const cookie = await staffCookie(rosa);
    expect(await problemOf(await call("DELETE", "/v1/single-sign-on", { cookie }))).toMatchObject({
      status: 409,
      code: "sign-in-otherwise",
    });
    expect((await set(rosa, { clientSecret: "a new one" })).status).toBe(204);
    expect(await status(cookie)).toBe(200);
  });
});
