import fc from "fast-check";
import { beforeEach, describe, expect, it, vi } from "vitest";
import {
  attemptCookie,
  call,
  draft,
  lin,
  mallory,
  noor,
  openSchools,
  rosa,
  ruth,
  scheduleSitting,
  staffCookie,
} from "#test/support/school.ts";

beforeEach(openSchools);

/** Texts that parsers, databases and objects trip over. */
const awkwardText = fc.oneof(
  fc.constantFrom("__proto__", "constructor", "toString", "", " ", "\u0000", "\ud800", "é".repeat(3000), "%", "%E0%A4"),
  fc.constantFrom("../..", "..%2f..", "' or 1=1 --", "{}", "null", "-1", "1e400", "https://evil.test", "\u202e\r\n"),
  fc.string({ unit: "binary" }),
);
const awkwardValue = fc.oneof(
  awkwardText,
  fc.constantFrom(null, true, -1, 0.001, 1e300, -0, 2 ** 53, [], {}, [[]], { __proto__: null, length: 1e9 }),
  fc.jsonValue({ maxDepth: 3 }),
);

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Every place in a body, as a path of keys. */
function placesIn(body: Json, path: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof body !== "object" || body === null) return [[...path]];
  const inside = Array.isArray(body)
    ? body.flatMap((each, index) => placesIn(each, [...path, index]))
    : Object.entries(body).flatMap(([key, each]) => placesIn(each, [...path, key]));
  return [[...path], ...inside];
}

function withChange(body: Json, [key, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(body)) return body.map((each, index) => (index === key ? withChange(each, rest, value) : each));
  const known = body as { [key: string]: Json };
  return { ...known, [key]: withChange(known[key] ?? null, rest, value) };
}

type Route = { readonly method: string; readonly path: string; readonly cookie: string; readonly body: Json };

/** A good request to each route that reads a body or an id, by somebody who may. */
async function goodRequests(): Promise<readonly Route[]> {
  const { exam, sitting, links } = await scheduleSitting();
  const [{ attemptId, registrationId }] = links as [(typeof links)[number]];
  const { id, examSessionId, examVersionId, opensAt, closesAt } = sitting;
  const admin = await staffCookie(rosa);
  const author = await staffCookie(noor);
  const proctor = await staffCookie(lin);
  const reviewer = await staffCookie(ruth);
  const candidate = await attemptCookie(attemptId, examSessionId);
  const sit = `/v1/sit/${attemptId}`;
  const place = { track: "camera", run: 0, index: 0 };
  const segment = { ...place, sha256: "a".repeat(64), bytes: 10, startsAt: opensAt, endsAt: opensAt };
  const seats = [{ attemptId, track: "thumbnail", mid: "0" }];
  const viewers = `/v1/exam-sessions/${examSessionId}/viewers`;
  const exams = `/v1/exams/${exam.id}`;
  return [
    { method: "POST", path: "/v1/sign-in", cookie: "", body: { email: "rosa@school.example", password: "x" } },
    { method: "POST", path: "/v1/check-in", cookie: "", body: { token: "x".repeat(43) } },
    { method: "POST", path: "/v1/exams", cookie: author, body: draft },
    { method: "PUT", path: exams, cookie: author, body: draft },
    { method: "POST", path: `${exams}/versions`, cookie: author, body: null },
    { method: "POST", path: "/v1/sittings", cookie: admin, body: { examVersionId, title: "T", opensAt, closesAt } },
    {
      method: "POST",
      path: `/v1/sittings/${id}/registrations`,
      cookie: admin,
      body: { candidates: [{ name: "Ada", email: "ada@people.example" }] },
    },
    { method: "POST", path: `/v1/sittings/${id}/registrations/${registrationId}/link`, cookie: admin, body: null },
    { method: "PUT", path: `/v1/sittings/${id}/proctors`, cookie: admin, body: { memberIds: [lin.id] } },
    { method: "GET", path: `/v1/sittings/${id}/results`, cookie: reviewer, body: null },
    { method: "GET", path: `/v1/attempts/${attemptId}`, cookie: reviewer, body: null },
    { method: "GET", path: `/v1/attempts/${attemptId}/recording`, cookie: reviewer, body: null },
    { method: "GET", path: "/v1/playback/token/camera/0/0", cookie: reviewer, body: null },
    { method: "GET", path: "/v1/members?role=proctor", cookie: admin, body: null },
    { method: "GET", path: sit, cookie: candidate, body: null },
    { method: "GET", path: `${sit}/segments`, cookie: candidate, body: null },
    { method: "POST", path: `${sit}/segments`, cookie: candidate, body: { segments: [segment] } },
    { method: "PUT", path: "/v1/uploads/token", cookie: candidate, body: null },
    { method: "GET", path: `${sit}/socket`, cookie: candidate, body: null },
    { method: "GET", path: `/v1/exam-sessions/${examSessionId}/socket?after=0`, cookie: proctor, body: null },
    { method: "POST", path: `${viewers}/viewer/tracks`, cookie: proctor, body: { seats } },
    { method: "PUT", path: `${viewers}/viewer/answer`, cookie: proctor, body: { answer: "v=0" } },
    { method: "POST", path: `${viewers}/viewer/close`, cookie: proctor, body: { mids: ["0"] } },
  ];
}

