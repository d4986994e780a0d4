import { foreignKey, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { AttemptId, ItemId, TenantId } from "#domain/exam/ids.ts";
import type { Severity } from "#domain/integrity/policy.ts";
import type { SignalKind } from "#domain/integrity/signal.ts";
import { attempts } from "./schema.ts";

/** Read model. */
export const itemScores = sqliteTable(
  "item_scores",
  {
    tenantId: text("tenant_id").$type<TenantId>().notNull(),
    attemptId: text("attempt_id").$type<AttemptId>().notNull(),
    itemId: text("item_id").$type<ItemId>().notNull(),
    points: real("points").notNull(),
    outOf: real("out_of").notNull(),
    answered: integer("answered", { mode: "boolean" }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.attemptId, table.itemId] }),
    foreignKey({ columns: [table.tenantId, table.attemptId], foreignColumns: [attempts.tenantId, attempts.id] }),
  ],
);

/** Read model. `seq` is that of the attempt's event, so a violation that is told twice is one row. */
export const violations = sqliteTable(
  "violations",
  {
    tenantId: text("tenant_id").$type<TenantId>().notNull(),
    attemptId: text("attempt_id").$type<AttemptId>().notNull(),
    seq: integer("seq").notNull(),
    kind: text("kind").$type<SignalKind>().notNull(),
    severity: text("severity").$type<Severity>().notNull(),
    reason: text("reason").notNull(),
    startedAt: real("started_at").notNull(),
    notedAt: real("noted_at").notNull(),
    confidence: real("confidence"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.attemptId, table.seq] }),
    foreignKey({ columns: [table.tenantId, table.attemptId], foreignColumns: [attempts.tenantId, attempts.id] }),
  ],
);
