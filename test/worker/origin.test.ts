import { beforeEach, describe, expect, it } from "vitest";
import {
  attemptCookie,
  call,
  draft,
  lin,
  noor,
  openSchools,
  problemOf,
  scheduleSitting,
  staffCookie,
} from "#test/support/school.ts";

beforeEach(openSchools);

const foreign = ["https://evil.test", "http://invigil.test", "https://invigil.test:8443", "null", ""];

describe("requests that change something come from our own pages only", () => {
  for (const origin of foreign) {
    it(`refuses a POST whose Origin is “${origin}”`, async () => {
      const response = await call("POST", "/v1/exams", {
        cookie: await staffCookie(noor),
        body: draft,
        headers: { origin },
      });
      expect(await problemOf(response)).toMatchObject({ status: 403, code: "not-allowed" });
    });
  }

  it("refuses sockets from another origin, of candidates and of proctors", async () => {
    const { sitting, links } = await scheduleSitting();
    const { attemptId } = links[0]!;
    const headers = { origin: "https://evil.test", upgrade: "websocket" };
    const sockets = [
      [`/v1/sit/${attemptId}/socket`, await attemptCookie(attemptId, sitting.examSessionId)],
      [`/v1/exam-sessions/${sitting.examSessionId}/socket`, await staffCookie(lin)],
    ] as const;
    for (const [path, cookie] of sockets) {
      expect(await problemOf(await call("GET", path, { cookie, headers }))).toMatchObject({ code: "not-allowed" });
    }
  });

  it("lets reading through without an Origin, as a browser sends none with it", async () => {
    const response = await call("GET", "/v1/exams", { cookie: await staffCookie(noor), headers: { origin: "" } });
    expect(response.status).toBe(200);
  });
});
