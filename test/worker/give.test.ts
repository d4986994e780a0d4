import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Permission, permissions, presets, type Role } from "#domain/access/permission.ts";
import type { MemberId, RoleId } from "#domain/exam/ids.ts";
import type { CustomRole, Invitation } from "#protocol/http/member.ts";
import {
  call,
  env,
  jsonOf,
  keyOf,
  lin,
  noor,
  olu,
  openSchools,
  type Person,
  problemOf,
  rosa,
  staffCookie,
} from "#test/support/school.ts";

beforeEach(async () => {
  vi.spyOn(console, "info").mockImplementation(() => {});
  await openSchools();
});
afterEach(() => vi.restoreAllMocks());

/** A role of the school's own with these, made by rosa. */
async function roleOf(name: string, held: readonly Permission[]): Promise<CustomRole> {
  const body = { name, permissions: held };
  return jsonOf<CustomRole>(await call("POST", "/v1/roles", { cookie: await staffCookie(rosa), body }));
}

/** Olu may manage members, and no more than that and to read who they are. */
async function registrar(
  more: readonly Permission[] = [],
): Promise<{ readonly cookie: string; readonly role: CustomRole }> {
  const role = await roleOf("Registrar", ["read-members", "manage-members", ...more]);
  await env.DB.prepare("delete from member_roles where member_id = ?").bind(olu.id).run();
  await env.DB.prepare("insert into member_custom_roles (tenant_id, member_id, role_id) values (?, ?, ?)")
    .bind(olu.tenantId, olu.id, role.roleId)
    .run();
  return { cookie: await staffCookie(olu), role };
}

type By = { readonly cookie: string } | { readonly key: string };

/** Every way in which somebody with `manage-members` can make an administrator, or one who may read results. */
async function tries(by: By, own: CustomRole): Promise<Readonly<Record<string, string>>> {
  const full = await roleOf(`Everything ${crypto.randomUUID()}`, presets.admin);
  const invite = (roles: readonly Role[], customRoleIds: readonly RoleId[] = []) => ({
    name: "Newton",
    email: `${crypto.randomUUID()}@school.example`,
    roles,
    customRoleIds,
  });
  const give = (who: Person, roles: readonly Role[], customRoleIds: readonly RoleId[] = []) =>
    call("PUT", `/v1/members/${who.id}`, { ...by, body: { name: who.id, roles, customRoleIds } });
  const answers = {
    "invites an administrator": await call("POST", "/v1/members", { ...by, body: invite(["admin"]) }),
    "invites with a role of everything": await call("POST", "/v1/members", { ...by, body: invite([], [full.roleId]) }),
    "makes a colleague one": await give(noor, ["author", "admin"]),
    "makes themselves one": await give(olu, ["admin"], [own.roleId]),
    "makes themselves one by a role": await give(olu, [], [own.roleId, full.roleId]),
    "makes a role of everything": await call("POST", "/v1/roles", {
      ...by,
      body: { name: "All of it", permissions: presets.admin },
    }),
    "widens a role": await call("PUT", `/v1/roles/${own.roleId}`, {
      ...by,
      body: { name: own.name, permissions: [...own.permissions, "read-results"], revision: own.revision },
    }),
    "takes an administrator's account by a link": await call("POST", `/v1/members/${rosa.id}/invitation`, by),
    "takes the second factor off an administrator": await call("DELETE", `/v1/members/${rosa.id}/second-factor`, by),
    "takes an administrator's passkeys": await call("POST", `/v1/members/${rosa.id}/revocation`, by),
  };
  const told = await Promise.all(
    Object.entries(answers).map(async ([what, answer]) => [what, answer.ok ? "done" : (await problemOf(answer)).code]),
  );
  return Object.fromEntries(told) as Record<string, string>;
}

