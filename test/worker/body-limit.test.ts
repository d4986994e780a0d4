import { beforeEach, describe, expect, it, vi } from "vitest";
import { createApp } from "#worker/app.ts";
import { env, noor, openSchools, origin, problemOf, staffCookie } from "#test/support/school.ts";
import { routes } from "./access-world.ts";

/** Routes that take bytes as they come, each with a limit of its own: segments, pictures, and what measures a line. */
const takingBytes: readonly string[] = [
  "POST /v1/system-check/upload",
  "PUT /v1/sit/:attemptId/identity/:capture",
  "PUT /v1/sit/:attemptId/stills/:violation/:source",
  "PUT /v1/uploads/:token",
];

const chunk = new Uint8Array(64_000);
const sentBytes = 40_000_000;

beforeEach(async () => {
  await openSchools();
  // Each refusal is a line.
  vi.spyOn(console, "info").mockImplementation(() => {});
});

/** Sends 40 MB as somebody's own type, without saying how much it is: the answer, and how much of it was taken. */
async function flood(route: string, headers: Readonly<Record<string, string>>) {
  let taken = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (taken >= sentBytes) return controller.close();
        taken += chunk.byteLength;
        controller.enqueue(chunk);
      },
    },
    { highWaterMark: 0 },
  );
  const [method = "", pattern = ""] = route.split(" ");
  const path = pattern.replaceAll(/:\w+\{.*?\}|:\w+/g, "nowhere");
  const init = { method, body, headers: { origin, "content-type": "application/octet-stream", ...headers } };
  const answer = await createApp().fetch(new Request(`${origin}${path}`, init), env);
  return { answer, taken };
}

describe("a body that is larger than what is taken", () => {
  it("[K40] is not read to its end, whatever type it is said to be, also where it is to be done once", async () => {
    const cookie = await staffCookie(noor);
    const { answer, taken } = await flood("POST /v1/exams", { cookie, "idempotency-key": "flood" });
    expect(await problemOf(answer)).toMatchObject({ status: 413, code: "too-large" });
    expect(taken).toBeLessThan(2_000_000);
  });

  it("[K40] is refused by every route but those that take bytes, which have a limit of their own", async () => {
    const letIn: string[] = [];
    for (const route of routes.filter((one) => !one.startsWith("GET "))) {
      const { answer, taken } = await flood(route, { cookie: await staffCookie(noor) });
      expect(taken, route).toBeLessThan(2_000_000);
      if (answer.status !== 413) letIn.push(route);
      await answer.body?.cancel();
    }
    expect(letIn.toSorted()).toEqual(takingBytes);
  }, 60_000);
});
