import { type SQL, sql } from "drizzle-orm";
import type { CandidateId, TenantId } from "#domain/exam/ids.ts";

/* Each place in a sitting has a candidate of its own. Candidates of one institution with the same e-mail address, however it
   is written, are one person; who has none is one for each place. [D17] `lower(trim(email))` is what the index has. */

/** Ids of the candidates that are the same person as this one, itself among them. */
export function idsOf(tenantId: TenantId, id: CandidateId | SQL): SQL {
  // A union, since with "or" SQLite reads all candidates of the institution each time.
  return sql`(select ${id} as id union select same.id from candidates as same
    where same.tenant_id = ${tenantId} and lower(trim(same.email)) = (
      select lower(trim(named.email)) from candidates as named where named.tenant_id = ${tenantId} and named.id = ${id}
    ))`;
}

/** Ids of all candidates who are a person that a standing hold names. [D8] */
export function heldPeople(tenantId: TenantId): SQL {
  const ofHolds = sql`hold.tenant_id = ${tenantId} and hold.released_at is null and hold.candidate_id is not null`;
  return sql`(select hold.candidate_id as id from legal_holds as hold where ${ofHolds}
    union select same.id from legal_holds as hold
      join candidates as named on named.tenant_id = ${tenantId} and named.id = hold.candidate_id
      join candidates as same on same.tenant_id = ${tenantId} and lower(trim(same.email)) = lower(trim(named.email))
      where ${ofHolds})`;
}
