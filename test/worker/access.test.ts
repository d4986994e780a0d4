import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { brand, type MemberId } from "#domain/exam/ids.ts";
import { permissions, presets } from "#domain/access/permission.ts";
import { actOf } from "#worker/audit/staff-acts.ts";
import {
  attemptCookie,
  call,
  env,
  keyOf,
  mallory,
  marek,
  problemOf,
  rosa,
  settings,
  signInIdOf,
  staffCookie,
} from "#test/support/school.ts";
import {
  askRoute,
  type By,
  entriesBy,
  holdEverything,
  holders,
  type Ids,
  passkeyIdOf,
  type Rule,
  type StaffRule,
} from "./access-route.ts";
import { rules } from "./access-rules.ts";
import { stateOf } from "./access-state.ts";
import { namesInBody, openWorld, routes, type StaffRoute, staffRoutes, type World } from "./access-world.ts";

/*
 * That every route has a rule, and is open to whom its rule names. What is closed to all others: access-refused.test.ts.
 */
let world: World;
let real: Ids;

afterEach(() => vi.restoreAllMocks());
beforeEach(async () => {
  // No media server answers here: what is asked is whether the door opens, not what is behind it.
  vi.spyOn(globalThis, "fetch").mockImplementation(() => Promise.resolve(new Response(null, { status: 503 })));
  // Each refusal is a line, and here are thousands.
  vi.spyOn(console, "info").mockImplementation(() => {});
  world = await openWorld();
  ({ real } = world);
});

/** Asks by the route's own rule. */
function ask(route: string, ids: Ids, by: string | By): Promise<Response> {
  return askRoute(route, rules[route], ids, by);
}

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

function refusals({ namesSomething }: StaffRoute): readonly number[] {
  return [401, 403, ...(namesSomething ? [404] : [])];
}

async function isOpenToCookies(one: StaffRoute): Promise<void> {
  const { route, rule } = one;
  for (const role of rule.for) {
    const holder = holders[role];
    const before = (await entriesBy(holder)).length;
    const ids = rule.own ? { ...real, signInId: signInIdOf(holder), passkeyId: passkeyIdOf(holder) } : real;
    const { status } = await ask(route, ids, await staffCookie(holder));
    const act = status < 300 ? actOf(route) : null;
    const entered = (await entriesBy(holder)).slice(before).filter(({ requestId }) => requestId !== null);
    const acts = entered.map(({ kind }) => kind).filter((kind) => kind !== "denied");
    expect(acts, `${route}, ${role}`).toEqual(act === null ? [] : [act]);
    // A viewer's token that is rubbish, or media that nothing answers for, comes after the door.
    expect(refusals(one), `${route}, ${role}: ${status}`).not.toContain(status);
  }
}

async function isOpenToKeys(one: StaffRoute): Promise<void> {
  const { route, rule } = one;
  for (const role of rule.for) {
    const key = await keyOf(holders[role], presets[role]);
    const { status } = await ask(route, real, { key });
    expect(refusals(one), `${route}, ${role}: ${status}`).not.toContain(status);
    const keyId = key.split(".")[1]!;
    const done = await entriesBy({ ...holders[role], id: brand<MemberId>(keyId) });
    const expected = status < 300 && actOf(route) !== null ? [actOf(route)] : [];
    expect(done.map(({ kind }) => kind).filter((kind) => kind !== "denied")).toEqual(expected);
    for (const { who } of done) expect(who, route).toEqual({ kind: "key", id: keyId, memberId: holders[role].id });
  }
}

/** Of routes that name nothing: who asks from another school is answered from their own. */
async function showsStrangersNothing({ route, rule, namesSomething }: StaffRoute): Promise<void> {
  if (namesSomething || namesInBody.includes(route)) return;
  for (const who of [mallory, marek]) {
    const shown: By[] = [{ cookie: await staffCookie(who) }];
    if (rule.person !== true) shown.push({ key: await keyOf(who, permissions) });
    for (const by of shown) {
      const text = await (await ask(route, real, by)).text();
      for (const id of [real.examId, real.examVersionId, real.sittingId, real.examSessionId, rosa.id]) {
        expect(text, `${route}, ${who.id}`).not.toContain(id);
      }
    }
  }
}

/** One world for all that only reads; what changes something needs a world of its own, or the next role finds it changed. */
const reading = staffRoutes.filter(({ route }) => route.startsWith("GET "));
const rooms: readonly (readonly [string, readonly StaffRoute[]])[] = [
  ["every route that reads", reading],
  ...staffRoutes.filter((one) => !reading.includes(one)).map((one) => [`the route ${one.route}`, [one]] as const),
];

