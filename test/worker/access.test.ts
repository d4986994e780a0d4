import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { brand, type AttemptId, type MemberId } from "#domain/exam/ids.ts";
import type { CustomRole } from "#protocol/http/member.ts";
import { permissions, presets, type Role, roles } from "#domain/access/permission.ts";
import { createApp } from "#worker/app.ts";
import { actOf } from "#worker/audit/staff-acts.ts";
import {
  attemptCookie,
  call,
  env,
  jsonOf,
  keyOf,
  lin,
  mallory,
  marek,
  noor,
  openSchools,
  password,
  type Person,
  pia,
  problemOf,
  registrationsOf,
  rosa,
  type Scheduled,
  scheduleSitting,
  settings,
  signInIdOf,
  staffCookie,
} from "#test/support/school.ts";
import {
  askRoute,
  type By,
  entriesBy,
  hash,
  holdEverything,
  holders,
  type Ids,
  nowhere,
  outside,
  passkeyIdOf,
  passkeyOf,
  type Rule,
  testedWebhook,
} from "./access-route.ts";
import { retentionRules, someHold } from "./retention-rules.ts";
import { signInRules } from "./sign-in-rules.ts";
import { scheduleRules } from "./schedule-rules.ts";
import { staffRules } from "./staff-rules.ts";
import { watchingRules } from "./watching-rules.ts";

const everybody: Rule = { for: "everybody" };
const candidate: Rule = { for: "candidate" };
const readers = ["admin", "reviewer", "auditor"] as const;
const sdp = { offer: "v=0", tracks: [{ mid: "0", track: "thumbnail" }] };
const segment = { track: "camera", run: 0, index: 0, sha256: hash, bytes: 1, startsAt: 0, endsAt: 1 };

/** Who may call each route. A route that is not here fails the test, and so does a line without a route. */
const rules: Readonly<Record<string, Rule>> = {
  "GET /healthz": everybody,
  "GET /.well-known/jwks.json": everybody,
  "GET /openapi.json": everybody,
  "GET /*": everybody,
  "GET /v1/system-check/clock": everybody,
  "POST /v1/system-check/upload": everybody,
  "POST /v1/sign-in": everybody,
  "POST /v1/sign-out": everybody,
  "POST /v1/sign-in/refresh": everybody,
  "GET /v1/sign-ins": { for: roles, person: true },
  "PUT /v1/sign-in/password": {
    for: roles,
    person: true,
    body: () => ({ current: password, next: "another horse, another battery" }),
  },
  ...signInRules,
  ...retentionRules,
  "DELETE /v1/members/:memberId/second-factor": { for: ["admin"] },
  "DELETE /v1/sign-ins": { for: roles, person: true },
  "DELETE /v1/sign-ins/:signInId": { for: roles, own: true, person: true },
  "POST /v1/check-in": everybody,
  "GET /v1/me": { for: roles },
  "DELETE /v1/members/:memberId/sign-in-failures": { for: ["admin"] },
  "GET /v1/logs/:logId/checkpoint": everybody,
  "GET /v1/logs/:logId/tile/*": everybody,
  "GET /v1/audit": { for: ["admin", "auditor"] },
  "GET /v1/audit/export": { for: ["admin", "auditor"] },
  "GET /v1/audit/:number/proof": { for: ["admin", "auditor"] },
  "GET /v1/ledger": { for: ["admin", "auditor"] },
  "POST /v1/ledger/refunds": {
    for: ["admin"],
    body: ({ attemptId }) => ({ attemptId, reason: "service-failure" }),
  },
  "GET /v1/keys": { for: ["admin"] },
  "POST /v1/keys": {
    for: ["admin"],
    person: true,
    body: () => ({ name: "Results", scopes: ["read-results"], expiresAt: Date.now() + 60_000 }),
  },
  "DELETE /v1/keys/:keyId": { for: ["admin"] },
  "GET /v1/mails": { for: ["admin"] },
  ...staffRules,
  ...scheduleRules,
  "GET /v1/attempts/:attemptId": { for: readers },
  "GET /v1/attempts/:attemptId/record": { for: readers },
  "GET /v1/attempts/:attemptId/deletions": { for: readers },
  "POST /v1/attempts/:attemptId/hold": { for: ["admin", "reviewer"], body: () => ({ reason: "A second voice" }) },
  "POST /v1/attempts/:attemptId/decisions": {
    for: ["admin", "reviewer"],
    body: () => ({ verdict: "stands", reason: "It was the radio" }),
  },
  "GET /v1/attempts/:attemptId/recording": { for: ["admin", "reviewer"] },
  "GET /v1/playback/:token/:track/:run/:index": { for: "token" },
  "GET /v1/attempts/:attemptId/pictures": { for: ["admin", "reviewer"] },
  "GET /v1/exam-sessions/:examSessionId/attempts/:attemptId/pictures": { for: ["proctor"], assigned: true },
  "GET /v1/pictures/:token/:sha256": { for: "token" },
  ...watchingRules,
  "GET /v1/sit/:attemptId": candidate,
  "GET /v1/sit/:attemptId/socket": candidate,
  "POST /v1/sit/:attemptId/take-over": candidate,
  "POST /v1/sit/:attemptId/media": { for: "candidate", body: sdp },
  "GET /v1/sit/:attemptId/segments": candidate,
  "POST /v1/sit/:attemptId/segments": { for: "candidate", body: { segments: [segment] } },
  "PUT /v1/sit/:attemptId/stills/:violation/:source": candidate,
  "PUT /v1/sit/:attemptId/identity/:capture": candidate,
  "PUT /v1/uploads/:token": { for: "token" },
};

