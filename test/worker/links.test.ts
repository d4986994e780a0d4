import { beforeEach, describe, expect, it } from "vitest";
import { examSession } from "#worker/exam-sessions.ts";
import { tokenHash } from "#worker/auth/random-token.ts";
import type { Arrival } from "#protocol/http/sit.ts";
import type { IssuedLink } from "#protocol/http/registration.ts";
import { policyNamed } from "#domain/integrity/policy.ts";
import { consentTextOf } from "#domain/exam/consent.ts";
import { consentTextCharacters } from "#domain/exam/consent-text.ts";
import {
  call,
  draft,
  env,
  jsonOf,
  openSchools,
  origin,
  problemOf,
  rosa,
  type Scheduled,
  scheduleSitting,
  staffCookie,
  tokenOf,
} from "#test/support/school.ts";

beforeEach(openSchools);

function checkIn(link: IssuedLink, cookie?: string): Promise<Response> {
  return call("POST", "/v1/check-in", { body: { token: tokenOf(link) }, ...(cookie === undefined ? {} : { cookie }) });
}

/** What the browser sends back after an answer. */
function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0])
    .join("; ");
}

async function reissue({ sitting }: Scheduled, { registrationId }: IssuedLink): Promise<IssuedLink> {
  const path = `/v1/sittings/${sitting.id}/registrations/${registrationId}/link`;
  const { links } = await jsonOf<{ links: IssuedLink[] }>(
    await call("POST", path, { cookie: await staffCookie(rosa) }),
  );
  return links[0]!;
}

/** Opens the candidate's socket with these cookies and consents. */
async function consent(cookie: string, { attemptId }: IssuedLink): Promise<void> {
  const path = `/v1/sit/${attemptId}/socket`;
  const { webSocket } = await call("GET", path, { cookie, headers: { upgrade: "websocket" } });
  if (!webSocket) throw new Error("There was no socket");
  webSocket.accept();
  const text = new TextEncoder().encode(
    consentTextCharacters(consentTextOf({ ...draft, integrity: policyNamed(draft.policy) })),
  );
  const textSha256 = Buffer.from(await crypto.subtle.digest("SHA-256", text)).toString("hex");
  const taken = new Promise<string>((resolve) => {
    webSocket.addEventListener("message", ({ data }) => {
      if (String(data).includes('"acks"')) resolve(String(data));
    });
  });
  webSocket.send(JSON.stringify({ type: "command", id: "c1", command: { type: "giveConsent", textSha256 } }));
  expect(await taken).toContain('"accepted":true');
  webSocket.close();
}

