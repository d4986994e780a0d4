import type { BatchItem } from "drizzle-orm/batch";
import { drizzle } from "drizzle-orm/d1";
import { isRefundedAtEnd } from "#domain/ledger/refund.ts";
import type { OutboxDelivery } from "#protocol/outbox.ts";
import { whoOf } from "../audit/fact-entry.ts";
import { ledgerReader } from "./ledger-reader.ts";
import { refundStatements } from "./ledger-statement.ts";

/**
 * [B18] Gives back what attempts cost that staff ended for a technical failure, under the name of who ended each. After
 * the delivery was taken, since what is given back is an entry, which may have come with it. Thrown, the delivery comes
 * again: what was given back by then is passed over.
 */
export async function refundTechnicalEnds(database: D1Database, delivery: OutboxDelivery): Promise<void> {
  const { tenantId, examSessionId } = delivery;
  const ends = new Map(
    delivery.rows.filter(({ fact }) => isRefundedAtEnd(fact)).map((row) => [row.attemptId, row] as const),
  );
  if (ends.size === 0) return;
  const due = await ledgerReader(database, tenantId).debitsOfEnded(examSessionId, [...ends.keys()]);
  const statements = due.flatMap(({ attemptId, debit }): BatchItem<"sqlite">[] => {
    const end = ends.get(attemptId);
    if (end === undefined) return [];
    const refund = { kind: "refund", at: end.at, reason: "technical-end", reverses: debit } as const;
    return refundStatements(database, tenantId, refund, whoOf(end.by));
  });
  const [first, ...rest] = statements;
  if (first !== undefined) await drizzle(database).batch([first, ...rest]);
}