describe.each(rooms)("%s", (_, together) => {
  const timeout = 20_000 + together.length * 2_000;

  it(
    "is open to the roles that may, what they do there is in the audit, and other schools see nothing of it",
    { timeout },
    async () => {
      for (const one of together) await isOpenToCookies(one);
      for (const one of together) await showsStrangersNothing(one);
    },
  );

  const forKeys = together.filter(({ rule }) => rule.person !== true);
  if (forKeys.length === 0) return;
  it(
    "[K20] [K25] [K26] is open to a key that may, without an Origin, and in the audit it is the key",
    { timeout },
    async () => {
      for (const one of forKeys) await isOpenToKeys(one);
    },
  );
});

describe("every GET", () => {
  /** Of staff by one whose role may, of a candidate by the candidate, and of everybody and of tokens by a stranger. */
  async function asker(rule: Rule): Promise<string> {
    if (Array.isArray(rule.for)) return staffCookie(holders[(rule as StaffRule).for[0]!]);
    return rule.for === "candidate" ? attemptCookie(world.attemptIds[0], real.examSessionId) : "";
  }

  it(
    "[K39] leaves all that is kept as it was, but for the entry that something was read",
    { timeout: 60_000 },
    async () => {
      // A live line is no reading: who comes by it is noted as there.
      const asked = Object.entries(rules).filter(([route]) => route.startsWith("GET ") && !route.endsWith("/socket"));
      const [changed, answered]: [string[], number[]] = [[], []];
      let before = await stateOf(real);
      for (const [route, rule] of asked) {
        const ids = rule.for === "candidate" ? { ...real, attemptId: world.attemptIds[0] } : real;
        answered.push((await ask(route, ids, await asker(rule))).status);
        const after = await stateOf(real);
        for (const [kept, rows] of Object.entries(after)) {
          if (rows.join("\n") !== before[kept]?.join("\n")) changed.push(`${route}: ${kept}`);
        }
        before = after;
      }
      // A candidate's proof (RFC 9449) is good once, for reading too.
      expect(changed.filter((one) => !one.endsWith("session spent_proofs"))).toEqual([]);
      expect(answered.filter((status) => status === 200).length, answered.join()).toBeGreaterThan(asked.length / 2);
    },
  );
});

/** What a route gives as a file to who asks for that, and what of the institution each is about. */
const downloads = {
  "GET /v1/audit": { list: "audit", on: null },
  "GET /v1/ledger": { list: "ledger", on: null },
  "GET /v1/members": { list: "members", on: null },
  "GET /v1/sittings/:sittingId/registrations": { list: "registrations", on: "sitting" },
  "GET /v1/sittings/:sittingId/results": { list: "results", on: "sitting" },
};

describe("every list that is given as CSV", () => {
  it.each(["a cookie", "a key"])(
    "[L4] is an act that is in the audit, by %s, and none where it is read as JSON",
    async (way) => {
      await holdEverything(rosa);
      const key = await keyOf(rosa, permissions);
      const by = way === "a key" ? { key } : { cookie: await staffCookie(rosa) };
      const actor = way === "a key" ? { ...rosa, id: brand<MemberId>(key.split(".")[1]!) } : rosa;
      const given: string[] = [];
      for (const { route, rule } of reading.filter((one) => way === "a cookie" || one.rule.person !== true)) {
        const before = (await entriesBy(actor)).length;
        const answer = await askRoute(route, rule, real, by, "text/csv");
        await answer.body?.cancel();
        const isCsv = answer.headers.get("content-type")?.startsWith("text/csv") === true;
        if (isCsv) given.push(route);
        const known = new Map(Object.entries(downloads)).get(route);
        const entered = (await entriesBy(actor)).slice(before);
        expect(
          entered.filter(({ kind }) => kind === "list-downloaded").map(({ on, details }) => ({ on, details })),
          route,
        ).toEqual(
          known === undefined
            ? []
            : [{ on: known.on && { kind: known.on, id: real.sittingId }, details: { list: known.list } }],
        );
      }
      expect(given.toSorted()).toEqual(Object.keys(downloads));
    },
    30_000,
  );
});

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

describe.each(Object.keys(rules).filter((route) => rules[route]?.for === "candidate"))("the route %s", (route) => {
  it("is open to the candidate of that attempt", async () => {
    const [attemptId] = world.attemptIds;
    const cookie = await attemptCookie(attemptId, real.examSessionId);
    const { status } = await ask(route, { ...real, attemptId }, cookie);
    expect([401, 403, 404]).not.toContain(status);
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
