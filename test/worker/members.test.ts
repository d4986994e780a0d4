import { beforeEach, describe, expect, it } from "vitest";
import type { Invitation, Member } from "#protocol/http/member.ts";
import type { Me } from "#protocol/http/sign-in.ts";
import {
  call,
  emailOf,
  env,
  jsonOf,
  keyOf,
  lin,
  mallory,
  marek,
  olu,
  openSchools,
  password,
  problemOf,
  rosa,
  scheduleSitting,
  settings,
  staffCookie,
} from "#test/support/school.ts";

const newton = { name: "Newton", email: "Newton@School.example", roles: ["proctor"], customRoleIds: [] };
const chosen = "a password of many words";
let admin: { cookie: string };

beforeEach(async () => {
  await openSchools();
  admin = { cookie: await staffCookie(rosa) };
});

async function invite(body: unknown = newton): Promise<Invitation> {
  return jsonOf<Invitation>(await call("POST", "/v1/members", { ...admin, body }));
}

const tokenIn = ({ link }: Invitation): string => new URL(link).hash.slice(1);

function accept(token: string, words = chosen): Promise<Response> {
  return call("POST", "/v1/invitations/accept", { body: { token, password: words } });
}

function statusesOf(answers: readonly Response[]): readonly number[] {
  return answers.map(({ status }) => status).toSorted((one, other) => one - other);
}

function signIn(email: string, words: string): Promise<Response> {
  return call("POST", "/v1/sign-in", { body: { email, password: words } });
}

async function members(query = ""): Promise<readonly Member[]> {
  return (await jsonOf<{ members: Member[] }>(await call("GET", `/v1/members${query}`, admin))).members;
}

async function makeRole(permissions: readonly string[]): Promise<string> {
  const body = { name: "Registrar", permissions };
  return (await jsonOf<{ roleId: string }>(await call("POST", "/v1/roles", { ...admin, body }))).roleId;
}

describe("an invitation", () => {
  it("[K7] is a link by which somebody chooses a password, once, and signs in with it", async () => {
    const invitation = await invite();
    expect(invitation.member).toMatchObject({ email: "newton@school.example", state: "invited", roles: ["proctor"] });
    expect((await signIn("newton@school.example", "")).status).toBe(400);
    expect((await signIn("newton@school.example", chosen)).status).toBe(401);
    const read = await call("POST", "/v1/invitations/read", { body: { token: tokenIn(invitation) } });
    expect(await jsonOf(read)).toEqual({
      name: "Newton",
      email: "newton@school.example",
      tenantName: "School of the North",
    });
    expect(await problemOf(await accept(tokenIn(invitation), "short"))).toMatchObject({ code: "weak-password" });
    expect((await accept(tokenIn(invitation))).status).toBe(200);
    expect(await problemOf(await accept(tokenIn(invitation), "another password instead"))).toMatchObject({
      code: "not-found",
    });
    expect(await jsonOf<Me>(await signIn("newton@school.example", chosen))).toMatchObject({
      permissions: ["proctor"],
    });
  });

  it("[K7] is used up by one of two that come at the same moment", async () => {
    const token = tokenIn(await invite());
    const answers = await Promise.all([accept(token, "the first password"), accept(token, "the second password")]);
    expect(statusesOf(answers)).toEqual([200, 404]);
  });

  it("[K7] is void when it is over, and when there is a newer one", async () => {
    const first = await invite();
    const path = `/v1/members/${first.member.memberId}/invitation`;
    const second = await jsonOf<Invitation>(await call("POST", path, admin));
    expect((await accept(tokenIn(first))).status).toBe(404);
    await env.DB.prepare("update invitations set expires_at = ?").bind(Date.now()).run();
    expect(await problemOf(await accept(tokenIn(second)))).toMatchObject({ status: 410, code: "link-expired" });
  });

  it("[K7] to somebody who lost their password ends every sign-in by the one before", async () => {
    const cookie = await staffCookie(olu);
    const again = await jsonOf<Invitation>(await call("POST", `/v1/members/${olu.id}/invitation`, admin));
    expect((await call("GET", "/v1/me", { cookie })).status).toBe(200);
    await accept(tokenIn(again));
    expect((await call("GET", "/v1/me", { cookie })).status).toBe(401);
    expect((await signIn(emailOf(olu), password)).status).toBe(401);
    expect((await signIn(emailOf(olu), chosen)).status).toBe(200);
  });

  it("is not made for an address that somebody has, in whichever institution and home", async () => {
    for (const who of [lin, mallory, marek]) {
      const answer = await call("POST", "/v1/members", { ...admin, body: { ...newton, email: emailOf(who) } });
      expect(await problemOf(answer)).toMatchObject({ status: 409, code: "email-taken" });
    }
  });
});

