import { type SQL, sql } from "drizzle-orm";
import type { TenantId } from "#domain/exam/ids.ts";
import { heldPeople } from "./one-person.ts";

/** Whether a hold that stands names the attempt, its person or its sitting. The place is a row of `places`. [D8] [D17] */
export function isHeld(tenantId: TenantId): SQL {
  return sql`(places.candidate_id in ${heldPeople(tenantId)} or exists (
    select 1 from legal_holds as hold
    where hold.tenant_id = places.tenant_id and hold.released_at is null
      and (hold.attempt_id = places.attempt_id or hold.sitting_id = places.sitting_id)
  ))`;
}
