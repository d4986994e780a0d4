import { and, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { AttemptId, ExamSessionId, MemberId, RegistrationId, TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { candidates, members, registrations } from "./schema.ts";

/*
 * The only two reads that do not begin with a tenant, because they are how the tenant becomes known: signing in by
 * e-mail, and opening a guest link. Whatever follows is asked of a reader made from the tenant found here.
 */

/** `email` in lower case. */
export async function memberByEmail(
  database: D1Database,
  email: string,
): Promise<{ tenantId: TenantId; memberId: MemberId; passwordHash: string } | null> {
  const [row] = await drizzle(database)
    .select({ tenantId: members.tenantId, memberId: members.id, passwordHash: members.passwordHash })
    .from(members)
    .where(eq(members.email, email));
  return row ?? null;
}

export type LinkedRegistration = {
  readonly tenantId: TenantId;
  readonly registrationId: RegistrationId;
  readonly examSessionId: ExamSessionId;
  readonly attemptId: AttemptId;
  readonly name: string;
  readonly linkExpiresAt: EpochMs;
};

/** `linkHash` is `tokenHash` of the link's token. */
export async function registrationByLink(database: D1Database, linkHash: string): Promise<LinkedRegistration | null> {
  const [row] = await drizzle(database)
    .select({
      tenantId: registrations.tenantId,
      registrationId: registrations.id,
      examSessionId: registrations.examSessionId,
      attemptId: registrations.attemptId,
      name: candidates.name,
      linkExpiresAt: registrations.linkExpiresAt,
    })
    .from(registrations)
    .innerJoin(
      candidates,
      and(eq(candidates.tenantId, registrations.tenantId), eq(candidates.id, registrations.candidateId)),
    )
    .where(eq(registrations.linkHash, linkHash));
  return row ?? null;
}