describe("a member", () => {
  it("[K1] may do what a role of the institution's own making allows, from the next request on", async () => {
    const roleId = await makeRole(["read-sittings"]);
    const cookie = await staffCookie(lin);
    expect((await call("GET", "/v1/sittings", { cookie })).status).toBe(403);
    const body = { name: "Lin", roles: ["proctor"], customRoleIds: [roleId] };
    const changed = await jsonOf<Member>(await call("PUT", `/v1/members/${lin.id}`, { ...admin, body }));
    expect(changed.customRoles).toEqual([{ roleId, name: "Registrar" }]);
    expect((await call("GET", "/v1/sittings", { cookie })).status).toBe(200);
    await call("DELETE", `/v1/roles/${roleId}`, admin);
    expect((await call("GET", "/v1/sittings", { cookie })).status).toBe(403);
  });

  it("gets no role of another institution", async () => {
    const roleId = await makeRole(["read-sittings"]);
    const cookie = await staffCookie(mallory);
    const body = { name: "M", roles: ["admin"], customRoleIds: [roleId] };
    expect((await call("PUT", `/v1/members/${mallory.id}`, { cookie, body })).status).toBe(400);
    const insert = env.DB.prepare("insert into member_custom_roles values ('south', 'mallory', ?)").bind(roleId);
    await expect(insert.run()).rejects.toThrow("FOREIGN KEY");
  });

  it("is found by a role, by one of the institution's own making, and by the whole address", async () => {
    const roleId = await makeRole(["read-sittings"]);
    await call("PUT", `/v1/members/${olu.id}`, { ...admin, body: { name: "Olu", roles: [], customRoleIds: [roleId] } });
    expect((await members("?role=proctor")).map(({ name }) => name)).toEqual(["lin", "pia"]);
    expect((await members("?role=auditor")).map(({ name }) => name)).toEqual([]);
    expect((await members(`?customRole=${roleId}`)).map(({ name }) => name)).toEqual(["Olu"]);
    expect((await members(`?email=${emailOf(lin).toUpperCase()}`)).map(({ name }) => name)).toEqual(["lin"]);
    expect((await members(`?email=${emailOf(lin)}&role=author`)).map(({ name }) => name)).toEqual([]);
    expect(await members(`?email=${emailOf(mallory)}`)).toEqual([]);
  });

  it("is found by a part of the name or address, by what they may do, and page by page", async () => {
    await invite();
    expect((await members("?text=WTO")).map(({ name }) => name)).toEqual(["Newton"]);
    expect((await members("?state=invited")).map(({ name }) => name)).toEqual(["Newton"]);
    expect((await members("?may=proctor")).map(({ name }) => name)).toEqual(["Newton", "lin", "pia"]);
    const all = (await members()).map(({ memberId }) => memberId);
    const walked: string[] = [];
    for (let after: string | null = ""; after !== null;) {
      const path: string = `/v1/members?limit=2${after === "" ? "" : `&after=${after}`}`;
      const page = await jsonOf<{ members: Member[]; next: string | null }>(await call("GET", path, admin));
      walked.push(...page.members.map(({ memberId }) => memberId));
      after = page.next;
    }
    expect(walked).toEqual(all);
    expect(all).toHaveLength(7);
  });

  it("who leaves can do nothing more, keeps their name on what they did, and can be invited again", async () => {
    const cookie = await staffCookie(lin);
    const { sitting } = await scheduleSitting();
    expect((await call("DELETE", `/v1/members/${lin.id}`, admin)).status).toBe(204);
    expect((await call("GET", "/v1/me", { cookie })).status).toBe(401);
    expect((await signIn(emailOf(lin), password)).status).toBe(401);
    expect((await members("?state=left")).map(({ memberId }) => memberId)).toEqual([lin.id]);
    expect(await members("?text=lin")).toEqual([]);
    const after = await jsonOf<{ proctors: unknown[] }>(await call("GET", `/v1/sittings/${sitting.id}`, admin));
    expect(after.proctors).toEqual([]);
    const back = await invite({ ...newton, email: emailOf(lin) });
    expect(back.member).toMatchObject({ memberId: lin.id, state: "invited" });
    await accept(tokenIn(back));
    expect((await signIn(emailOf(lin), chosen)).status).toBe(200);
  });

  it("[K8] who left is invited again by one of two who do it at the same moment", async () => {
    expect((await call("DELETE", `/v1/members/${lin.id}`, admin)).status).toBe(204);
    const body = { ...newton, email: emailOf(lin) };
    const both = await Promise.all([1, 2].map(() => call("POST", "/v1/members", { ...admin, body })));
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([201, 409]);
  });

  it("[K9] who left may become a member of another institution, and is then nobody else's", async () => {
    const there = { cookie: await staffCookie(mallory) };
    const ask = async (by: typeof there) =>
      (await call("POST", "/v1/members", { ...by, body: { ...newton, email: emailOf(lin) } })).status;
    expect(await ask(there)).toBe(409);
    expect((await call("DELETE", `/v1/members/${lin.id}`, admin)).status).toBe(204);
    expect([await ask(there), await ask(admin), await ask(there)]).toEqual([201, 409, 409]);
  });

  it("[K9] who left is invited by one of two institutions that do it at the same moment", async () => {
    expect((await call("DELETE", `/v1/members/${lin.id}`, admin)).status).toBe(204);
    const there = { cookie: await staffCookie(mallory) };
    const body = { ...newton, email: emailOf(lin) };
    const both = await Promise.all([admin, there].map((by) => call("POST", "/v1/members", { ...by, body })));
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([201, 409]);
  });

  it("[K8] who left and is invited again has no key, app, passkey or account at a provider of before", async () => {
    const key = await keyOf(lin, ["proctor"]);
    await env.DB.batch(
      [
        `insert into authenticators (tenant_id, member_id, secret, created_at, confirmed_at) values ('north', 'lin', 's', 1, 1)`,
        `insert into recovery_codes (tenant_id, member_id, mark) values ('north', 'lin', 'm')`,
        `insert into passkeys (tenant_id, id, member_id, credential_id, user_handle, public_key, counter, name, created_at)
        values ('north', 'p', 'lin', 'c', 'u', 'k', 0, 'A phone', 1)`,
        `insert into single_sign_on_subjects (tenant_id, issuer, subject, member_id, linked_at)
        values ('north', 'https://id.example', 's', 'lin', 1)`,
      ].map((text) => env.DB.prepare(text)),
    );
    expect((await call("GET", "/v1/me", { key })).status).toBe(200);
    expect((await call("DELETE", `/v1/members/${lin.id}`, admin)).status).toBe(204);
    await accept(tokenIn(await invite({ ...newton, email: emailOf(lin) })));
    expect((await call("GET", "/v1/me", { key })).status).toBe(401);
    expect((await signIn(emailOf(lin), chosen)).status).toBe(200);
    for (const table of ["authenticators", "recovery_codes", "passkeys", "single_sign_on_subjects"]) {
      const { results } = await env.DB.prepare(`select * from ${table} where member_id = 'lin'`).all();
      expect(results, table).toEqual([]);
    }
  });

  it("[K5] who is the last administrator stays one, whoever tries at the same moment", async () => {
    const body = { name: "Rosa", roles: ["author"], customRoleIds: [] };
    expect(await problemOf(await call("PUT", `/v1/members/${rosa.id}`, { ...admin, body }))).toMatchObject({
      status: 409,
      code: "last-admin",
    });
    expect((await call("DELETE", `/v1/members/${rosa.id}`, admin)).status).toBe(409);
    await call("PUT", `/v1/members/${olu.id}`, { ...admin, body: { ...body, roles: ["admin"] } });
    const both = await Promise.all([rosa, olu].map((who) => call("PUT", `/v1/members/${who.id}`, { ...admin, body })));
    expect(statusesOf(both)).toEqual([200, 409]);
    const admins = env.DB.prepare(
      "select count(*) as n from member_roles where tenant_id = 'north' and role = 'admin'",
    );
    expect(await admins.first("n")).toBe(1);
  });
});

