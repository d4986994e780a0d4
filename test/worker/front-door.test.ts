import { createHash } from "node:crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { createApp } from "#worker/app.ts";
import { type Env, settingsOf } from "#worker/env.ts";
import {
  call,
  draft,
  env,
  jsonOf,
  noor,
  openSchools,
  origin,
  problemOf,
  settings,
  staffCookie,
} from "#test/support/school.ts";

const secrets = [
  "TOKEN_SIGNING_KEY",
  "CHECKPOINT_SIGNING_KEY",
  "CHECKPOINT_ORIGIN",
  "RECORDING_KEY",
  "MAIL_FROM",
  "SFU_BASE_URL",
  "SFU_APP_ID",
  "SFU_APP_SECRET",
] as const;

/** The bindings as they are, with some settings changed. */
function envWith(change: Partial<Record<(typeof secrets)[number], string | undefined>>): Env {
  const { DB, RECORDINGS, EXAM_SESSIONS, ASSETS } = env;
  const known = Object.fromEntries(secrets.map((name) => [name, env[name]]));
  return { DB, RECORDINGS, EXAM_SESSIONS, ASSETS, ...known, ...change } as Env;
}

describe("settings", () => {
  for (const name of secrets) {
    it(`names ${name} when it is missing, in the log and not in the answer`, async () => {
      const line = vi.spyOn(console, "error").mockImplementation(() => {});
      const answer = await createApp().fetch(new Request(`${origin}/healthz`), envWith({ [name]: undefined }));
      expect(await problemOf(answer)).toMatchObject({ status: 500, code: "internal-error" });
      expect(line).toHaveBeenCalledTimes(1);
      expect(JSON.parse(String(line.mock.calls[0]![0]))).toMatchObject({
        event: "environment-incomplete",
        names: [name],
      });
      line.mockRestore();
    });
  }

  it("names all that are wrong at once, and never a value", () => {
    const broken = envWith({
      TOKEN_SIGNING_KEY: '{"kty":"OKP","d":"leak"}',
      RECORDING_KEY: "leak",
      SFU_BASE_URL: "leak",
    });
    expect(() => settingsOf(broken)).toThrow(/^[^:]*: RECORDING_KEY, SFU_BASE_URL, TOKEN_SIGNING_KEY$/);
    expect(() => settingsOf(envWith({ RECORDING_KEY: btoa("too short") }))).toThrow("RECORDING_KEY");
    expect(settings.recordingKey).toHaveLength(32);
  });
});

