import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
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

beforeEach(async () => {
  await openSchools();
  // Each refusal is a line, and here are thousands.
  vi.spyOn(console, "info").mockImplementation(() => {});
});
afterEach(() => vi.restoreAllMocks());

/*
 * What parsers, databases and objects trip over: texts in an address, and values in a body. Each is tried in each place, so
 * that a place which breaks is found at every run; few of them, for there are many places and the machine may be busy.
 */
const awkwardTexts = ["__proto__", "\u0000", "\ud800", "%", "%E0%A4", "..%2f..", "-1"];
const awkwardValues = ["__proto__", "x\u0000\ud800", "é".repeat(9000), null, 1e300, [], {}];

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Every place in a body, as a path of keys; of things in a list that are alike, those of the first. */
function placesIn(body: Json): readonly (string | number)[][] {
  const places = new Map<string, (string | number)[]>();
  const visit = (each: Json, path: (string | number)[], name: string): void => {
    if (!places.has(name)) places.set(name, path);
    if (typeof each !== "object" || each === null) return;
    const isList = Array.isArray(each);
    const kind = !isList && typeof each["kind"] === "string" ? each["kind"] : "";
    for (const [key, inside] of Object.entries(each)) {
      visit(inside, [...path, isList ? Number(key) : key], `${name}${kind}.${isList ? "" : key}`);
    }
  };
  visit(body, [], "");
  return [...places.values()];
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
    // The same body as above, read by the same schema.
    { method: "PUT", path: exams, cookie: author, body: null },
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
    { method: "GET", path: `/v1/attempts/${attemptId}/record`, cookie: reviewer, body: null },
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
  it.each(["exams", "sittings", "sit/", "exam-sessions", "sign-in", "check-in"])(
    "a good request below /v1/%s with one thing in its body replaced is answered, and never breaks anything",
    async (below) => {
      const routes = (await goodRequests()).filter(
        ({ path, body }) => path.startsWith(`/v1/${below}`) && body !== null,
      );
      expect(routes).not.toEqual([]);
      for (const { method, path, cookie, body } of routes) {
        // A well-formed sign-in costs the time of its password's hash.
        const values = path === "/v1/sign-in" ? awkwardValues.slice(-3) : awkwardValues;
        for (const [place, value] of placesIn(body).flatMap((at) => values.map((each) => [at, each] as const))) {
          const changed = JSON.stringify(withChange(body, place, value)) ?? "";
          const answer = await call(method, path, { cookie, body: changed });
          await expectDecent(answer, `${method} ${path} ${place.join(".")} = ${JSON.stringify(value)}`);
        }
      }
    },
    60_000,
  );

  it("a path or a cookie with one part replaced is answered, by pages and API alike", async () => {
    for (const { method, path, cookie } of await goodRequests()) {
      const parts = path.split("/");
      const places = parts.map((_, at) => at).slice(1);
      for (const [at, text] of places.flatMap((place) => awkwardTexts.map((each) => [place, each] as const))) {
        const hostile = text.includes("%") ? text : encodeURIComponent(text.toWellFormed());
        const changed = parts.with(at, hostile).join("/");
        if (changed.endsWith("/viewers") || changed.startsWith("//")) continue;
        await expectDecent(await call(method, changed, { cookie }), `${method} ${changed}`);
        const cookies = `${cookie.slice(0, 40)}${hostile}; ${hostile}`;
        await expectDecent(await call(method, path, { cookie: cookies }), `${method} ${path} with ${cookies}`);
      }
    }
  }, 60_000);

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
