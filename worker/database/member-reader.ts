import { and, asc, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { MemberId, TenantId } from "#domain/exam/ids.ts";
import type { Me, Role } from "#protocol/http/sign-in.ts";
import { memberRoles, members, tenants } from "./schema.ts";

export function memberReader(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);
  const withRole = (role: Role) =>
    db
      .select({ memberId: members.id, name: members.name, email: members.email })
      .from(members)
      .innerJoin(memberRoles, and(eq(memberRoles.tenantId, members.tenantId), eq(memberRoles.memberId, members.id)))
      .where(and(eq(members.tenantId, tenantId), eq(memberRoles.role, role)))
      .orderBy(asc(members.name), asc(members.id));

  return {
    async byId(id: MemberId): Promise<Me | null> {
      const rows = await db
        .select({
          memberId: members.id,
          tenantId: members.tenantId,
          tenantName: tenants.name,
          name: members.name,
          email: members.email,
          role: memberRoles.role,
        })
        .from(members)
        .innerJoin(tenants, eq(tenants.id, members.tenantId))
        .leftJoin(memberRoles, and(eq(memberRoles.tenantId, members.tenantId), eq(memberRoles.memberId, members.id)))
        .where(and(eq(members.tenantId, tenantId), eq(members.id, id)));
      const [first] = rows;
      if (first === undefined) return null;
      const { role: _, ...member } = first;
      return { ...member, roles: rows.map(({ role }) => role).filter((role) => role !== null) };
    },

    /** By name. */
    withRole,
  };
}
