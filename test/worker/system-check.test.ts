import { describe, expect, it } from "vitest";
import { clockPath, largestProbeBytes, uploadProbePath } from "#protocol/http/system-check.ts";
import { call, env, jsonOf, origin, problemOf } from "#test/support/school.ts";
import { createApp } from "#worker/app.ts";

const octets = { "content-type": "application/octet-stream" };

/** A probe as a browser sends it; `change` is what mallory does otherwise. */
function probe(bytes: number, change: Readonly<Record<string, string>> = {}): Promise<Response> {
  return call("POST", uploadProbePath, { headers: { ...octets, ...change }, body: "x".repeat(bytes) });
}

/** A body that never says how long it is, and counts how much of it was taken. */
function endless(): { readonly body: ReadableStream<Uint8Array>; readonly taken: () => number } {
  let taken = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      taken += 65_536;
      controller.enqueue(new Uint8Array(65_536));
    },
  });
  return { body, taken: () => taken };
}

describe("the server's clock", () => {
  it("is told to anybody, and kept by no cache", async () => {
    const before = Date.now();
    const answer = await call("GET", clockPath);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const { serverNow } = await jsonOf<{ serverNow: number }>(answer);
    expect(serverNow).toBeGreaterThanOrEqual(before);
    expect(serverNow).toBeLessThanOrEqual(Date.now());
  });
});

describe("a probe of the upload", () => {
  it("is counted, and answered with nothing but the count", async () => {
    const answer = await probe(largestProbeBytes);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(`{"bytes":${largestProbeBytes}}`);
  });

  it("[A155] is refused by its length before a byte of it is read", async () => {
    const { body, taken } = endless();
    const headers = { origin, ...octets, "content-length": String(largestProbeBytes + 1) };
    const request = new Request(`${origin}${uploadProbePath}`, { method: "POST", headers, body });
    expect(await problemOf(await createApp().fetch(request, env))).toMatchObject({ status: 413, code: "too-large" });
    // One piece is what a stream holds ready before anybody reads.
    expect(taken()).toBeLessThanOrEqual(65_536);
  });

  it("is refused when it does not say its length, or says none", async () => {
    for (const length of [null, "0", "-1", "1.5", "many", ""]) {
      const headers = { origin, ...octets, ...(length === null ? {} : { "content-length": length }) };
      const request = new Request(`${origin}${uploadProbePath}`, { method: "POST", headers, body: endless().body });
      const answer = await createApp().fetch(request, env);
      expect(await problemOf(answer), String(length)).toMatchObject({ status: 400, code: "bad-request" });
    }
  });

  it("that is longer than it says is read no further than the limit", async () => {
    const { body, taken } = endless();
    const headers = { origin, ...octets, "content-length": "10" };
    const request = new Request(`${origin}${uploadProbePath}`, { method: "POST", headers, body });
    expect(await problemOf(await createApp().fetch(request, env))).toMatchObject({ status: 413, code: "too-large" });
    expect(taken()).toBeLessThanOrEqual(largestProbeBytes + 3 * 65_536);
  });

  it("[A155] is taken from our own pages only, and no other page may read the answer", async () => {
    expect(await problemOf(await probe(10, { origin: "https://evil.test" }))).toMatchObject({ code: "not-allowed" });
    const preflight = await call("OPTIONS", uploadProbePath, { headers: { origin: "https://evil.test" } });
    expect(preflight.ok).toBe(false);
    for (const answer of [preflight, await probe(10), await call("GET", clockPath)]) {
      expect(answer.headers.get("access-control-allow-origin")).toBeNull();
      expect(answer.headers.get("cross-origin-resource-policy")).toBe("same-origin");
    }
  });

  it("has to be plain bytes, as no form of another page could send them", async () => {
    for (const type of ["text/plain", "application/json", "multipart/form-data", "application/octet-stream; x=1"]) {
      expect(await problemOf(await probe(10, { "content-type": type })), type).toMatchObject({ status: 415 });
    }
  });

  it("[A155] leaves nothing behind: not in the bucket, not in a cookie", async () => {
    const answer = await probe(1000);
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect((await env.RECORDINGS.list()).objects).toEqual([]);
  });

  it("[A155] is refused for a while when one address sends too many, and other addresses are not", async () => {
    const from = (address: string) => probe(1, { "cf-connecting-ip": address });
    const sendMany = () => Promise.all(Array.from({ length: 60 }, () => from("192.0.2.1")));
    let refused: Response | undefined;
    // Twice as many as are allowed in ten seconds, because ten new ones may begin in between.
    for (let round = 0; refused === undefined && round < 10; round += 1)
      refused = (await sendMany()).find(({ ok }) => !ok);
    expect(refused === undefined ? null : await problemOf(refused)).toMatchObject({ status: 429, code: "too-often" });
    expect((await from("192.0.2.2")).status).toBe(200);
  });
});
