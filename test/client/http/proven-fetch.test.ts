import { decodeJwt, decodeProtectedHeader, type JWK, jwtVerify } from "jose";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { nonceHeader, nonceMs, nonceWanted, proofHeader, socketProtocol } from "#protocol/http/proof.ts";

type Heard = { readonly path: string; readonly proof: string | null };

const stale = { status: 401, headers: { "www-authenticate": nonceWanted } };

/** A page of its own, and a server that answers in turn, the last for ever, with a nonce that counts its answers. */
async function openPage(...answers: readonly ResponseInit[]) {
  const heard: Heard[] = [];
  vi.resetModules();
  vi.stubGlobal("window", { location: { href: "https://exam.test/sit/ada" } });
  vi.stubGlobal("fetch", (path: string, init: RequestInit = {}) => {
    const { status = 200, headers = {} } = answers[Math.min(heard.length, answers.length - 1)] ?? {};
    heard.push({ path, proof: new Headers(init.headers).get(proofHeader) });
    return Promise.resolve(
      new Response(null, { status, headers: { ...(headers as object), [nonceHeader]: `nonce-${heard.length}` } }),
    );
  });
  const { provenFetch, socketProtocols } = await import("#client/http/proven-fetch.ts");
  return { heard, provenFetch, socketProtocols };
}

const get = { method: "GET", headers: {} };

beforeEach(() => {
  // There is no IndexedDB here: the page goes on with a key of its own. [G77]
  vi.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe("a candidate's request", () => {
  it("[G71] [G72] carries a proof for itself, signed by one key, of which the public part is shown", async () => {
    const { heard, provenFetch } = await openPage({});
    await provenFetch("/v1/check-in", { method: "POST", headers: {} });
    await provenFetch("/v1/sit/ada/identity/face?sha256=0", { method: "PUT", headers: {} });
    const [first, second] = heard.map(({ proof }) => proof ?? "");
    const { jwk, ...header } = decodeProtectedHeader(first!);
    expect(header).toEqual({ alg: "ES256", typ: "dpop+jwt" });
    expect(Object.keys(jwk as JWK).toSorted()).toEqual(["crv", "kty", "x", "y"]);
    const { payload } = await jwtVerify(first!, jwk as JWK);
    expect(payload).toMatchObject({ htm: "POST", htu: "https://exam.test/v1/check-in" });
    expect(payload).not.toHaveProperty("nonce");
    expect(decodeJwt(second!)).toMatchObject({
      htm: "PUT",
      htu: "https://exam.test/v1/sit/ada/identity/face",
      nonce: "nonce-1",
    });
    expect(decodeProtectedHeader(second!)["jwk"]).toEqual(jwk);
    expect(decodeJwt(second!).jti).not.toBe(payload.jti);
  });

  it("[G76] is made again with the server's nonce when it wants one, once", async () => {
    const once = await openPage(stale, {});
    expect((await once.provenFetch("/v1/sit/ada", get)).status).toBe(200);
    expect(once.heard.map(({ proof }) => decodeJwt(proof ?? "")["nonce"])).toEqual([undefined, "nonce-1"]);
    const always = await openPage(stale);
    expect((await always.provenFetch("/v1/sit/ada", get)).status).toBe(401);
    expect(always.heard).toHaveLength(2);
    const foreign = await openPage({ status: 401 });
    await foreign.provenFetch("/v1/sit/ada", get);
    expect(foreign.heard).toHaveLength(1);
  });
});

describe("a candidate's socket", () => {
  const path = "/v1/sit/ada/socket";

  async function nonceOf(protocols: Promise<readonly string[]>): Promise<unknown> {
    const [name, proof = ""] = await protocols;
    expect(name).toBe(socketProtocol);
    expect(decodeJwt(proof)).toMatchObject({ htm: "GET", htu: `https://exam.test${path}` });
    return decodeJwt(proof)["nonce"];
  }

  it("[G76] needs no request of its own where the page has heard from the server lately", async () => {
    const { heard, provenFetch, socketProtocols } = await openPage({});
    await provenFetch("/v1/check-in", { method: "POST", headers: {} });
    expect(await nonceOf(socketProtocols(path, "/v1/sit/ada", false))).toBe("nonce-1");
    expect(heard).toHaveLength(1);
  });

  it("[G76] asks first where that was long ago, or the one before was refused", async () => {
    const { heard, provenFetch, socketProtocols } = await openPage({});
    await provenFetch("/v1/check-in", { method: "POST", headers: {} });
    expect(await nonceOf(socketProtocols(path, "/v1/sit/ada", true))).toBe("nonce-2");
    const later = performance.now() + nonceMs;
    const clock = vi.spyOn(performance, "now").mockReturnValue(later);
    expect(await nonceOf(socketProtocols(path, "/v1/sit/ada", false))).toBe("nonce-3");
    // The computer slept, and its monotonic clock with it.
    const woken = Date.now() + nonceMs;
    vi.spyOn(Date, "now").mockReturnValue(woken);
    expect(await nonceOf(socketProtocols(path, "/v1/sit/ada", false))).toBe("nonce-4");
    expect(await nonceOf(socketProtocols(path, "/v1/sit/ada", false))).toBe("nonce-4");
    expect(clock).toHaveBeenCalled();
    expect(heard.slice(1)).toEqual(Array.from({ length: 3 }, () => ({ path: "/v1/sit/ada", proof: null })));
  });
});
