import { beforeEach, describe, expect, it } from "vitest";
import { consentTextOf } from "#domain/exam/consent.ts";
import { consentTextCharacters } from "#domain/exam/consent-text.ts";
import { policyNamed } from "#domain/integrity/policy.ts";
import { sha256Hex } from "#worker/sha256-hex.ts";
import type { AuditEntry } from "#protocol/audit.ts";
import type { IssuedLink } from "#protocol/http/registration.ts";
import {
  call,
  draft,
  env,
  jsonOf,
  openSchools,
  problemOf,
  registrationsOf,
  rosa,
  type Scheduled,
  scheduleSitting,
  staffCookie,
  tokenOf,
} from "#test/support/school.ts";

const minuteMs = 60_000;

let scheduled: Scheduled;
let admin: string;
let ada: IssuedLink;

beforeEach(async () => {
  await openSchools();
  scheduled = await scheduleSitting();
  admin = await staffCookie(rosa);
  [ada] = scheduled.links as [IssuedLink];
});

function checkIn(link: IssuedLink, cookie?: string): Promise<Response> {
  return call("POST", "/v1/check-in", { body: { token: tokenOf(link) }, ...(cookie === undefined ? {} : { cookie }) });
}

function cookieOf(response: Response): string {
  return response.headers.getSetCookie()[0]?.split(";", 1)[0] ?? "";
}

function linkPath({ registrationId }: IssuedLink): string {
  return `/v1/sittings/${scheduled.sitting.id}/registrations/${registrationId}/link`;
}

async function issue(link: IssuedLink, body?: unknown): Promise<IssuedLink> {
  const { links } = await jsonOf<{ links: IssuedLink[] }>(await call("POST", linkPath(link), { cookie: admin, body }));
  return links[0]!;
}

async function seen({ registrationId }: IssuedLink) {
  const registrations = await registrationsOf(scheduled.sitting.id);
  return registrations.find(({ id }) => id === registrationId)!.link;
}

/** The candidate's socket, and with which code it is closed. */
async function openSocket(link: IssuedLink, cookie: string) {
  const path = `/v1/sit/${link.attemptId}/socket`;
  const { webSocket, status } = await call("GET", path, { cookie, headers: { upgrade: "websocket" } });
  if (!webSocket) return { status, closed: null };
  webSocket.accept();
  const closed = new Promise<number>((resolve) => {
    webSocket.addEventListener("close", ({ code }) => resolve(code), { once: true });
  });
  return { status, closed };
}

describe("revoking a link", () => {
  it("[G82] closes the candidate's socket, and neither link nor cookie opens anything from then on", async () => {
    const cookie = cookieOf(await checkIn(ada));
    const { closed } = await openSocket(ada, cookie);
    expect((await call("DELETE", linkPath(ada), { cookie: admin })).status).toBe(204);
    expect(await closed).toBe(4403);
    const revoked = { status: 410, code: "link-revoked" };
    expect(await problemOf(await checkIn(ada))).toMatchObject(revoked);
    expect(await problemOf(await checkIn(ada, cookie))).toMatchObject(revoked);
    const path = `/v1/sit/${ada.attemptId}`;
    expect(await problemOf(await call("GET", path, { cookie }))).toMatchObject(revoked);
    expect(await problemOf(await call("POST", `${path}/take-over`, { cookie }))).toMatchObject(revoked);
    const headers = { upgrade: "websocket" };
    expect(await problemOf(await call("GET", `${path}/socket`, { cookie, headers }))).toMatchObject(revoked);
    expect((await checkIn(scheduled.links[1]!)).status).toBe(200);
  });

  it("[G82] takes from a browser that was at work whatever else its cookie opened", async () => {
    const cookie = cookieOf(await checkIn(ada));
    const { webSocket } = await call("GET", `/v1/sit/${ada.attemptId}/socket`, {
      cookie,
      headers: { upgrade: "websocket" },
    });
    if (!webSocket) throw new Error("There was no socket");
    webSocket.accept();
    const consented = new Promise<void>((resolve) => {
      webSocket.addEventListener("message", ({ data }) => {
        if (String(data).includes('"accepted":true')) resolve();
      });
    });
    const textSha256 = await sha256Hex(
      new TextEncoder().encode(
        consentTextCharacters(consentTextOf({ ...draft, integrity: policyNamed(draft.policy) })),
      ),
    );
    webSocket.send(JSON.stringify({ type: "command", id: "c1", command: { type: "giveConsent", textSha256 } }));
    await consented;
    const path = `/v1/sit/${ada.attemptId}/segments`;
    const segment = { track: "camera", run: 0, index: 0, sha256: "0".repeat(64), bytes: 3, startsAt: 1, endsAt: 2 };
    const announce = () => call("POST", path, { cookie, body: { segments: [segment] } });
    expect((await announce()).status).toBe(200);
    await call("DELETE", linkPath(ada), { cookie: admin });
    const taken = { status: 409, code: "link-in-use" };
    expect(await problemOf(await announce())).toMatchObject(taken);
    expect(await problemOf(await call("GET", path, { cookie }))).toMatchObject(taken);
  });

  it("[G82] is undone by a new link, by which alone the candidate goes on", async () => {
    const cookie = cookieOf(await checkIn(ada));
    await call("DELETE", linkPath(ada), { cookie: admin });
    const fresh = await issue(ada);
    const again = cookieOf(await checkIn(fresh, cookie));
    expect((await openSocket(ada, again)).status).toBe(101);
    expect(await problemOf(await checkIn(ada))).toMatchObject({ status: 404, code: "not-found" });
    expect(await problemOf(await call("GET", `/v1/sit/${ada.attemptId}`, { cookie }))).toMatchObject({ status: 401 });
  });

  it("[G84] is entered in the audit once, however often it is asked for, as is each new link", async () => {
    for (let times = 0; times < 2; times += 1) {
      expect((await call("DELETE", linkPath(ada), { cookie: admin })).status).toBe(204);
    }
    await issue(ada);
    const { results } = await env.DB.prepare("select entry from audit_entries order by seq").all<{ entry: string }>();
    const entries = results.map(({ entry }) => JSON.parse(entry) as AuditEntry);
    const links = entries.filter(({ kind }) => kind.startsWith("link-"));
    const on = { kind: "registration", id: ada.registrationId };
    const who = { kind: "member", id: rosa.id };
    expect(links).toMatchObject([
      { kind: "link-revoked", on, who },
      { kind: "link-replaced", on, who },
    ]);
  });

  it("[G82] names only what is there", async () => {
    const path = `/v1/sittings/${scheduled.sitting.id}/registrations/nobody/link`;
    expect(await problemOf(await call("DELETE", path, { cookie: admin }))).toMatchObject({ status: 404 });
  });
});