describe("a guest link", () => {
  it("[G80] is shown once, and the database keeps no more than its hash", async () => {
    const { links } = await scheduleSitting();
    expect(links[0]!.link).toMatch(new RegExp(`^${origin}/sit#[\\w-]{43}$`));
    const rows = await env.DB.prepare("select * from registrations").all();
    expect(JSON.stringify(rows.results)).toContain(await tokenHash(tokenOf(links[0]!)));
    expect(JSON.stringify(rows.results)).not.toContain(tokenOf(links[0]!));
  });

  it("lets its candidate in, with a cookie that goes to that attempt's paths only", async () => {
    const { links, sitting } = await scheduleSitting();
    const [ada] = links;
    const response = await checkIn(ada!);
    const arrival = await jsonOf<Arrival>(response.clone());
    expect(arrival).toMatchObject({ attemptId: ada!.attemptId, door: { way: { kind: "in" }, leftAt: null } });
    expect(arrival.checkedIn).toEqual({
      attemptId: ada!.attemptId,
      name: "Ada",
      tenantName: "School of the North",
      examTitle: draft.title,
      sittingTitle: "Spring",
      opensAt: sitting.opensAt,
      closesAt: sitting.closesAt,
      durationMs: draft.durationMs,
    });
    const [attempt, ...others] = response.headers.getSetCookie();
    expect(others).toEqual([]);
    expect(attempt).toContain(`Path=/v1/sit/${ada!.attemptId};`);
    for (const flag of ["HttpOnly", "Secure", "SameSite=Strict"]) expect(attempt).toContain(flag);
    const again = await call("GET", `/v1/sit/${ada!.attemptId}`, { cookie: cookiesOf(response) });
    expect(await jsonOf(again)).toEqual(arrival);
  });

  it("is unknown when nobody issued it", async () => {
    const response = await call("POST", "/v1/check-in", { body: { token: "x".repeat(43) } });
    expect(await problemOf(response)).toMatchObject({ status: 404, code: "not-found" });
  });

  it("works until the last who may begin has had the full time, and is expired then", async () => {
    const justOver = await scheduleSitting({ closesAt: Date.now() - draft.durationMs - 1 });
    const response = await checkIn(justOver.links[0]!);
    expect(await problemOf(response)).toMatchObject({ status: 410, code: "link-expired" });
    expect(response.headers.getSetCookie()).toEqual([]);
    const nearlyOver = await scheduleSitting({ closesAt: Date.now() - draft.durationMs + 60_000 });
    expect((await checkIn(nearlyOver.links[0]!)).status).toBe(200);
  });

  it("lets in a candidate whose sitting closes in two years, with a cookie for as long as browsers keep one", async () => {
    const { links } = await scheduleSitting({ closesAt: Date.now() + 2 * 365 * 86_400_000 });
    const response = await checkIn(links[0]!);
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()[0]).toContain("Max-Age=34560000;");
  });

  it("that was replaced takes its cookie with it: whoever checked in with it can neither look nor consent", async () => {
    const scheduled = await scheduleSitting();
    const [ada] = scheduled.links;
    const early = cookiesOf(await checkIn(ada!));
    const fresh = await reissue(scheduled, ada!);
    const path = `/v1/sit/${ada!.attemptId}`;
    const headers = { upgrade: "websocket" };
    expect(await problemOf(await call("GET", path, { cookie: early }))).toMatchObject({ code: "not-signed-in" });
    const socket = await call("GET", `${path}/socket`, { cookie: early, headers });
    expect(await problemOf(socket)).toMatchObject({ status: 401, code: "not-signed-in" });
    await consent(cookiesOf(await checkIn(fresh)), ada!);
  });

  it("is void once another is issued in its place", async () => {
    const scheduled = await scheduleSitting();
    const [ada] = scheduled.links;
    const fresh = await reissue(scheduled, ada!);
    expect(fresh).toMatchObject({ attemptId: ada!.attemptId, name: "Ada" });
    expect(await problemOf(await checkIn(ada!))).toMatchObject({ status: 404, code: "not-found" });
    expect((await checkIn(fresh)).status).toBe(200);
  });

  it("belongs to the first browser that consents with it, and any other is told so", async () => {
    const scheduled = await scheduleSitting();
    const [ada] = scheduled.links;
    const first = await checkIn(ada!);
    const beforeConsent = await checkIn(ada!);
    expect(beforeConsent.status).toBe(200);
    await consent(cookiesOf(first), ada!);
    const other = await checkIn(ada!);
    // The cookie says who asks at the door; what the attempt is, the session tells no other browser.
    expect(await jsonOf(other)).toEqual({
      attemptId: ada!.attemptId,
      door: { way: { kind: "ask", refusedBecause: null }, leftAt: null },
      checkedIn: null,
    });
    const path = `/v1/sit/${ada!.attemptId}`;
    const segments = await call("GET", `${path}/segments`, { cookie: cookiesOf(other) });
    expect(await problemOf(segments)).toMatchObject({ status: 409, code: "link-in-use" });
    expect((await checkIn(ada!, cookiesOf(first))).status).toBe(200);
    const fresh = await reissue(scheduled, ada!);
    // [A9] The new link frees the attempt for the next browser; the one that consented can no longer go on.
    expect((await checkIn(fresh)).status).toBe(200);
    expect(await jsonOf(await checkIn(fresh, cookiesOf(first)))).toMatchObject({ door: { way: { kind: "ask" } } });
  });

  it("[A125] asks the proctor from another browser, and goes on there once it is allowed", async () => {
    const scheduled = await scheduleSitting();
    const [ada] = scheduled.links;
    const path = `/v1/sit/${ada!.attemptId}`;
    await consent(cookiesOf(await checkIn(ada!)), ada!);
    const cookie = cookiesOf(await checkIn(ada!));
    expect(await jsonOf(await call("GET", path, { cookie }))).toMatchObject({ door: { way: { kind: "ask" } } });
    const asked = await call("POST", `${path}/take-over`, { cookie });
    expect(await jsonOf(asked)).toMatchObject({ way: { kind: "asked" }, leftAt: null });
    expect(await jsonOf(await call("GET", path, { cookie }))).toMatchObject({ door: { way: { kind: "asked" } } });
  });

  it("lets in a candidate of whom the session had not been told, and tells it", async () => {
    const scheduled = await scheduleSitting();
    const [ada] = scheduled.links;
    const id = scheduled.sitting.examSessionId;
    // What is left when the database was written and the session was not.
    await env.DB.batch([
      env.DB.prepare("insert into candidates values ('north', 'c', 'Late', null)"),
      env.DB.prepare(
        "insert into registrations values ('north', 'r', ?, ?, 'c', 'attempt-late', ?, ?, 0, null, null, null)",
      ).bind(scheduled.sitting.id, id, await tokenHash("late".repeat(10)), ada!.expiresAt),
    ]);
    const response = await call("POST", "/v1/check-in", { body: { token: "late".repeat(10) } });
    expect(await jsonOf(response)).toMatchObject({ checkedIn: { name: "Late" } });
    const standing = await examSession(env, id).standing("attempt-late" as IssuedLink["attemptId"], "any");
    expect(standing).toBe("welcome");
  });
});
