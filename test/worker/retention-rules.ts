import { periodsFrom } from "#domain/retention/period.ts";
import { env } from "#test/support/school.ts";
import type { Rule } from "./access-route.ts";

/** Who may say how long things are kept, and what must not go. */
export const retentionRules: Readonly<Record<string, Rule>> = {
  "GET /v1/retention": { for: ["admin"] },
  "PUT /v1/retention": { for: ["admin"], body: () => ({ periods: periodsFrom({}) }) },
  "GET /v1/retention/preview": { for: ["admin"] },
  "POST /v1/retention/runs": { for: ["admin"] },
  "GET /v1/holds": { for: ["admin"] },
  "POST /v1/holds": {
    for: ["admin"],
    body: ({ attemptId }) => ({ on: { kind: "attempt", id: attemptId }, reason: "A court asked for it" }),
  },
  "DELETE /v1/holds/:holdId": { for: ["admin"] },
  "GET /v1/candidates": { for: ["admin"] },
  "GET /v1/candidates/:candidateId/data": { for: ["admin"], person: true },
  "DELETE /v1/candidates/:candidateId": { for: ["admin"], person: true, body: () => ({ name: "Grace" }) },
};

/** A hold of the school of the north on this attempt, and the candidate who sits another, whose sitting is over. */
export async function someHold(attemptId: string): Promise<{ readonly holdId: string; readonly candidateId: string }> {
  await env.DB.prepare(
    "insert into legal_holds (tenant_id, id, attempt_id, reason, placed_at, placed_by) values ('north', 'hold', ?, 'x', 0, 'rosa')",
  )
    .bind(attemptId)
    .run();
  const other = env.DB.prepare("select candidate_id from registrations where attempt_id <> ?").bind(attemptId);
  return { holdId: "hold", candidateId: (await other.first<string>("candidate_id")) ?? "nobody" };
}