describe("the time of a link", () => {
  it("[G81] is as usual unless another is asked for, for new candidates and for a new link", async () => {
    const latest = scheduled.sitting.closesAt + draft.durationMs;
    expect(ada).toMatchObject({ notBefore: null, expiresAt: latest });
    expect(await issue(ada)).toMatchObject({ notBefore: null, expiresAt: latest });
    const [notBefore, expiresAt] = [Date.now() + minuteMs, Date.now() + 2 * minuteMs];
    expect(await issue(ada, { notBefore, expiresAt })).toMatchObject({ notBefore, expiresAt });
    const body = { candidates: [{ name: "Eve", email: null }], notBefore, expiresAt };
    const path = `/v1/sittings/${scheduled.sitting.id}/registrations`;
    const { links } = await jsonOf<{ links: IssuedLink[] }>(await call("POST", path, { cookie: admin, body }));
    expect(links).toMatchObject([{ notBefore, expiresAt }]);
    expect(await seen(links[0]!)).toMatchObject({ notBefore, expiresAt });
  });

  it("[G81] is no longer than the sitting, and not over before it begins; nothing is changed then", async () => {
    const latest = scheduled.sitting.closesAt + draft.durationMs;
    for (const body of [{ expiresAt: latest + 1 }, { notBefore: latest }, { notBefore: 2_000, expiresAt: 1_000 }]) {
      const answer = await call("POST", linkPath(ada), { cookie: admin, body });
      expect(await problemOf(answer), JSON.stringify(body)).toMatchObject({ status: 400, code: "bad-request" });
    }
    expect((await checkIn(ada)).status).toBe(200);
  });

  it("[G81] keeps the door shut before it, and says from when it is open", async () => {
    const notBefore = Date.now() + minuteMs;
    const early = await checkIn(await issue(ada, { notBefore }));
    expect(early.headers.getSetCookie()).toEqual([]);
    expect(await problemOf(early)).toMatchObject({ status: 403, code: "link-not-yet", at: notBefore });
    expect((await checkIn(await issue(ada, { notBefore: Date.now() }))).status).toBe(200);
  });

  it("[G81] ends for newcomers only: whoever came in before stays in", async () => {
    const link = await issue(ada, { expiresAt: Date.now() + 3_000 });
    const cookie = cookieOf(await checkIn(link));
    await env.DB.prepare("update registrations set link_expires_at = 1 where attempt_id = ?").bind(ada.attemptId).run();
    expect(await problemOf(await checkIn(link))).toMatchObject({ status: 410, code: "link-expired" });
    expect((await openSocket(link, cookie)).status).toBe(101);
  });
});

describe("what became of a link", () => {
  it("[G83] is told to staff: when it was opened first, by whomever, and when it was revoked", async () => {
    expect(await seen(ada)).toEqual({
      notBefore: null,
      expiresAt: ada.expiresAt,
      openedAt: null,
      revokedAt: null,
      hasBegun: false,
    });
    const before = Date.now();
    await checkIn(ada);
    await expect.poll(async () => (await seen(ada)).openedAt).not.toBeNull();
    const { openedAt } = await seen(ada);
    expect(openedAt).toBeGreaterThanOrEqual(before);
    await checkIn(ada);
    expect(await seen(ada)).toMatchObject({ openedAt });
    await call("DELETE", linkPath(ada), { cookie: admin });
    expect((await seen(ada)).revokedAt).toBeGreaterThanOrEqual(before);
    await issue(ada);
    expect(await seen(ada)).toMatchObject({ openedAt: null, revokedAt: null });
  });
});
