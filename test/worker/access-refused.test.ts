import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { brand, type MemberId } from "#domain/exam/ids.ts";
import { permissions, presets, type Role, roles } from "#domain/access/permission.ts";
import {
  attemptCookie,
  call,
  keyOf,
  mallory,
  marek,
  type Person,
  pia,
  problemOf,
  lin,
  noor,
  rosa,
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
} from "./access-route.ts";
import { rules } from "./access-rules.ts";
import { stateOf } from "./access-state.ts";
import { namesInBody, openWorld, staffRoutes, type World } from "./access-world.ts";

/*
 * Every route, asked by everybody who may not. What is refused changes nothing, which each test holds to all that is kept, so
 * that one world is enough for all routes.
 */
let world: World;

beforeEach(async () => {
  // No media server answers here: what is asked is whether the door opens, not what is behind it.
  vi.spyOn(globalThis, "fetch").mockImplementation(() => Promise.resolve(new Response(null, { status: 503 })));
  // Each refusal is a line, and here are thousands.
  vi.spyOn(console, "info").mockImplementation(() => {});
  world = await openWorld();
});
afterEach(() => vi.restoreAllMocks());

/** `challenge`: what the answer says of how to sign in. */
type Refusal = { readonly status: number; readonly code: string; readonly challenge?: string };
type Asked = { readonly route: string; readonly ids: Ids; readonly by: string | By; readonly who: string };
/** Asks, and keeps what was answered otherwise than so. Gives what an outsider sees of the answer. */
type Expect = (asked: Asked, refusal: Refusal) => Promise<object>;

/** Asks all that, and holds every answer to its refusal, and what is kept to what it was before. */
async function allAreRefused(askAll: (expectRefusal: Expect) => Promise<void>): Promise<void> {
  const before = await stateOf(world.real);
  const wrong: string[] = [];
  let asked = 0;
  await askAll(async ({ route, ids, by, who }, { status, code, challenge }) => {
    asked += 1;
    const response = await askRoute(route, rules[route], ids, by);
    const answer = response.status < 400 ? { status: response.status, code: "let in" } : await outside(response);
    const challenged = response.headers.get("www-authenticate");
    if (answer.status !== status || answer.code !== code || (challenge ?? challenged) !== challenged) {
      wrong.push(`${route} answered ${who}: ${answer.status} ${answer.code} ${challenged}`);
    }
    return answer;
  });
  expect(wrong).toEqual([]);
  expect(asked).toBeGreaterThan(0);
  expect(await stateOf(world.real)).toEqual(before);
}

const notSignedIn: Refusal = { status: 401, code: "not-signed-in" };
const notKnown: Refusal = { ...notSignedIn, challenge: "Bearer" };
const notAllowed: Refusal = { status: 403, code: "not-allowed" };
const notFound: Refusal = { status: 404, code: "not-found" };

function rolesWithout(allowed: readonly Role[]): readonly Role[] {
  return roles.filter((one) => !allowed.includes(one));
}

/** What somebody was denied, in the order in which they asked. */
async function denialsOf(who: Person) {
  return (await entriesBy(who)).flatMap(({ kind, details, who: asker }) =>
    kind === "denied" ? [{ asker: asker.kind, ...details }] : [],
  );
}

function denialOf(route: string, asker: "member" | "key", status: number) {
  const [method = "", pattern = ""] = route.split(" ");
  return { asker, method, route: pattern, status };
}

const slow = 120_000;

