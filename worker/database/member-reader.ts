import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { type FactorStanding, factorStanding, noFactorRule } from "#domain/access/factor-rule.ts";
import { type Permission, permissionsOf, type Role } from "#domain/access/permission.ts";
import type { MemberId, SignInId, TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Me } from "#protocol/http/sign-in.ts";
import { customRoles, memberCustomRoles } from "./access-schema.ts";
import { hasFactor } from "./has-factor.ts";
import { memberRoles, members, tenants } from "./schema.ts";
import { factorRules } from "./second-factor-schema.ts";
import { signIns } from "./sign-in-schema.ts";

export function memberReader(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);

  const rowsOf = (id: MemberId) =>
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
      .where(and(eq(members.tenantId, tenantId), eq(members.id, id), isNull(members.leftAt)));

  const customOf = (id: MemberId) =>
    db
      .select({ roleId: customRoles.id, name: customRoles.name, permissions: customRoles.permissions })
      .from(memberCustomRoles)
      .innerJoin(
        customRoles,
        and(eq(customRoles.tenantId, memberCustomRoles.tenantId), eq(customRoles.id, memberCustomRoles.roleId)),
      )
      .where(and(eq(memberCustomRoles.tenantId, tenantId), eq(memberCustomRoles.memberId, id)))
      .orderBy(asc(customRoles.name));

  /** What was shown in a sign-in that goes on, what is asked for, and whether the member has a factor of their own. */
  const shownIn = (id: MemberId, signInId: SignInId, now: EpochMs) =>
    db
      .select({
        way: signIns.way,
        hasShownFactor: signIns.hasShownFactor,
        isDemanded: factorRules.isDemanded,
        providerAnswers: factorRules.providerAnswers,
        hasFactor: hasFactor(database, tenantId, id).mapWith(Boolean).as("has_factor"),
      })
      .from(signIns)
      .leftJoin(factorRules, eq(factorRules.tenantId, signIns.tenantId))
      .where(
        and(
          eq(signIns.tenantId, tenantId),
          eq(signIns.id, signInId),
          eq(signIns.memberId, id),
          isNull(signIns.endedAt),
          gt(signIns.expiresAt, now),
        ),
      );

  return {
    async byId(id: MemberId): Promise<Me | null> {
      const [rows, custom] = await db.batch([rowsOf(id), customOf(id)]);
      return meIn(rows, custom, "enough");
    },

    /** The member, as long as this sign-in of theirs goes on. While their second factor is wanting they may do nothing. */
    async signedIn(id: MemberId, signInId: SignInId, now: EpochMs): Promise<Me | null> {
      const [rows, custom, [shown]] = await db.batch([rowsOf(id), customOf(id), shownIn(id, signInId, now)]);
      if (shown === undefined) return null;
      const { isDemanded, providerAnswers } = shown;
      const rule = isDemanded === null || providerAnswers === null ? noFactorRule : { isDemanded, providerAnswers };
      return meIn(rows, custom, factorStanding(rule, shown, shown.hasFactor));
    },
  };
}

type MemberRow = Omit<Me, "roles" | "customRoles" | "permissions" | "secondFactor"> & { readonly role: Role | null };
type CustomRow = Me["customRoles"][number] & { readonly permissions: readonly Permission[] };

/** One member, by a row for each of their roles; null without any row. */
function meIn(rows: readonly MemberRow[], custom: readonly CustomRow[], secondFactor: FactorStanding): Me | null {
  const [first] = rows;
  if (first === undefined) return null;
  const { role: _, ...member } = first;
  const held = rows.map((row) => row.role).filter((one) => one !== null);
  const holds = custom.map(({ permissions }) => permissions);
  return {
    ...member,
    roles: held,
    customRoles: custom.map(({ roleId, name }) => ({ roleId, name })),
    permissions: secondFactor === "enough" ? [...permissionsOf(held, holds)] : [],
    secondFactor,
  };
}
