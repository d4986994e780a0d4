import { and, count, eq, gt, isNull, not } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { type FactorRule, isEnough, noFactorRule, type ShownFactors } from "#domain/access/factor-rule.ts";
import type { MemberId, SignInId, TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { hasFactor } from "./has-factor.ts";
import { members } from "./schema.ts";
import { factorRules } from "./second-factor-schema.ts";
import { signIns } from "./sign-in-schema.ts";

/** A sign-in that goes on, by its id and its member's. */
export type LiveSignIn = { readonly signInId: SignInId; readonly memberId: MemberId };

export function factorRuleReader(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);
  return {
    async rule(): Promise<FactorRule> {
      const [row] = await db
        .select({ isDemanded: factorRules.isDemanded, providerAnswers: factorRules.providerAnswers })
        .from(factorRules)
        .where(eq(factorRules.tenantId, tenantId));
      return row ?? noFactorRule;
    },

    /** What was shown in a sign-in; null where there is no such sign-in. */
    async shownIn(signInId: SignInId): Promise<ShownFactors | null> {
      const [row] = await db
        .select({ way: signIns.way, hasShownFactor: signIns.hasShownFactor })
        .from(signIns)
        .where(and(eq(signIns.tenantId, tenantId), eq(signIns.id, signInId)));
      return row ?? null;
    },

    /** How many members there are, and how many of them have no second factor of their own. */
    async counts(): Promise<{ readonly members: number; readonly membersWithout: number }> {
      const isMember = and(eq(members.tenantId, tenantId), isNull(members.leftAt));
      const [[all], [without]] = await db.batch([
        db.select({ members: count() }).from(members).where(isMember),
        db
          .select({ without: count() })
          .from(members)
          .where(and(isMember, not(hasFactor(database, tenantId, members.id)))),
      ]);
      return { members: all?.members ?? 0, membersWithout: without?.without ?? 0 };
    },

    /** The sign-ins that go on and are less than the rule asks for. */
    async signInsBelow(rule: FactorRule, now: EpochMs): Promise<readonly LiveSignIn[]> {
      const rows = await db
        .select({
          signInId: signIns.id,
          memberId: signIns.memberId,
          way: signIns.way,
          hasShownFactor: signIns.hasShownFactor,
        })
        .from(signIns)
        .where(and(eq(signIns.tenantId, tenantId), isNull(signIns.endedAt), gt(signIns.expiresAt, now)));
      return rows.filter((row) => !isEnough(rule, row));
    },
  };
}
