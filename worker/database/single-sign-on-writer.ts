import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Acting } from "../audit/acting.ts";
import { isDone } from "./audit-statement.ts";
import type { StoredProvider } from "./single-sign-on-reader.ts";
import { singleSignOn, singleSignOnSubjects } from "./single-sign-on-schema.ts";

export function singleSignOnWriter(database: D1Database, acting: Acting) {
  const db = drizzle(database);
  const { tenantId } = acting;
  return {
    async set(provider: StoredProvider, now: EpochMs): Promise<void> {
      const row = { ...provider, changedAt: now };
      await db.batch([
        db
          .insert(singleSignOn)
          .values({ tenantId, ...row })
          .onConflictDoUpdate({ target: singleSignOn.tenantId, set: row }),
        acting.enter({ kind: "single-sign-on-changed", on: null }),
      ]);
    },

    /** With whom its members are to it. False where there was none. */
    async remove(): Promise<boolean> {
      const [, rows] = await db.batch([
        db.delete(singleSignOnSubjects).where(eq(singleSignOnSubjects.tenantId, tenantId)),
        db.delete(singleSignOn).where(eq(singleSignOn.tenantId, tenantId)).returning({ issuer: singleSignOn.issuer }),
        acting.enter({ kind: "single-sign-on-removed", on: null }, isDone),
      ]);
      return rows.length > 0;
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
