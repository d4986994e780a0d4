import { drizzle } from "drizzle-orm/d1";
import type { NewEntry } from "#domain/ledger/entry.ts";
import type { Acting } from "../audit/acting.ts";
import { ledgerAct } from "../audit/ledger-act.ts";
import { isDone } from "./audit-statement.ts";
import { ledgerStatement } from "./ledger-statement.ts";

export function ledgerWriter(database: D1Database, acting: Acting) {
  return {
    /** [B7] [B11] False, and nothing is done, when it was refunded meanwhile. */
    async refund(entry: Extract<NewEntry, { kind: "refund" }>): Promise<boolean> {
      const [entered] = await drizzle(database).batch([
        ledgerStatement(database, acting.tenantId, [entry]),
        acting.enter(ledgerAct(entry), isDone),
      ]);
      return entered.length > 0;
    },
  };
}
