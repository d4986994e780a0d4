import { sql } from "drizzle-orm";

/** Whether a hold that stands names the attempt, its candidate or its sitting. The place is a row of `places`. [D8] */
export const isHeld = sql`exists (
  select 1 from legal_holds as hold
  where hold.tenant_id = places.tenant_id and hold.released_at is null and (
    hold.attempt_id = places.attempt_id or hold.candidate_id = places.candidate_id or hold.sitting_id = places.sitting_id
  ))`;
