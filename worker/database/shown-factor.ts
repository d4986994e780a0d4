import { and, eq, not, type SQL, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { drizzle } from "drizzle-orm/d1";
import type { MemberId, SignInId, TenantId } from "#domain/exam/ids.ts";
import { hasFactor } from "./has-factor.ts";
import { signIns } from "./sign-in-schema.ts";

type Owner = { readonly tenantId: TenantId; readonly memberId: MemberId };

/** The statement that says of a sign-in that a second factor was shown in it, where `when` holds. [G91] */
export function shownStatement(
  database: D1Database,
  { tenantId, memberId }: Owner,
  signInId: SignInId | null,
  when: SQL,
): BatchItem<"sqlite"> {
  return drizzle(database)
    .update(signIns)
    .set({ hasShownFactor: true })
    .where(
      and(
        eq(signIns.tenantId, tenantId),
        eq(signIns.memberId, memberId),
        signInId === null ? sql`0` : eq(signIns.id, signInId),
        when,
      ),
    );
}

/** The statement that takes it back from every sign-in of a member who has no second factor any more. [G93] */
export function nothingShownStatement(database: D1Database, { tenantId, memberId }: Owner): BatchItem<"sqlite"> {
  return drizzle(database)
    .update(signIns)
    .set({ hasShownFactor: false })
    .where(
      and(eq(signIns.tenantId, tenantId), eq(signIns.memberId, memberId), not(hasFactor(database, tenantId, memberId))),
    );
}
