import { and, eq, isNull } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { MemberId, TenantId } from "#domain/exam/ids.ts";
import { members } from "./schema.ts";
import { singleSignOn, singleSignOnSubjects } from "./single-sign-on-schema.ts";

/** A provider as it is stored; `clientSecret` is sealed. */
export type StoredProvider = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly emailDomain: string;
};

export function singleSignOnReader(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);
  return {
    async provider(): Promise<StoredProvider | null> {
      const [row] = await db
        .select({
          issuer: singleSignOn.issuer,
          clientId: singleSignOn.clientId,
          clientSecret: singleSignOn.clientSecret,
          emailDomain: singleSignOn.emailDomain,
        })
        .from(singleSignOn)
        .where(eq(singleSignOn.tenantId, tenantId));
      return row ?? null;
    },

    async memberBySubject(issuer: string, subject: string): Promise<MemberId | null> {
      const [row] = await db
        .select({ memberId: singleSignOnSubjects.memberId })
        .from(singleSignOnSubjects)
        .where(
          and(
            eq(singleSignOnSubjects.tenantId, tenantId),
            eq(singleSignOnSubjects.issuer, issuer),
            eq(singleSignOnSubjects.subject, subject),
          ),
        );
      return row?.memberId ?? null;
    },

    /** Somebody of this institution who is a member now. `email` in lower case. */
    async memberByEmail(email: string): Promise<MemberId | null> {
      const [row] = await db
        .select({ memberId: members.id })
        .from(members)
        .where(and(eq(members.tenantId, tenantId), eq(members.email, email), isNull(members.leftAt)));
      return row?.memberId ?? null;
    },
  };
}
