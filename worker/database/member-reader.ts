import { and, asc, eq, exists, gt, isNull, type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { permissionsOf } from "#domain/access/permission.ts";
import type { MemberId, SignInId, TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Me } from "#protocol/http/sign-in.ts";
import { customRoles, memberCustomRoles } from "./access-schema.ts";
import { memberRoles, members, tenants } from "./schema.ts";
import { signIns } from "./sign-in-schema.ts";

export function memberReader(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);
  async function whereIs(id: MemberId, condition?: SQL): Promise<Me | null> {
    const [rows, custom] = await db.batch([
      db
        .select({
          memberId: members.id,
          tenantId: members.tenantId,
          // In a batch D1 hands rows over by the names of their columns: two `name`s would be one.
          tenantName: sql<string>`${tenants.name}`.as("tenant_name"),
          name: members.name,
          email: members.email,
          role: memberRoles.role,
        })
        .from(members)
        .innerJoin(tenants, eq(tenants.id, members.tenantId))
        .leftJoin(memberRoles, and(eq(memberRoles.tenantId, members.tenantId), eq(memberRoles.memberId, members.id)))
        .where(and(eq(members.tenantId, tenantId), eq(members.id, id), isNull(members.leftAt), condition)),
      db
        .select({ roleId: customRoles.id, name: customRoles.name, permissions: customRoles.permissions })
        .from(memberCustomRoles)
        .innerJoin(
          customRoles,
          and(eq(customRoles.tenantId, memberCustomRoles.tenantId), eq(customRoles.id, memberCustomRoles.roleId)),
        )
        .where(and(eq(memberCustomRoles.tenantId, tenantId), eq(memberCustomRoles.memberId, id)))
        .orderBy(asc(customRoles.name)),
    ]);
    const [first] = rows;
    if (first === undefined) return null;
    const { role: _, ...member } = first;
    const held = rows.map((row) => row.role).filter((one) => one !== null);
    const holds = custom.map(({ permissions }) => permissions);
    return {
      ...member,
      roles: held,
      customRoles: custom.map(({ roleId, name }) => ({ roleId, name })),
      permissions: [...permissionsOf(held, holds)],
    };
  }

  return {
    byId: (id: MemberId): Promise<Me | null> => whereIs(id),

    /** The member, as long as this sign-in of theirs goes on. */
    async signedIn(id: MemberId, signInId: SignInId, now: EpochMs): Promise<Me | null> {
      const live = db
        .select({ id: signIns.id })
        .from(signIns)
        .where(
          and(
            eq(signIns.tenantId, tenantId),
            eq(signIns.id, signInId),
            eq(signIns.memberId, id),
            isNull(signIns.endedAt),
            gt(signIns.expiresAt, now),
          ),
        );
      return whereIs(id, exists(live));
    },
  };
}
