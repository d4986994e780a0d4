import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AttemptId } from "#domain/exam/ids.ts";
import { makeKey, makeProof } from "#client/http/make-proof.ts";
import { nonceHeader, nonceMs, nonceWanted, proofHeader, socketProtocol } from "#protocol/http/proof.ts";
import { proofNonce } from "#worker/auth/proof-nonce.ts";
import { newBrowser } from "#test/support/browsers.ts";
import {
  attemptCookie,
  call,
  jsonOf,
  openSchools,
  origin,
  problemOf,
  type Scheduled,
  scheduleSitting,
  settings,
  tokenOf,
} from "#test/support/school.ts";

type Forgery = {
  readonly key?: Pair;
  readonly alg?: string;
  readonly typ?: string;
  readonly jwk?: JWK;
  readonly claims?: Readonly<Record<string, unknown>>;
};
type Pair = { readonly privateKey: CryptoKey | Uint8Array; readonly jwk: JWK };

let scheduled: Scheduled;
let adas: Pair;
let attemptId: AttemptId;
let cookie: string;
let path: string;

async function extractable(): Promise<Pair> {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  return { privateKey, jwk: await exportJWK(publicKey) };
}

beforeEach(async () => {
  await openSchools();
  scheduled = await scheduleSitting();
  adas = await extractable();
  const [ada] = scheduled.links;
  attemptId = ada!.attemptId;
  path = `/v1/sit/${attemptId}`;
  const proof = await forge({ claims: { htm: "POST", htu: `${origin}/v1/check-in`, nonce: undefined } });
  const arrived = await call("POST", "/v1/check-in", {
    body: { token: tokenOf(ada!) },
    headers: { [proofHeader]: proof },
  });
  if (!arrived.ok) throw new Error(`check-in was answered ${arrived.status}`);
  cookie = arrived.headers.getSetCookie()[0]!.split(";", 1)[0]!;
});

afterEach(() => {
  vi.useRealTimers();
});

/** A proof that is good, but for what is changed. */
async function forge({ key = adas, alg = "ES256", typ = "dpop+jwt", jwk = key.jwk, claims = {} }: Forgery = {}) {
  const nonce = await proofNonce(settings, attemptId, Date.now());
  const good = { jti: crypto.randomUUID(), htm: "GET", htu: `${origin}${path}`, nonce };
  return new SignJWT({ ...good, ...claims }).setProtectedHeader({ alg, typ, jwk }).sign(key.privateKey);
}

function show(proof: string, { method = "GET", at = path, as = cookie } = {}): Promise<Response> {
  return call(method, at, { cookie: as, headers: { [proofHeader]: proof } });
}

async function refusalOf(answer: Response): Promise<string> {
  const { status, code } = await problemOf(answer);
  return `${status} ${code}`;
}

const [stale, foreign] = ["401 stale-proof", "401 another-browser"];