/** What every answer owes, whatever was asked: no 5xx, and a refusal that is problem+json. */
async function expectDecent(answer: Response, asked: string): Promise<void> {
  const type = answer.headers.get("content-type");
  const text = await answer.text();
  expect(answer.status, `${asked} was answered ${text}`).toBeLessThan(500);
  if (answer.status >= 400) expect(type, asked).toBe("application/problem+json");
}

describe("whatever is sent", () => {
  it("a good request with one thing in its body replaced is answered, and never breaks anything", async () => {
    vi.spyOn(console, "info").mockImplementation(() => {});
    for (const { method, path, cookie, body } of await goodRequests()) {
      if (body === null) continue;
      const places = placesIn(body);
      const change = fc.tuple(fc.constantFrom(...places), awkwardValue);
      const cases = fc.sample(change, { numRuns: path === "/v1/sign-in" ? 12 : 30, seed: 7 });
      for (const [place, value] of cases) {
        const changed = JSON.stringify(withChange(body, place, value)) ?? "";
        const answer = await call(method, path, { cookie, body: changed });
        await expectDecent(answer, `${method} ${path} ${place.join(".")} = ${JSON.stringify(value)}`);
      }
    }
    vi.restoreAllMocks();
  });

  it("a path or a cookie with one part replaced is answered, by pages and API alike", async () => {
    vi.spyOn(console, "info").mockImplementation(() => {});
    for (const { method, path, cookie } of await goodRequests()) {
      const parts = path.split("/");
      const change = fc.tuple(fc.integer({ min: 1, max: parts.length - 1 }), awkwardText);
      for (const [at, text] of fc.sample(change, { numRuns: 10, seed: 8 })) {
        const hostile = text.includes("%") ? text : encodeURIComponent(text.toWellFormed());
        const changed = parts.with(at, hostile).join("/");
        if (changed.endsWith("/viewers") || changed.startsWith("//")) continue;
        await expectDecent(await call(method, changed, { cookie }), `${method} ${changed}`);
        const cookies = `${cookie.slice(0, 40)}${hostile}; invigil_browser=${hostile}; ${hostile}`;
        await expectDecent(await call(method, path, { cookie: cookies }), `${method} ${path} with ${cookies}`);
      }
    }
    vi.restoreAllMocks();
  });

  it("somebody from another school gets the same answer for what is there and for what is not", async () => {
    const stranger = await staffCookie(mallory);
    for (const { method, path, body } of await goodRequests()) {
      const options = { cookie: stranger, ...(body === null ? {} : { body }) };
      const known = await call(method, path, options);
      const unknown = await call(
        method,
        path.replace(/\/(exams|sittings|attempts|exam-sessions|sit)\/[^/?]+/, "/$1/none"),
        options,
      );
      expect([method, path, known.status]).toEqual([method, path, unknown.status]);
    }
  });
});