describe("every route of the staff", () => {
  it("[K1] is closed to whoever is nobody", { timeout: slow }, async () => {
    const { attemptIds, real } = world;
    const asStaff = (await attemptCookie(attemptIds[0], real.examSessionId)).replace(
      "__Secure-invigil_attempt=",
      "__Host-invigil_staff=",
    );
    const cookies = [null, await staffCookie(rosa, -1_000), asStaff, "__Host-invigil_staff=rubbish"];
    await allAreRefused(async (expectRefusal) => {
      for (const { route } of staffRoutes) {
        for (const cookie of cookies) {
          await expectRefusal({ route, ids: real, by: cookie, who: cookie ?? "nobody" }, notSignedIn);
        }
      }
    });
  });

  it(
    "[K1] is closed to other roles, for what is there and what is not, and each try is in the audit",
    { timeout: slow },
    async () => {
      const earlier = new Map<Role, number>();
      for (const role of roles) earlier.set(role, (await denialsOf(holders[role])).length);
      const denied = new Map<Role, object[]>(roles.map((role) => [role, []]));
      await allAreRefused(async (expectRefusal) => {
        for (const { route, rule } of staffRoutes) {
          for (const role of rolesWithout(rule.for)) {
            const by = await staffCookie(holders[role]);
            for (const ids of [world.real, nowhere]) {
              await expectRefusal({ route, ids, by, who: role }, notAllowed);
              denied.get(role)?.push(denialOf(route, "member", 403));
            }
          }
        }
      });
      for (const role of roles) {
        expect((await denialsOf(holders[role])).slice(earlier.get(role)), role).toEqual(denied.get(role));
      }
    },
  );

  it("[K22] is closed to keys that are over, or that never were", { timeout: slow }, async () => {
    const forged = await keyOf(mallory, permissions);
    const keys = [
      await keyOf(rosa, permissions, { revokedAt: 1 }),
      await keyOf(rosa, permissions, { expiresAt: Date.now() - 1 }),
      forged.replace(`ivk_${mallory.tenantId}.`, `ivk_${rosa.tenantId}.`),
      "ivk_rubbish",
    ];
    await allAreRefused(async (expectRefusal) => {
      for (const { route } of staffRoutes) {
        for (const key of keys) await expectRefusal({ route, ids: world.real, by: { key }, who: key }, notKnown);
      }
    });
  });

  it("[K20] is closed to a key without the scope, and to one whose member may not", { timeout: slow }, async () => {
    await holdEverything(pia);
    const keys = new Map<Role, readonly string[]>();
    for (const role of roles) {
      keys.set(role, [await keyOf(pia, presets[role]), await keyOf(holders[role], permissions)]);
    }
    await allAreRefused(async (expectRefusal) => {
      for (const { route, rule } of staffRoutes) {
        for (const role of rolesWithout(rule.for)) {
          for (const key of keys.get(role) ?? []) {
            await expectRefusal({ route, ids: world.real, by: { key }, who: role }, notAllowed);
          }
        }
      }
    });
  });

  it("[K24] is closed to every key where it is for persons", { timeout: slow }, async () => {
    const keys = new Map<Role, string>();
    for (const role of roles) keys.set(role, await keyOf(holders[role], presets[role]));
    await allAreRefused(async (expectRefusal) => {
      for (const { route, rule } of staffRoutes.filter((one) => one.rule.person === true)) {
        for (const role of rule.for) {
          await expectRefusal({ route, ids: world.real, by: { key: keys.get(role) ?? "" }, who: role }, notAllowed);
        }
      }
    });
  });

  it.each([
    { who: mallory, by: "cookie" },
    { who: mallory, by: "key" },
    { who: marek, by: "cookie" },
    { who: marek, by: "key" },
  ] as const)(
    "[K4] says to $who.id of another school, by $by, that what is there is not, and each try is in their audit",
    { timeout: slow },
    async ({ who, by }) => {
      const shown: By = by === "key" ? { key: await keyOf(who, permissions) } : { cookie: await staffCookie(who) };
      const actor = "key" in shown ? brand<MemberId>(shown.key.split(".")[1]!) : who.id;
      const denied: object[] = [];
      const told: string[] = [];
      await allAreRefused(async (expectRefusal) => {
        for (const { route, rule, namesSomething } of staffRoutes) {
          // The body names what the address does not; all else asks for what is their own: access.test.ts.
          if (!namesSomething && !namesInBody.includes(route)) continue;
          if (by === "key" && rule.person === true) continue;
          const there = { ...world.real, number: "900" };
          const one = await expectRefusal({ route, ids: there, by: shown, who: who.id }, notFound);
          const other = await expectRefusal({ route, ids: nowhere, by: shown, who: who.id }, notFound);
          if (JSON.stringify(one) !== JSON.stringify(other)) told.push(route);
          denied.push(...Array.from({ length: 2 }, () => denialOf(route, by === "key" ? "key" : "member", 404)));
        }
      });
      expect(told, "answers for what is there and what is not").toEqual([]);
      expect(await denialsOf({ ...who, id: actor })).toEqual(denied);
    },
  );

  it("[K2] is not there for a proctor who is not assigned", { timeout: slow }, async () => {
    const by = await staffCookie(pia);
    await allAreRefused(async (expectRefusal) => {
      for (const { route } of staffRoutes.filter(({ rule }) => rule.assigned === true)) {
        const one = await expectRefusal({ route, ids: world.real, by, who: "pia" }, notFound);
        const other = await expectRefusal({ route, ids: nowhere, by, who: "pia" }, notFound);
        expect(one, route).toEqual(other);
      }
    });
  });
});

const candidateRoutes = Object.keys(rules).filter((route) => rules[route]?.for === "candidate");

describe("every route of a candidate", () => {
  it(
    "is closed to everybody but the candidate of that very attempt, whether or not it exists",
    { timeout: slow },
    async () => {
      const [attemptId, anothers] = world.attemptIds;
      const { examSessionId } = world.real;
      const cookies = [
        null,
        await attemptCookie(attemptId, examSessionId, -1_000),
        await attemptCookie(anothers, examSessionId),
        await staffCookie(rosa),
        (await staffCookie(rosa)).replace("__Host-invigil_staff=", "__Secure-invigil_attempt="),
        "__Secure-invigil_attempt=rubbish",
      ];
      await allAreRefused(async (expectRefusal) => {
        for (const route of candidateRoutes) {
          for (const by of cookies) {
            const who = by ?? "nobody";
            const one = await expectRefusal({ route, ids: { ...world.real, attemptId }, by, who }, notSignedIn);
            const other = await expectRefusal({ route, ids: { ...nowhere, examSessionId }, by, who }, notSignedIn);
            expect(one, route).toEqual(other);
          }
        }
      });
    },
  );
});

describe("addresses that carry a token", () => {
  it("are closed to tokens of any other kind, and to none", async () => {
    const { attemptIds, real } = world;
    const before = await stateOf(real);
    const tokens = [
      "rubbish",
      (await staffCookie(rosa)).split("=", 2)[1],
      (await attemptCookie(attemptIds[0], real.examSessionId)).split("=", 2)[1],
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
    expect(await stateOf(real)).toEqual(before);
  });
});