describe("a candidate's cookie", () => {
  it("[G70] opens nothing without a proof, and the answer says what the next one must say", async () => {
    const answer = await show("");
    expect(answer.headers.get("www-authenticate")).toBe(nonceWanted);
    const nonce = answer.headers.get(nonceHeader);
    expect(await refusalOf(answer)).toBe(stale);
    const again = await show(await forge({ claims: { nonce } }));
    expect(again.status).toBe(200);
    expect(again.headers.get(nonceHeader)).toMatch(/^[0-9a-z]+\.[\w-]{43}$/);
    expect(again.headers.get("www-authenticate")).toBeNull();
  });

  it("[G70] [G75] that is copied opens nothing by another browser's key, on any route of the attempt", async () => {
    const thief = await newBrowser();
    for (const [method, end] of [
      ["GET", ""],
      ["GET", "/segments"],
      ["POST", "/segments"],
      ["POST", "/media"],
      ["POST", "/take-over"],
      ["PUT", "/stills/1/camera"],
      ["PUT", "/identity/face"],
    ] as const) {
      const url = new URL(`${path}${end}`, origin);
      const nonce = await proofNonce(settings, attemptId, Date.now());
      const proof = await makeProof(thief, { method, url, nonce });
      expect(await refusalOf(await show(proof, { method, at: url.pathname })), end).toBe(foreign);
    }
  });

  it("[G75] is of the key that checked in: the same link brings another browser a cookie for its own key only", async () => {
    const link = { body: { token: tokenOf(scheduled.links[0]!) } };
    const second = await call("POST", "/v1/check-in", link);
    const other = second.headers.getSetCookie()[0]!.split(";", 1)[0]!;
    expect(await refusalOf(await show(await forge(), { as: other }))).toBe(foreign);
    // A proof that was overheard gets whoever shows it a cookie for which only its maker has the key.
    const proof = await forge({ claims: { htm: "POST", htu: `${origin}/v1/check-in`, nonce: undefined } });
    const overheard = await call("POST", "/v1/check-in", { ...link, headers: { [proofHeader]: proof } });
    const useless = overheard.headers.getSetCookie()[0]!.split(";", 1)[0]!;
    const mallory = await makeKey();
    const nonce = await proofNonce(settings, attemptId, Date.now());
    const own = await makeProof(mallory, { method: "GET", url: new URL(path, origin), nonce });
    expect(await refusalOf(await show(own, { as: useless }))).toBe(foreign);
  });

  it("[G70] is not given to a browser that shows no key", async () => {
    for (const proof of ["", "rubbish", await forge()]) {
      const answer = await call("POST", "/v1/check-in", {
        body: { token: tokenOf(scheduled.links[0]!) },
        headers: { [proofHeader]: proof },
      });
      expect(await refusalOf(answer)).toBe("400 bad-request");
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
  });
});

describe("a proof", () => {
  it("[G71] is signed by the key in it, with ES256, and that key is the cookie's", async () => {
    const mallory = await extractable();
    const rsa = await generateKeyPair("PS256", { extractable: true });
    const p384 = await generateKeyPair("ES384", { extractable: true });
    const secret = new TextEncoder().encode("a secret that everybody knows, of 32 bytes");
    const unsigned = (await forge()).split(".");
    const none = Buffer.from(JSON.stringify({ alg: "none", typ: "dpop+jwt", jwk: adas.jwk })).toString("base64url");
    const altered = Buffer.from(JSON.stringify({ htm: "GET" })).toString("base64url");
    const forgeries: Readonly<Record<string, string>> = {
      "another key": await forge({ key: mallory }),
      "another key that names this one": await forge({ key: mallory, jwk: adas.jwk }),
      "no signature": `${none}.${unsigned[1]}.`,
      "a signature with alg none": `${none}.${unsigned[1]}.${unsigned[2]}`,
      "a signature with a secret": await forge({ key: { privateKey: secret, jwk: adas.jwk }, alg: "HS256" }),
      "a secret as its key": await forge({
        key: { privateKey: secret, jwk: { kty: "oct", k: Buffer.from(secret).toString("base64url") } },
        alg: "HS256",
      }),
      "a key of RSA": await forge({
        key: { privateKey: rsa.privateKey, jwk: await exportJWK(rsa.publicKey) },
        alg: "PS256",
      }),
      "another curve": await forge({
        key: { privateKey: p384.privateKey, jwk: await exportJWK(p384.publicKey) },
        alg: "ES384",
      }),
      "its private key": await forge({ jwk: await exportJWK(adas.privateKey) }),
      "a point that is on no curve": await forge({ jwk: { ...adas.jwk, y: "A".repeat(43) } }),
      "another type": await forge({ typ: "JWT" }),
      "the type of a cookie": await forge({ typ: "invigil-attempt+jwt" }),
      "other claims": `${unsigned[0]}.${altered}.${unsigned[2]}`,
      "two proofs in one header": `${await forge()}, ${await forge()}`,
      "too much": await forge({ claims: { more: "x".repeat(3_000) } }),
      rubbish: "rubbish",
      "the cookie itself": cookie.split("=", 2)[1]!,
    };
    for (const [what, proof] of Object.entries(forgeries))
      expect(await refusalOf(await show(proof)), what).toBe(foreign);
    expect((await show(await forge())).status).toBe(200);
  });

  it("[G72] is for this method at this address, whatever is asked there", async () => {
    const claims = [
      { htm: "POST" },
      { htu: `${origin}${path}/segments` },
      { htu: `${origin}/v1/sit/${scheduled.links[1]!.attemptId}` },
      { htu: `https://evil.test${path}` },
      { htu: `${origin}${path}?reading=1` },
      { htu: path },
      { htm: undefined },
      { jti: undefined },
      { jti: "short" },
    ];
    for (const claim of claims) {
      expect(await refusalOf(await show(await forge({ claims: claim }))), JSON.stringify(claim)).toBe(foreign);
    }
    expect((await show(await forge(), { at: `${path}?anything=1` })).status).toBe(200);
  });

  it("[G73] says what the server said lately, to this very attempt", async () => {
    const now = Date.now();
    const good = await proofNonce(settings, attemptId, now);
    const nonces = {
      none: undefined,
      "made up": `${now.toString(36)}.${"A".repeat(43)}`,
      "another attempt's": await proofNonce(settings, scheduled.links[1]!.attemptId, now),
      "another time's": good.replace(/^[^.]+/, (now + 1).toString(36)),
      "over by a moment": await proofNonce(settings, attemptId, now - nonceMs),
    };
    for (const [what, nonce] of Object.entries(nonces)) {
      const answer = await show(await forge({ claims: { nonce } }));
      expect(answer.headers.get("www-authenticate"), what).toBe(nonceWanted);
      expect(await refusalOf(answer), what).toBe(stale);
    }
    const nearly = await proofNonce(settings, attemptId, Date.now() - nonceMs + 5_000);
    expect((await show(await forge({ claims: { nonce: nearly } }))).status).toBe(200);
  });

  it("[G73] is believed from a device whose clock is years off", async () => {
    for (const iat of [0, 4_000_000_000]) expect((await show(await forge({ claims: { iat } }))).status).toBe(200);
  });

  it("[G74] is good once, and one more is asked for where it comes again", async () => {
    const proof = await forge();
    expect((await show(proof)).status).toBe(200);
    const again = await show(proof);
    expect(again.headers.get("www-authenticate")).toBe(nonceWanted);
    expect(await refusalOf(again)).toBe(stale);
  });
});

describe("a candidate's socket", () => {
  const upgrade = { upgrade: "websocket" };

  it("[G70] carries its proof among its protocols, and is answered with the other one", async () => {
    const at = `${path}/socket`;
    const proof = await forge({ claims: { htu: `${origin}${at}` } });
    const protocols = { ...upgrade, "sec-websocket-protocol": `${socketProtocol}, ${proof}` };
    const answer = await call("GET", at, { cookie, headers: protocols });
    expect(answer.status).toBe(101);
    expect(answer.headers.get("sec-websocket-protocol")).toBe(socketProtocol);
    answer.webSocket?.accept();
    answer.webSocket?.close();
    expect(await refusalOf(await call("GET", at, { cookie, headers: protocols }))).toBe(stale);
  });

  it("[G70] [G74] is refused without a proof, with one in a header, and with a request's or another browser's", async () => {
    const at = `${path}/socket`;
    const own = await forge({ claims: { htu: `${origin}${at}` } });
    const thief = await extractable();
    const cases = [
      [{ "sec-websocket-protocol": "" }, stale],
      [{ "sec-websocket-protocol": socketProtocol }, stale],
      [{ "sec-websocket-protocol": own }, stale],
      [{ "sec-websocket-protocol": "", [proofHeader]: own }, stale],
      [{ "sec-websocket-protocol": `${socketProtocol}, ${await forge()}` }, foreign],
      [
        { "sec-websocket-protocol": `${socketProtocol}, ${await forge({ key: thief, claims: { htu: origin + at } })}` },
        foreign,
      ],
    ] as const;
    for (const [headers, refusal] of cases) {
      const answer = await call("GET", at, { cookie, headers: { ...upgrade, ...headers } });
      expect(await refusalOf(answer), JSON.stringify(headers)).toBe(refusal);
    }
  });
});

describe("addresses that are signed", () => {
  it("[G70] stay tokens of their own: what the announcement answered takes bytes without a proof", async () => {
    const ids = { attemptId, examSessionId: scheduled.sitting.examSessionId };
    const segment = { track: "camera", run: 0, index: 0, sha256: "0".repeat(64), bytes: 3, startsAt: 1, endsAt: 2 };
    const body = { segments: [segment] };
    const announced = await call("POST", `${path}/segments`, {
      cookie: await attemptCookie(ids.attemptId, ids.examSessionId),
      body,
    });
    const { segments } = await jsonOf<{ segments: { url: string }[] }>(announced);
    const headers = { "content-type": "application/octet-stream", "content-length": "3" };
    // The bytes are others than was said, which it gets as far as telling.
    expect(await refusalOf(await call("PUT", segments[0]!.url, { body: "abc", headers }))).toBe("422 hash-mismatch");
  });
});
