import { and, asc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { RegistrationId, SittingId, TenantId } from "#domain/exam/ids.ts";
import { pageOf } from "#protocol/http/page.ts";
import type { Registration, RegistrationQuery } from "#protocol/http/registration.ts";
import { linkColumns } from "./link.ts";
import { attempts, candidates, registrations } from "./schema.ts";

/** Who has a place in a sitting. */
export function registrationReader(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);
  return {
    /** By name, `limit` of them at most. */
    async list(
      sittingId: SittingId,
      { status, room, opened, email, text, after, limit }: RegistrationQuery,
    ): Promise<{ registrations: Registration[]; next: RegistrationId | null }> {
      const found = await db
        .select({
          id: registrations.id,
          candidateId: registrations.candidateId,
          attemptId: registrations.attemptId,
          name: candidates.name,
          email: candidates.email,
          examSessionId: registrations.examSessionId,
          status: attempts.status,
          link: linkColumns,
        })
        .from(registrations)
        .innerJoin(
          candidates,
          and(eq(candidates.tenantId, registrations.tenantId), eq(candidates.id, registrations.candidateId)),
        )
        .innerJoin(
          attempts,
          and(eq(attempts.tenantId, registrations.tenantId), eq(attempts.id, registrations.attemptId)),
        )
        .where(
          and(
            eq(registrations.tenantId, tenantId),
            eq(registrations.sittingId, sittingId),
            status === undefined ? undefined : sql`${attempts.status} = ${status}`,
            room === undefined ? undefined : eq(registrations.examSessionId, room),
            opened === undefined
              ? undefined
              : opened === "yes"
                ? isNotNull(registrations.linkOpenedAt)
                : isNull(registrations.linkOpenedAt),
            email === undefined ? undefined : sql`lower(${candidates.email}) = ${email.toLowerCase()}`,
            text === undefined
              ? undefined
              : sql`instr(lower(${candidates.name} || ' ' || coalesce(${candidates.email}, '')), ${text.toLowerCase()}) > 0`,
            after === undefined
              ? undefined
              : sql`(${candidates.name}, ${registrations.id}) > (
                  select person.name, place.id from registrations as place join candidates as person
                    on person.tenant_id = place.tenant_id and person.id = place.candidate_id
                  where place.tenant_id = ${tenantId} and place.id = ${after}
                )`,
          ),
        )
        .orderBy(asc(candidates.name), asc(registrations.id))
        .limit(limit + 1);
      const { rows, next } = pageOf(found, limit, ({ id }) => id);
      return {
        registrations: rows.map((row) => ({ ...row, link: { ...row.link, hasBegun: row.status !== "registered" } })),
        next,
      };
    },
  };
}
