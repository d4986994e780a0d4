import { and, eq, exists, gt, isNull, not, type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Acting } from "../audit/acting.ts";
import { isDone } from "./audit-statement.ts";
import type { LiveSignIn } from "./factor-rule-reader.ts";
import { signIns } from "./sign-in-schema.ts";
import { asReplaced, type Replaced, type Replacement, stillAsSeen, unlessChanged } from "./seen-state.ts";
import type { StoredProvider } from "./single-sign-on-reader.ts";
import { singleSignOn, singleSignOnSubjects } from "./single-sign-on-schema.ts";

export function singleSignOnWriter(database: D1Database, acting: Acting) {
  const db = drizzle(database);
  const { tenantId } = acting;

  /** That the provider is this one, whatever its secret. */
  function isStill({ issuer, clientId, emailDomain }: StoredProvider): SQL {
    return exists(
      db
        .select({ one: sql`1` })
        .from(singleSignOn)
        .where(
          and(
            eq(singleSignOn.tenantId, tenantId),
            eq(singleSignOn.issuer, issuer),
            eq(singleSignOn.clientId, clientId),
            eq(singleSignOn.emailDomain, emailDomain),
          ),
        ),
    );
  }

  function endedStatement(now: EpochMs, when?: SQL) {
    return db
      .update(signIns)
      .set({ endedAt: now })
      .where(
        and(
          eq(signIns.tenantId, tenantId),
          eq(signIns.way, "single-sign-on"),
          isNull(signIns.endedAt),
          gt(signIns.expiresAt, now),
          when,
        ),
      )
      .returning({ signInId: signIns.id, memberId: signIns.memberId });
  }

  return {
    /**
     * Ends every sign-in that was made by the provider of before, unless only its secret is new, and tells which. The caller
     * closes what they opened. [G97]
     */
    async set(
      provider: StoredProvider,
      now: EpochMs,
      replaced: Replaced,
    ): Promise<(Replacement & { readonly ended: readonly LiveSignIn[] }) | "changed-meanwhile"> {
      const row = { ...provider, changedAt: now };
      return unlessChanged(async () => {
        const [, ended, , , [after = { text: null }]] = await db.batch([
          stillAsSeen(database, replaced),
          endedStatement(now, not(isStill(provider))),
          db
            .insert(singleSignOn)
            .values({ tenantId, ...row })
            .onConflictDoUpdate({ target: singleSignOn.tenantId, set: row }),
          acting.enter({ kind: "single-sign-on-changed", on: null }),
          asReplaced(database, replaced),
        ]);
        return { ...after, ended };
      });
    },

    /** With whom its members are to it, and with the sign-ins by it, which it tells. Null where there was none. [G97] */
    async remove(now: EpochMs): Promise<readonly LiveSignIn[] | null> {
      const [ended, , rows] = await db.batch([
        endedStatement(now),
        db.delete(singleSignOnSubjects).where(eq(singleSignOnSubjects.tenantId, tenantId)),
        db.delete(singleSignOn).where(eq(singleSignOn.tenantId, tenantId)).returning({ issuer: singleSignOn.issuer }),
        acting.enter({ kind: "single-sign-on-removed", on: null }, isDone),
      ]);
      return rows.length === 0 ? null : ended;
    },

    /** The member who acts is this subject from now on. False where they are another one already. [G63] */
    async link(issuer: string, subject: string, now: EpochMs): Promise<boolean> {
      const { memberId } = acting;
      const [rows] = await db.batch([
        db
          .insert(singleSignOnSubjects)
          .values({ tenantId, issuer, subject, memberId, linkedAt: now })
          .onConflictDoNothing()
          .returning({ subject: singleSignOnSubjects.subject }),
        acting.enter({ kind: "single-sign-on-linked", on: null }, isDone),
      ]);
      return rows.length > 0;
    },
  };
}
