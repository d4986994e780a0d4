import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { NewEntry } from "#domain/ledger/entry.ts";
import type { Entering } from "../audit/acting.ts";
import { ledgerAct } from "../audit/ledger-act.ts";
import { isDone } from "./audit-statement.ts";
import { ledgerLimits } from "./ledger-schema.ts";
import { ledgerStatement } from "./ledger-statement.ts";

export function ledgerWriter(database: D1Database, entering: Entering) {
  const { tenantId } = entering;
  const db = drizzle(database);
  return {
    /** [B4] [B7] [B11] False, and nothing is done, when it was entered before. */
    async enter(entry: NewEntry): Promise<boolean> {
      const [entered] = await db.batch([
        ledgerStatement(database, tenantId, [entry]),
        entering.enter(ledgerAct(entry), isDone),
      ]);
      return entered.length > 0;
    },

    /** How far below zero the balance may go from now on, in thousandths of a credit; null: no limit. */
    async limit(overdraft: number | null): Promise<void> {
      const change =
        overdraft === null
          ? db.delete(ledgerLimits).where(eq(ledgerLimits.tenantId, tenantId))
          : db
              .insert(ledgerLimits)
              .values({ tenantId, overdraft })
              .onConflictDoUpdate({ target: ledgerLimits.tenantId, set: { overdraft } });
      await db.batch([change, entering.enter({ kind: "credit-limited", on: null, details: { overdraft } })]);
    },
  };
}
