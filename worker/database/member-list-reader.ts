import { type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { type Permission, presets, type Role, roles } from "#domain/access/permission.ts";
import type { MemberId, RoleId, TenantId } from "#domain/exam/ids.ts";
import type { CustomRole, Member, MemberQuery } from "#protocol/http/member.ts";
import { pageOf } from "#protocol/http/page.ts";
import { memberCustomRoles } from "./access-schema.ts";

type Row = {
  id: MemberId;
  name: string;
  email: string;
  left: 0 | 1;
  invited: 0 | 1;
  roles: string;
  custom: string;
};

/** Who is a member of the institution, who was, and which roles it made itself. */
export function memberListReader(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);

  async function select(where: SQL, limit: number): Promise<Member[]> {
    const rows = await db.all<Row>(sql`
      select member.id, member.name, member.email, member.left_at is not null as left, member.password_hash = '' as invited,
        (select json_group_array(role) from member_roles where tenant_id = member.tenant_id and member_id = member.id) as roles,
        (select json_group_array(json_object('roleId', custom_roles.id, 'name', custom_roles.name))
          from member_custom_roles as held join custom_roles
            on custom_roles.tenant_id = held.tenant_id and custom_roles.id = held.role_id
          where held.tenant_id = member.tenant_id and held.member_id = member.id) as custom
      from members as member where member.tenant_id = ${tenantId} and ${where}
      order by member.name, member.id limit ${limit}`);
    return rows.map(({ id, name, email, left, invited, roles: held, custom }) => ({
      memberId: id,
      name,
      email,
      state: left === 1 ? "left" : invited === 1 ? "invited" : "active",
      roles: roles.filter((role) => (JSON.parse(held) as readonly Role[]).includes(role)),
      customRoles: JSON.parse(custom) as { roleId: RoleId; name: string }[],
    }));
  }

  return {
    async byId(id: MemberId): Promise<Member | null> {
      const [member] = await select(sql`member.id = ${id}`, 1);
      return member ?? null;
    },

    /** By name. `email` in lower case; who left is found too. */
    async byEmail(email: string): Promise<Member | null> {
      const [member] = await select(sql`member.email = ${email}`, 1);
      return member ?? null;
    },

    /** The ids of those among these who left, by their addresses, in lower case. */
    async whoLeft(emails: readonly string[]): Promise<ReadonlyMap<string, MemberId>> {
      const rows = await db.all<{ id: MemberId; email: string }>(sql`
        select id, email from members where tenant_id = ${tenantId} and left_at is not null
          and email in (select value from json_each(${JSON.stringify(emails)}))`);
      return new Map(rows.map(({ id, email }) => [email, id]));
    },

    /** By name, `limit` of them at most. `next` is the last of these where others follow. */
    async list(query: MemberQuery): Promise<{ members: Member[]; next: MemberId | null }> {
      const { may, state, role, customRole, email, text, after, limit } = query;
      const conditions = [
        stateIs(state),
        ...(email === undefined ? [] : [sql`member.email = ${email}`]),
        ...(role === undefined
          ? []
          : [
              sql`exists (select 1 from member_roles as held
          where held.tenant_id = member.tenant_id and held.member_id = member.id and held.role = ${role})`,
            ]),
        ...(customRole === undefined
          ? []
          : [
              sql`exists (select 1 from member_custom_roles as held
          where held.tenant_id = member.tenant_id and held.member_id = member.id and held.role_id = ${customRole})`,
            ]),
        ...(may === undefined ? [] : [mayDo(may)]),
        ...(text === undefined
          ? []
          : [sql`instr(lower(member.name) || ' ' || member.email, ${text.toLocaleLowerCase()}) > 0`]),
        ...(after === undefined
          ? []
          : [
              sql`(member.name, member.id) > (select name, id from members where tenant_id = ${tenantId} and id = ${after})`,
            ]),
      ];
      const found = await select(sql.join(conditions, sql` and `), limit + 1);
      const { rows: members, next } = pageOf(found, limit, ({ memberId }) => memberId);
      return { members, next };
    },

    async idsWhoMay(permission: Permission): Promise<ReadonlySet<MemberId>> {
      const rows = await db.all<{ id: MemberId }>(
        sql`select id from members as member where member.tenant_id = ${tenantId} and ${mayDo(permission)}`,
      );
      return new Set(rows.map(({ id }) => id));
    },

    /** Those of the institution's own making, by name. */
    async customRoles(): Promise<CustomRole[]> {
      const rows = await db.all<Omit<CustomRole, "permissions"> & { permissions: string }>(sql`
        select id as "roleId", name, permissions, revision,
          (select count(*) from member_custom_roles as held where held.tenant_id = role.tenant_id and held.role_id = role.id)
            as members
        from custom_roles as role where tenant_id = ${tenantId} order by name`);
      return rows.map((row) => ({ ...row, permissions: JSON.parse(row.permissions) as Permission[] }));
    },

    /** Who holds a role of the institution's own making. */
    async holdersOf(roleId: RoleId): Promise<readonly MemberId[]> {
      const rows = await db
        .select({ id: memberCustomRoles.memberId })
        .from(memberCustomRoles)
        .where(sql`tenant_id = ${tenantId} and role_id = ${roleId}`);
      return rows.map(({ id }) => id);
    },
  };
}

function stateIs(state: Member["state"] | undefined): SQL {
  switch (state) {
    case undefined:
      return sql`member.left_at is null`;
    case "left":
      return sql`member.left_at is not null`;
    case "invited":
      return sql`member.left_at is null and member.password_hash = ''`;
    case "active":
      return sql`member.left_at is null and member.password_hash <> ''`;
  }
}

/** [K1] as SQL: by a role that every institution has, or by one of its own making. */
function mayDo(permission: Permission): SQL {
  const held = JSON.stringify(roles.filter((role) => presets[role].includes(permission)));
  return sql`member.left_at is null and (
    exists (select 1 from member_roles where tenant_id = member.tenant_id and member_id = member.id
      and role in (select value from json_each(${held})))
    or exists (select 1 from member_custom_roles as own join custom_roles
        on custom_roles.tenant_id = own.tenant_id and custom_roles.id = own.role_id, json_each(custom_roles.permissions) as one
      where own.tenant_id = member.tenant_id and own.member_id = member.id and one.value = ${permission}))`;
}
