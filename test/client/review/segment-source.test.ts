import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { fetchSegment } from "#client/review/segment-source.ts";

const bytes = new TextEncoder().encode("what was taken");
const sha256 = createHash("sha256").update(bytes).digest("hex");
const signal = new AbortController().signal;

function fetched(answer: () => Promise<Response>) {
  return fetchSegment({ sha256 }, "/v1/somewhere", signal, answer);
}

function problem(status: number, code: string): Response {
  return Response.json({ code }, { status });
}

describe("what is fetched of the evidence", () => {
  test("[E39] is whole where its hash is the log's", async () => {
    expect(await fetched(async () => new Response(bytes))).toEqual({ state: "whole", bytes });
  });

  test("[E39] is altered where it is not, whoever finds that", async () => {
    expect(await fetched(async () => new Response("what was put there later"))).toEqual({ state: "altered" });
    expect(await fetched(async () => problem(422, "hash-mismatch"))).toEqual({ state: "altered" });
  });

  test("[E39] says nothing where it could not be fetched", async () => {
    expect(await fetched(async () => problem(403, "not-allowed"))).toEqual({ state: "unreachable" });
    expect(await fetched(async () => new Response("gone", { status: 502 }))).toEqual({ state: "unreachable" });
    expect(await fetched(() => Promise.reject(new TypeError("no network")))).toEqual({ state: "unreachable" });
  });
});