describe("refusals", () => {
  beforeEach(openSchools);

  it("are problem+json, each with a request id of its own", async () => {
    const [one, other] = [await problemOf(await call("GET", "/v1/me")), await problemOf(await call("GET", "/v1/me"))];
    expect(one).toMatchObject({ type: "about:blank#not-signed-in", title: "Not signed in", status: 401 });
    expect(one.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(other.requestId).not.toBe(one.requestId);
  });

  it("repeat nothing of what was sent: not a body, not a path, not a key", async () => {
    const cookie = await staffCookie(noor);
    const mark = "ECHO-ME-AND-FAIL";
    const requests = [
      ["POST", "/v1/exams", { cookie, body: `{"title": "${mark}` }],
      ["POST", "/v1/exams", { cookie, body: { ...draft, title: 7, policy: mark } }],
      ["POST", "/v1/exams", { cookie, body: mark, headers: { "content-type": "text/plain" } }],
      ["POST", "/v1/sign-in", { body: { email: mark, password: mark } }],
      ["POST", "/v1/check-in", { body: { token: mark, [mark]: mark } }],
      ["GET", `/v1/exams/${mark}`, { cookie }],
      ["GET", `/v1/${mark}`, { cookie }],
      ["GET", `/assets/${mark}.js`, {}],
    ] as const;
    for (const [method, path, options] of requests) {
      const response = await call(method, path, options);
      const text = await response.clone().text();
      expect(await problemOf(response), path).toMatchObject({ code: expect.any(String) });
      expect(text, path).not.toContain(mark);
    }
  });

  it("say which kind of bad it is: not JSON, not the type, too large", async () => {
    const cookie = await staffCookie(noor);
    const post = async (options: object) => problemOf(await call("POST", "/v1/exams", { cookie, ...options }));
    expect(await post({ body: "{" })).toMatchObject({ status: 400, code: "bad-request" });
    const text = { "content-type": "text/plain" };
    expect(await post({ body: "{}", headers: text })).toMatchObject({ status: 415, code: "unsupported-media-type" });
    const large = JSON.stringify({ ...draft, instructions: "x".repeat(1_000_001) });
    expect(await post({ body: large })).toMatchObject({ status: 413, code: "too-large" });
  });

  it("are opaque when something of ours breaks, and the log has the reason once", async () => {
    const line = vi.spyOn(console, "error").mockImplementation(() => {});
    const broken = {
      ...envWith({}),
      DB: {
        prepare: () => {
          throw new Error("the disk is gone");
        },
      },
    } as unknown as Env;
    const request = new Request(`${origin}/v1/me`, { headers: { cookie: await staffCookie(noor) } });
    const problem = await problemOf(await createApp().fetch(request, broken));
    expect(problem).toMatchObject({ status: 500, code: "internal-error", detail: "Something broke on our side." });
    expect(line).toHaveBeenCalledTimes(1);
    expect(String(line.mock.calls[0]![0])).toContain(problem.requestId);
    expect(String(line.mock.calls[0]![0])).toContain("the disk is gone");
    line.mockRestore();
  });

  it("say why the database failed, in the log, and nothing of what was to be written", async () => {
    const line = vi.spyOn(console, "error").mockImplementation(() => {});
    await env.DB.exec("drop table exam_versions");
    await env.DB.exec("drop table exams");
    const cookie = await staffCookie(noor);
    const body = { ...draft, title: "NEVER-IN-A-LOG" };
    expect(await problemOf(await call("POST", "/v1/exams", { cookie, body }))).toMatchObject({ status: 500 });
    const logged = line.mock.calls.flat().join("\n");
    line.mockRestore();
    expect(logged).toContain("no such table: exams");
    expect(logged).toContain("exams.ts");
    expect(logged).not.toContain("NEVER-IN-A-LOG");
  });
});

describe("pages and files", () => {
  const html = () =>
    new Response('<!doctype html><meta property="csp-nonce" nonce="{{nonce}}" />', {
      headers: { "content-type": "text/html; charset=utf-8" },
    });
  /** As the asset store answers: files that it has, and the app's page for everything else. */
  const store = {
    fetch: (request: Request) =>
      Promise.resolve(
        request.url.endsWith("/assets/app-1a2b.js")
          ? new Response("1", { headers: { "content-type": "text/javascript" } })
          : html(),
      ),
  };
  const get = (path: string) => createApp().fetch(new Request(`${origin}${path}`), { ...envWith({}), ASSETS: store });

  it("answers every page with the app, and a file that is not there with 404", async () => {
    for (const page of ["/", "/sit", "/manage/exams/x", "/proctor/abc"]) {
      expect((await get(page)).headers.get("content-type"), page).toContain("text/html");
    }
    for (const file of ["/assets/gone.js", "/assets/gone", "/face/gone.wasm", "/favicon.ico"]) {
      expect(await problemOf(await get(file)), file).toMatchObject({ status: 404 });
    }
    const file = await get("/assets/app-1a2b.js");
    expect(await file.text()).toBe("1");
    expect(file.headers.get("cache-control")).toContain("immutable");
  });

  it("puts the security headers on pages, answers and refusals alike", async () => {
    for (const response of [
      await get("/"),
      await call("GET", "/healthz"),
      await call("GET", "/v1/me"),
      await get("/assets/no.js"),
    ]) {
      const { headers } = response;
      const policy = headers.get("content-security-policy");
      for (const part of ["default-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", "frame-ancestors 'none'"]) {
        expect(policy).toContain(part);
      }
      expect(headers.get("permissions-policy")).toContain("camera=(self), microphone=(self), display-capture=(self)");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
      expect(headers.get("strict-transport-security")).toContain("max-age=");
    }
    expect((await call("GET", "/v1/me")).headers.get("cache-control")).toBe("no-store");
  });

  it("names in the policy of a page the nonce that is in it, another each time, and allows no other inline style", async () => {
    const pages = await Promise.all(
      [get("/"), get("/manage/exams")].map(async (asked) => {
        const page = await asked;
        const [, nonce = "none"] = /<meta property="csp-nonce" nonce="([\w-]{22})"/.exec(await page.text()) ?? [];
        expect(page.headers.get("content-security-policy")).toContain(`style-src 'self' 'nonce-${nonce}';`);
        expect(page.headers.get("cache-control")).toBe("no-store");
        expect(page.headers.get("etag")).toBeNull();
        return nonce;
      }),
    );
    expect(new Set(pages).size).toBe(2);
    for (const { headers } of [await get("/"), await call("GET", "/v1/me")]) {
      expect(headers.get("content-security-policy")).not.toContain("unsafe-inline");
    }
  });

  it("[E23] publishes both public keys, that of checkpoints under its label, and no private part of them", async () => {
    const { keys } = await jsonOf<{ keys: Record<string, string>[] }>(await call("GET", "/.well-known/jwks.json"));
    expect(keys.map(({ x }) => x)).toEqual([settings.tokenSigningKey.x, settings.checkpointSigningKey.x]);
    for (const key of keys) expect(Object.keys(key).toSorted()).toEqual(["alg", "crv", "kid", "kty", "use", "x"]);
    const id = createHash("sha256").update(`${settings.checkpointOrigin}\n\u0001`);
    id.update(Buffer.from(settings.checkpointSigningKey.x, "base64url"));
    expect(keys[1]?.["kid"]).toBe(`${settings.checkpointOrigin}+${id.digest("hex").slice(0, 8)}`);
  });
});
