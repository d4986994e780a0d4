import { drizzle } from "drizzle-orm/d1";
import type { FactorRule } from "#domain/access/factor-rule.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Acting } from "../audit/acting.ts";
import { factorRules } from "./second-factor-schema.ts";

/** Sets what the institution asks of its members' sign-ins. */
export async function setFactorRule(
  database: D1Database,
  acting: Acting,
  { isDemanded, providerAnswers }: FactorRule,
  now: EpochMs,
): Promise<void> {
  const db = drizzle(database);
  const { tenantId } = acting;
  const row = { isDemanded, providerAnswers, changedAt: now };
  await db.batch([
    db
      .insert(factorRules)
      .values({ tenantId, ...row })
      .onConflictDoUpdate({ target: factorRules.tenantId, set: row }),
    acting.enter({ kind: "second-factor-rule-changed", on: null, details: { isDemanded, providerAnswers } }),
  ]);
}