describe("a console", () => {
  const withoutRoles = { name: "Lin", roles: [], customRoleIds: [] };

  /** The code that the console of lin is closed with by a change. */
  async function closedBy(change: (registrar: string) => Promise<Response>): Promise<number> {
    const registrar = await makeRole(["proctor"]);
    const { sitting } = await scheduleSitting();
    const body = { ...withoutRoles, customRoleIds: [registrar] };
    const headers = { upgrade: "websocket" };
    const path = `/v1/exam-sessions/${sitting.examSessionId}/socket?after=0`;
    const socket = (await call("GET", path, { cookie: await staffCookie(lin), headers })).webSocket!;
    const closed = new Promise<number>((resolve) => socket.addEventListener("close", ({ code }) => resolve(code)));
    socket.accept();
    // Another role that allows the same changes nothing.
    await call("PUT", `/v1/members/${lin.id}`, { ...admin, body });
    expect(socket.readyState).toBe(WebSocket.OPEN);
    expect((await change(registrar)).status).toBeLessThan(300);
    return closed;
  }

  it.each([
    ["loses the role", () => call("PUT", `/v1/members/${lin.id}`, { ...admin, body: withoutRoles })],
    ["is removed", () => call("DELETE", `/v1/members/${lin.id}`, admin)],
    ["has a role that goes", (role: string) => call("DELETE", `/v1/roles/${role}`, admin)],
    [
      "has a role that allows less",
      (role: string) => {
        const body = { name: "Registrar", permissions: ["schedule"], revision: 1 };
        return call("PUT", `/v1/roles/${role}`, { ...admin, body });
      },
    ],
  ] as const)("[K6] is closed when its proctor %s", async (_, change) => {
    expect(await closedBy(change)).toBe(4403);
  });
});

