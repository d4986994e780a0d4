import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { DeliveryId, TenantId, WebhookId } from "#domain/exam/ids.ts";
import type { AuditKind } from "#protocol/audit.ts";
import type { DeliveryStatus, WebhookState } from "#protocol/http/webhook.ts";
import { auditEntries } from "./audit-schema.ts";
import { tenants } from "./schema.ts";

const tenantId = () => text("tenant_id").$type<TenantId>().notNull();

/** Who is told of events, at their address. */
export const webhookEndpoints = sqliteTable(
  "webhook_endpoints",
  {
    tenantId: tenantId().references(() => tenants.id),
    id: text("id").$type<WebhookId>().notNull(),
    url: text("url").notNull(),
    /** Which entries of the audit are events for it: a trigger reads this (migrations/0019). */
    listensFor: text("listens_for", { mode: "json" }).$type<readonly AuditKind[]>().notNull(),
    state: text("state").$type<WebhookState>().notNull(),
    /** Encrypted (worker/stored-secret.ts), in base64url. */
    secret: text("secret").notNull(),
    /** The one before, with which is signed too until then. */
    previousSecret: text("previous_secret"),
    previousUntil: integer("previous_until"),
    /** Since when nothing was taken that was sent; null when the last was. */
    failingSince: integer("failing_since"),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    check("webhook_endpoints_json", sql`json_type(listens_for) = 'array'`),
  ],
);

/**
 * An event and whom it is for: the outbox of webhooks. The trigger writes one beside the entry of the audit that is the
 * event, in its transaction, so that no change is there without its events, and no event without its change.
 */
export const webhookDeliveries = sqliteTable(
  "webhook_deliveries",
  {
    tenantId: tenantId(),
    /** The `webhook-id` of all its tries. */
    id: text("id").$type<DeliveryId>().notNull(),
    webhookId: text("webhook_id").$type<WebhookId>().notNull(),
    /** The number of the entry of the audit. */
    event: integer("event").notNull(),
    kind: text("kind").$type<AuditKind>().notNull(),
    status: text("status").$type<DeliveryStatus>().notNull(),
    tries: integer("tries").notNull(),
    /** What the last try came to: an HTTP status, or a word. */
    answer: text("answer"),
    createdAt: integer("created_at").notNull(),
    triedAt: integer("tried_at"),
    /** While it waits: from when on it is put into the queue, where it should be by then. */
    dueAt: integer("due_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index("webhook_deliveries_of").on(table.tenantId, table.webhookId, table.event),
    index("webhook_deliveries_failed")
      .on(table.tenantId, table.webhookId, table.event)
      .where(sql`status = 'failed'`),
    index("webhook_deliveries_waiting")
      .on(table.tenantId, table.dueAt)
      .where(sql`status = 'waiting'`),
    foreignKey({
      columns: [table.tenantId, table.webhookId],
      foreignColumns: [webhookEndpoints.tenantId, webhookEndpoints.id],
    }).onDelete("cascade"),
    foreignKey({ columns: [table.tenantId, table.event], foreignColumns: [auditEntries.tenantId, auditEntries.seq] }),
  ],
);