/** A role that the school of the north made. */
async function someRole(): Promise<string> {
  const body = { name: "Proof reader", permissions: ["read-exams"] };
  const { roleId } = await jsonOf<CustomRole>(
    await call("POST", "/v1/roles", { cookie: await staffCookie(rosa), body }),
  );
  return roleId;
}

/** Asks by the route's own rule. */
function ask(route: string, ids: Ids, by: string | By): Promise<Response> {
  return askRoute(route, rules[route], ids, by);
}

const routes = [
  ...new Set(
    createApp()
      .routes.filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${method} ${path}`),
  ),
];

let real: Ids;
let scheduled: Scheduled;

afterEach(() => {
  vi.restoreAllMocks();
});

beforeEach(async () => {
  // No media server answers here: what is asked is whether the door opens, not what is behind it.
  vi.spyOn(globalThis, "fetch").mockImplementation(() => Promise.resolve(new Response(null, { status: 503 })));
  await openSchools();
  scheduled = await scheduleSitting();
  await env.DB.batch(Object.values(holders).map(passkeyOf));
  const { exam, sitting } = scheduled;
  const [registration] = await registrationsOf(sitting.id);
  real = {
    ...nowhere,
    ...(await someHold(registration!.attemptId)),
    number: "1",
    memberId: lin.id,
    roleId: await someRole(),
    signInId: signInIdOf(lin),
    passkeyId: passkeyIdOf(lin),
    keyId: (await keyOf(lin, ["proctor"])).split(".")[1]!,
    examId: exam.id,
    ...(await testedWebhook()),
    examVersionId: sitting.examVersionId,
    sittingId: sitting.id,
    registrationId: registration!.id,
    attemptId: registration!.attemptId,
    examSessionId: sitting.examSessionId,
  };
});

describe("the list of who may call what", () => {
  it("names every route of the app, and no other", () => {
    expect(routes.toSorted()).toEqual(Object.keys(rules).toSorted());
  });
});

describe("the list of what is an act", () => {
  it("[L4] names every route that changes something, but for the steps of watching", () => {
    const changing = routes.filter((route) => Array.isArray(rules[route]?.for) && !route.startsWith("GET "));
    expect(changing.filter((route) => actOf(route) === "other-act")).toEqual([]);
    expect(changing.filter((route) => actOf(route) === null)).toEqual([
      "POST /v1/exam-sessions/:examSessionId/viewers/:viewer/tracks",
      "PUT /v1/exam-sessions/:examSessionId/viewers/:viewer/answer",
      "PUT /v1/exam-sessions/:examSessionId/viewers/:viewer/tracks",
      "POST /v1/exam-sessions/:examSessionId/viewers/:viewer/close",
    ]);
  });
});

const staffRoutes = Object.entries(rules).flatMap(([route, rule]) =>
  Array.isArray(rule.for)
    ? [
        {
          route,
          allowed: rule.for as readonly Role[],
          assigned: "assigned" in rule,
          own: "own" in rule,
          person: "person" in rule,
        },
      ]
    : [],
);

type Stranger = { readonly who: Person; readonly by: "cookie" | "key" };

for (const { route, allowed, assigned, own, person } of staffRoutes) {
  const namesSomething = route.includes(":");

  async function isClosedToWhoIsNobody(): Promise<void> {
    const { attemptId, examSessionId } = real;
    const asStaff = (await attemptCookie(brand<AttemptId>(attemptId), examSessionId)).replace(
      "__Secure-invigil_attempt=",
      "__Host-invigil_staff=",
    );
    for (const cookie of [null, await staffCookie(rosa, -1_000), asStaff, "__Host-invigil_staff=rubbish"]) {
      expect(await outside(await ask(route, real, cookie))).toMatchObject({ status: 401, code: "not-signed-in" });
    }
  }

  async function isClosedToOtherRoles(): Promise<void> {
    for (const role of roles.filter((one) => !allowed.includes(one))) {
      const cookie = await staffCookie(holders[role]);
      for (const ids of [real, nowhere]) {
        expect(await outside(await ask(route, ids, cookie)), role).toMatchObject({
          status: 403,
          code: "not-allowed",
        });
      }
      const [id, status] = [holders[role].id, 403];
      const details = {
        method: route.slice(0, route.indexOf(" ")),
        route: route.slice(route.indexOf(" ") + 1),
        status,
      };
      expect((await entriesBy(holders[role])).slice(-2), role).toMatchObject(
        Array.from({ length: 2 }, () => ({ kind: "denied", who: { kind: "member", id }, details })),
      );
    }
  }

  async function isClosedToKeysThatAreOver(): Promise<void> {
    const forged = await keyOf(mallory, permissions);
    const keys = [
      await keyOf(rosa, permissions, { revokedAt: 1 }),
      await keyOf(rosa, permissions, { expiresAt: Date.now() - 1 }),
      forged.replace(`ivk_${mallory.tenantId}.`, `ivk_${rosa.tenantId}.`),
      "ivk_rubbish",
    ];
    for (const key of keys) {
      const answer = await ask(route, real, { key });
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
      expect(await outside(answer)).toMatchObject({ status: 401, code: "not-signed-in" });
    }
  }

  async function isClosedToKeysWithoutTheScope(): Promise<void> {
    await holdEverything(pia);
    for (const role of roles.filter((one) => !allowed.includes(one))) {
      for (const key of [await keyOf(pia, presets[role]), await keyOf(holders[role], permissions)]) {
        expect(await outside(await ask(route, real, { key })), role).toMatchObject({
          status: 403,
          code: "not-allowed",
        });
      }
    }
  }

  async function isClosedToEveryKey(): Promise<void> {
    for (const role of allowed) {
      const key = await keyOf(holders[role], presets[role]);
      expect(await outside(await ask(route, real, { key })), role).toMatchObject({ status: 403 });
    }
  }

  async function isNotThereForStrangers({ who, by }: Stranger): Promise<void> {
    const shown: By = by === "key" ? { key: await keyOf(who, permissions) } : { cookie: await staffCookie(who) };
    const response = await ask(route, { ...real, number: "900" }, shown);
    if (namesSomething || ["POST /v1/sittings", "POST /v1/holds"].includes(route)) {
      const answer = await outside(response);
      expect(answer).toMatchObject({ status: 404, code: "not-found" });
      expect(answer).toEqual(await outside(await ask(route, nowhere, shown)));
      const denied = { kind: "denied", who: { kind: by === "key" ? "key" : "member" } };
      const actor = "key" in shown ? brand<MemberId>(shown.key.split(".")[1]!) : who.id;
      expect(await entriesBy({ ...who, id: actor })).toMatchObject([denied, denied]);
    } else {
      const text = await response.text();
      for (const id of [real.examId, real.examVersionId, real.sittingId, real.examSessionId, rosa.id]) {
        expect(text).not.toContain(id);
      }
    }
  }

  async function isNotThereForWhoIsNotAssigned(): Promise<void> {
    const cookie = await staffCookie(pia);
    const answer = await outside(await ask(route, real, cookie));
    expect(answer).toMatchObject({ status: 404, code: "not-found" });
    expect(answer).toEqual(await outside(await ask(route, nowhere, cookie)));
  }

  // What is refused changes nothing but the audit, so that all of it needs one world: a world costs more than the questions.
  describe(`the route ${route}`, () => {
    it("[K1] [K2] [K4] [K20] [K22] [K24] is closed to everybody else, and says no more of what is there than of what is not", async () => {
      await isClosedToWhoIsNobody();
      await isClosedToOtherRoles();
      await isClosedToKeysThatAreOver();
      for (const who of [mallory, marek]) {
        await isNotThereForStrangers({ who, by: "cookie" });
        if (!person) await isNotThereForStrangers({ who, by: "key" });
      }
      if (assigned) await isNotThereForWhoIsNotAssigned();
      await isClosedToKeysWithoutTheScope();
      if (person) await isClosedToEveryKey();
    });

    it("is open to the roles that may, and what they do there is entered in the audit", async () => {
      for (const role of allowed) {
        const holder = holders[role];
        const before = (await entriesBy(holder)).length;
        const ids = own ? { ...real, signInId: signInIdOf(holder), passkeyId: passkeyIdOf(holder) } : real;
        const { status } = await ask(route, ids, await staffCookie(holder));
        const act = status < 300 ? actOf(route) : null;
        const entered = (await entriesBy(holder)).slice(before).filter(({ requestId }) => requestId !== null);
        const acts = entered.map(({ kind }) => kind).filter((kind) => kind !== "denied");
        expect(acts).toEqual(act === null ? [] : [act]);
        // A viewer's token that is rubbish, or media that nothing answers for, comes after the door.
        expect([401, 403, ...(namesSomething ? [404] : [])], `${role}: ${status}`).not.toContain(status);
      }
    });

    if (person) return;
    it("[K20] [K25] [K26] is open to a key that may, without an Origin, and in the audit it is the key", async () => {
      for (const role of allowed) {
        const key = await keyOf(holders[role], presets[role]);
        const { status } = await ask(route, real, { key });
        expect([401, 403, ...(namesSomething ? [404] : [])], `${role}: ${status}`).not.toContain(status);
        const keyId = key.split(".")[1]!;
        const done = await entriesBy({ ...holders[role], id: brand<MemberId>(keyId) });
        const expected = status < 300 && actOf(route) !== null ? [actOf(route)] : [];
        expect(done.map(({ kind }) => kind).filter((kind) => kind !== "denied")).toEqual(expected);
        for (const { who } of done) expect(who).toEqual({ kind: "key", id: keyId, memberId: holders[role].id });
      }
    });
  });
}

/** Where a second factor is set up; who has one already comes no further than the first. */
const settingUp = [
  "GET /v1/me",
  "GET /v1/sign-in/authenticator",
  "POST /v1/sign-in/authenticator",
  "PUT /v1/sign-in/authenticator",
  "GET /v1/sign-in/passkeys",
  "POST /v1/sign-in/passkeys/options",
  "POST /v1/sign-in/passkeys",
];

describe("a member who still lacks the second factor that is demanded", () => {
  it.each([
    ["has none", settingUp],
    ["has one, and did not show it", settingUp.slice(0, 1)],
  ])("[G91] [G92] who %s is refused by every route but those to set it up, whatever their roles", async (has, open) => {
    await holdEverything(rosa);
    const rule = "insert into factor_rules (tenant_id, is_demanded, provider_answers, changed_at) values (?, 1, 0, 0)";
    await env.DB.prepare(rule).bind(rosa.tenantId).run();
    if (has === "has none") await env.DB.prepare("delete from passkeys").run();
    const cookie = await staffCookie(rosa);
    const answered: string[] = [];
    for (const { route } of staffRoutes) {
      const answer = await ask(route, real, cookie);
      const code = answer.ok ? "open" : (await problemOf(answer)).code;
      if (code !== "second-factor-demanded") answered.push(route);
    }
    expect(answered.toSorted()).toEqual([...open].toSorted());
    const key = await keyOf(rosa, permissions);
    expect((await ask("GET /v1/exams", real, { key })).status).toBe(200);
  });
});

for (const [route, rule] of Object.entries(rules)) {
  if (rule.for !== "candidate") continue;

  describe(`the route ${route}`, () => {
    it("is closed to everybody but the candidate of that very attempt, whether or not it exists", async () => {
      const [attemptId, anothers] = scheduled.links.map((link) => link.attemptId) as [AttemptId, AttemptId];
      const ids = { ...real, attemptId };
      const { examSessionId } = real;
      const cookies = [
        null,
        await attemptCookie(attemptId, examSessionId, -1_000),
        await attemptCookie(anothers, examSessionId),
        await staffCookie(rosa),
        (await staffCookie(rosa)).replace("__Host-invigil_staff=", "__Secure-invigil_attempt="),
        "__Secure-invigil_attempt=rubbish",
      ];
      for (const cookie of cookies) {
        const answer = await outside(await ask(route, ids, cookie));
        expect(answer).toMatchObject({ status: 401, code: "not-signed-in" });
        expect(answer).toEqual(await outside(await ask(route, { ...nowhere, examSessionId }, cookie)));
      }
    });

    it("is open to that candidate", async () => {
      const { attemptId } = scheduled.links[0]!;
      const cookie = await attemptCookie(attemptId, real.examSessionId);
      const { status } = await ask(route, { ...real, attemptId }, cookie);
      expect([401, 403, 404]).not.toContain(status);
    });
  });
}

describe("addresses that carry a token", () => {
  it("are closed to tokens of any other kind, and to none", async () => {
    const { attemptId, examSessionId } = real;
    const tokens = [
      "rubbish",
      (await staffCookie(rosa)).split("=", 2)[1],
      (await attemptCookie(brand<AttemptId>(attemptId), examSessionId)).split("=", 2)[1],
    ];
    for (const token of tokens) {
      const bytes = { headers: { "content-type": "application/octet-stream" }, body: "bytes" };
      const { status: put } = await problemOf(await call("PUT", `/v1/uploads/${token}`, bytes));
      expect([401, 403, 404]).toContain(put);
      for (const path of [`/v1/playback/${token}/camera/0/0`, `/v1/pictures/${token}/${hash}`]) {
        expect(await problemOf(await call("GET", path))).toMatchObject({ status: 401 });
        for (const person of [rosa, lin, noor]) {
          const cookie = await staffCookie(person);
          expect(await problemOf(await call("GET", path, { cookie }))).toMatchObject({ status: 403 });
        }
      }
    }
  });
});

for (const [route, rule] of Object.entries(rules)) {
  if (rule.for !== "operator") continue;

  describe(`the route ${route}`, () => {
    it("is open to the operator alone", async () => {
      const [method = "", pattern = ""] = route.split(" ");
      const path = pattern.replace(":tenantId", rosa.tenantId);
      const answer = async (headers: Readonly<Record<string, string>>, cookie?: string) =>
        (await call(method, path, cookie === undefined ? { headers } : { headers, cookie })).status;
      expect(await answer({}, await staffCookie(rosa))).toBe(401);
      expect(await answer({ authorization: `Bearer ${"x".repeat(43)}` })).toBe(401);
      expect(await answer({ authorization: "Basic b3BlcmF0b3I6" })).toBe(401);
      expect([200, 400, 415]).toContain(await answer({ authorization: `Bearer ${settings.operatorKey}` }));
    });
  });
}
