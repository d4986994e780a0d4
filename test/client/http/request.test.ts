import * as v from "valibot";
import { afterEach, describe, expect, it, vi } from "vitest";
import { request } from "#client/http/request.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const refusal = { type: "about:blank", title: "", status: 401, code: "not-signed-in", detail: "", requestId: "1" };
const renewPath = "/v1/sign-in/refresh";

/** A server of which each path gives these answers in turn, the last one for ever; null: nobody answers. */
function serve(answers: Readonly<Record<string, readonly (number | null)[]>>): readonly string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", (path: string) => {
    const turn = asked.filter((one) => one === path).length;
    asked.push(path);
    const status = answers[path]?.[Math.min(turn, answers[path].length - 1)] ?? null;
    if (status === null) return Promise.reject(new TypeError("no network"));
    const body = status === 204 ? null : JSON.stringify(status === 401 ? refusal : {});
    return Promise.resolve(new Response(body, { status }));
  });
  return asked;
}

const empty = v.object({});

describe("a request whose sign-in token has ended", () => {
  it("is made again with a new token, once for all that ask at this moment", async () => {
    const asked = serve({ "/v1/me": [401, 401, 200], [renewPath]: [204] });
    const answers = await Promise.all([request(empty, "GET", "/v1/me"), request(empty, "GET", "/v1/me")]);
    expect(answers).toEqual([
      { ok: true, value: {} },
      { ok: true, value: {} },
    ]);
    expect(asked.filter((path) => path === renewPath)).toHaveLength(1);
  });

  it("says that nobody is signed in only when the server says so, and not while it does not answer", async () => {
    serve({ "/v1/me": [401], [renewPath]: [401] });
    expect(await request(empty, "GET", "/v1/me")).toMatchObject({ problem: { code: "not-signed-in" } });
    serve({ "/v1/me": [401], [renewPath]: [null] });
    expect(await request(empty, "GET", "/v1/me")).toMatchObject({ problem: { code: "offline" } });
    serve({ "/v1/me": [401], [renewPath]: [500] });
    expect(await request(empty, "GET", "/v1/me")).toMatchObject({ problem: { code: "offline" } });
  });

  it("is not made again a second time, and never for a candidate, who has no such token", async () => {
    const asked = serve({ "/v1/me": [401], "/v1/sit/a": [401], [renewPath]: [204] });
    vi.stubGlobal("window", { location: { href: "https://exam.test/sit/a" } });
    expect(await request(empty, "GET", "/v1/me")).toMatchObject({ problem: { code: "not-signed-in" } });
    expect(await request(empty, "GET", "/v1/sit/a")).toMatchObject({ problem: { code: "not-signed-in" } });
    expect(asked).toEqual(["/v1/me", renewPath, "/v1/me", "/v1/sit/a"]);
  });
});