describe("who may manage members, and no more", () => {
  it("[G105] [G106] makes no administrator, in whichever way", async () => {
    const { cookie, role } = await registrar();
    const outcomes = await tries({ cookie }, role);
    expect(new Set(Object.values(outcomes)), JSON.stringify(outcomes)).toEqual(new Set(["more-than-own"]));
    const { results } = await env.DB.prepare(
      "select member_id from member_roles where role = 'admin' and tenant_id = ?",
    )
      .bind(olu.tenantId)
      .all<{ member_id: string }>();
    expect(results).toEqual([{ member_id: rosa.id }]);
  });

  it("[G105] nor does a key of an administrator that has that scope alone", async () => {
    const role = await roleOf("Registrar", ["read-members", "manage-members"]);
    const key = await keyOf(rosa, ["manage-members"]);
    const outcomes = await tries({ key }, role);
    expect(new Set(Object.values(outcomes)), JSON.stringify(outcomes)).toEqual(new Set(["more-than-own"]));
    const both = await keyOf(rosa, ["manage-members", "read-exams", "write-exams"]);
    const body = { name: "Newton", email: "newton@school.example", roles: ["author"], customRoleIds: [] };
    expect((await call("POST", "/v1/members", { key: both, body })).status).toBe(201);
  });

  it("[G105] is told row by row what many of them may not have", async () => {
    const { cookie } = await registrar(["read-exams", "write-exams"]);
    const people = (["author", "admin"] as const).map((role, n) => ({
      name: `Person ${n}`,
      email: `person-${n}@school.example`,
      roles: [role],
      customRoleIds: [],
    }));
    const answer = await call("POST", "/v1/members/bulk", { cookie, body: { members: people } });
    const { invited, refused } = await jsonOf<{ invited: { row: number }[]; refused: { row: number; code: string }[] }>(
      answer,
    );
    expect(invited.map(({ row }) => row)).toHaveLength(1);
    expect(refused.map(({ code }) => code)).toEqual(["more-than-own"]);
  });

  it("[G105] gives what they have, leaves to others what those have, and takes it", async () => {
    const { cookie, role } = await registrar();
    const put = (id: MemberId, roles: readonly Role[], customRoleIds: readonly RoleId[] = []) =>
      call("PUT", `/v1/members/${id}`, { cookie, body: { name: "Renamed", roles, customRoleIds } });
    expect((await put(rosa.id, ["admin"])).status).toBe(200);
    expect((await put(noor.id, ["author"], [role.roleId])).status).toBe(200);
    expect((await put(noor.id, [])).status).toBe(200);
    expect((await problemOf(await put(lin.id, ["proctor", "reviewer"]))).detail).toContain("decide-reviews");
    const again = await call("POST", `/v1/members/${noor.id}/invitation`, { cookie });
    expect((await jsonOf<Invitation>(again)).link).toContain("#");
  });

  it("[G106] names no provider that would vouch for an administrator, though they may manage signing in", async () => {
    const { cookie } = await registrar(["manage-sign-in"]);
    const body = {
      issuer: "https://id.mallory.example",
      clientId: "mine",
      clientSecret: "mine",
      emailDomain: "school.example",
    };
    expect(await problemOf(await call("PUT", "/v1/single-sign-on", { cookie, body }))).toMatchObject({
      status: 403,
      code: "more-than-own",
    });
  });

  it("[K20] [G105] has keys that shrink with their own rights, also for what they give", async () => {
    const key = await keyOf(rosa, permissions);
    const body = { name: "Newton", email: "newton@school.example", roles: ["reviewer"], customRoleIds: [] };
    const role = await roleOf("Registrar", ["read-members", "manage-members"]);
    const other = { name: "noor", roles: ["admin"], customRoleIds: [] };
    const admin = { cookie: await staffCookie(rosa) };
    expect((await call("PUT", `/v1/members/${noor.id}`, { ...admin, body: other })).status).toBe(200);
    const less = { name: "rosa", roles: [], customRoleIds: [role.roleId] };
    expect((await call("PUT", `/v1/members/${rosa.id}`, { ...admin, body: less })).status).toBe(200);
    expect(await problemOf(await call("POST", "/v1/members", { key, body }))).toMatchObject({ code: "more-than-own" });
  });

  it("[G109] keeps no link that would open more later: who is made an administrator meanwhile is not theirs", async () => {
    const { cookie } = await registrar(["read-exams", "write-exams"]);
    const admin = { cookie: await staffCookie(rosa) };
    const issue = async (by: By, who: Person) => {
      const { link } = await jsonOf<Invitation>(await call("POST", `/v1/members/${who.id}/invitation`, by));
      return new URL(link).hash.slice(1);
    };
    const accept = async (token: string) =>
      (await call("POST", "/v1/invitations/accept", { body: { token, password: "nine green umbrellas" } })).status;
    const promote = (who: Person) =>
      call("PUT", `/v1/members/${who.id}`, { ...admin, body: { name: who.id, roles: ["admin"], customRoleIds: [] } });
    const hoarded = await issue({ cookie }, noor);
    expect((await promote(noor)).status).toBe(200);
    expect((await call("POST", "/v1/invitations/read", { body: { token: hoarded } })).status).toBe(404);
    expect(await accept(hoarded)).toBe(404);
    const people = [{ name: "Newton", email: "newton@school.example", roles: ["author"], customRoleIds: [] }];
    const bulk = await call("POST", "/v1/members/bulk", { cookie, body: { members: people } });
    const { invited } = await jsonOf<{ invited: { link: string; memberId: MemberId }[] }>(bulk);
    expect((await promote({ ...noor, id: invited[0]!.memberId })).status).toBe(200);
    expect(await accept(new URL(invited[0]!.link).hash.slice(1))).toBe(404);
    // What an administrator gave is good whatever they add to it.
    const theirs = await issue(admin, lin);
    expect((await promote(lin)).status).toBe(200);
    expect(await accept(theirs)).toBe(200);
  });
});