describe("a role of the institution's own making", () => {
  it("is changed by one of two who looked at the same one", async () => {
    const roleId = await makeRole(["read-sittings"]);
    const body = { name: "Registrar", permissions: ["schedule"], revision: 1 };
    const answers = await Promise.all([1, 2].map(() => call("PUT", `/v1/roles/${roleId}`, { ...admin, body })));
    expect(statusesOf(answers)).toEqual([200, 409]);
  });

  it("has a name of its own, and no permission that there is not", async () => {
    await makeRole(["schedule"]);
    const body = { name: "Registrar", permissions: ["schedule"] };
    expect((await call("POST", "/v1/roles", { ...admin, body })).status).toBe(409);
    expect((await call("POST", "/v1/roles", { ...admin, body: { name: "X", permissions: ["all"] } })).status).toBe(400);
  });
});

describe("the operator", () => {
  const operator = { headers: { authorization: `Bearer ${settings.operatorKey}` } };
  const west = {
    id: "west",
    name: "School of the West",
    home: "eu",
    admin: { name: "Wes", email: "wes@west.example" },
  };

  it("[K3] opens an institution in its home, whose administrator comes in by invitation", async () => {
    const opened = await jsonOf<{ tenant: unknown; invitation: Invitation }>(
      await call("POST", "/v1/tenants", { ...operator, body: west }),
    );
    expect(opened.tenant).toMatchObject({ id: "west", home: "eu", jurisdiction: "eu" });
    await accept(tokenIn(opened.invitation));
    expect(await jsonOf(await signIn("wes@west.example", chosen))).toMatchObject({ tenantId: "west" });
    expect(await env.DB.prepare("select count(*) as n from members where tenant_id = 'west'").first("n")).toBe(0);
    expect(await env.DB_EU.prepare("select count(*) as n from members where tenant_id = 'west'").first("n")).toBe(1);
    const entry = "select entry ->> '$.who.kind' as who from audit_entries where tenant_id = 'west' and seq = 1";
    expect(await env.DB_EU.prepare(entry).first("who")).toBe("operator");
  });

  it("opens it again without harm, and never over another", async () => {
    const first = await call("POST", "/v1/tenants", { ...operator, body: west });
    const again = await call("POST", "/v1/tenants", { ...operator, body: west });
    expect([first.status, again.status]).toEqual([201, 201]);
    const other = { ...west, name: "Another", admin: { name: "M", email: "m@west.example" } };
    expect((await call("POST", "/v1/tenants", { ...operator, body: other })).status).toBe(409);
    expect((await call("POST", "/v1/tenants", { ...operator, body: { ...west, id: "north" } })).status).toBe(409);
  });

  it("[B4] [B8] [B17] gives credits and enters use of a model once for a reference, and says how far below zero an institution may go", async () => {
    const give = async (body: unknown) => jsonOf(await call("POST", "/v1/tenants/east/credits", { ...operator, body }));
    expect(await give({ credits: 5, reference: "order-1" })).toMatchObject({ balance: 5_000, placesLeft: null });
    expect(await give({ credits: 5, reference: "order-1" })).toMatchObject({ balance: 5_000 });
    expect(await give({ credits: 2, reference: "order-2" })).toMatchObject({ balance: 7_000 });
    const use = { reference: "essay-7", model: "marker-1", unitsIn: 900, unitsOut: 20, amount: 30 };
    for (const _ of [1, 2]) {
      const used = await call("POST", "/v1/tenants/east/usage", { ...operator, body: use });
      expect(await jsonOf(used)).toMatchObject({ balance: 6_970 });
    }
    const limit = await call("PUT", "/v1/tenants/east/overdraft", { ...operator, body: { overdraft: 1 } });
    expect(await jsonOf(limit)).toMatchObject({ overdraft: 1_000, placesLeft: 7 });
    const kinds = "select group_concat(entry ->> '$.kind', ' ') as kinds from audit_entries where actor = 'operator'";
    expect(await env.DB_EU.prepare(kinds).first("kinds")).toBe(
      "credits-given credits-given ai-usage-debited credit-limited",
    );
    expect((await call("PUT", "/v1/tenants/nowhere/overdraft", { ...operator, body: { overdraft: 1 } })).status).toBe(
      404,
    );
  });
});
