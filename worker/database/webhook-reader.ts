import { and, asc, count, desc, eq, lt, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { DeliveryId, TenantId, WebhookId } from "#domain/exam/ids.ts";
import type { AuditEntry } from "#protocol/audit.ts";
import type { DeliveryList, DeliveryQuery, Webhook } from "#protocol/http/webhook.ts";
import { eventOf, type Whereabouts } from "../webhooks/event-of-entry.ts";
import { auditEntries } from "./audit-schema.ts";
import { attempts, examSessions, registrations } from "./schema.ts";
import { webhookDeliveries, webhookEndpoints } from "./webhook-schema.ts";

const deliveriesPerPage = 50;

/** Whom an institution's events go to, and what became of them. */
export function webhookReader(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);
  const ours = eq(webhookEndpoints.tenantId, tenantId);
  // A column of drizzle's is written without its table here, and would be one of the inner table's.
  const countOf = (status: "waiting" | "failed") => sql<number>`(
    select count(*) from webhook_deliveries as one
    where one.tenant_id = webhook_endpoints.tenant_id and one.webhook_id = webhook_endpoints.id and one.status = ${status})`;

  async function webhooks(only: WebhookId | null): Promise<readonly Webhook[]> {
    const rows = await db
      .select({
        id: webhookEndpoints.id,
        url: webhookEndpoints.url,
        listensFor: webhookEndpoints.listensFor,
        state: webhookEndpoints.state,
        failingSince: webhookEndpoints.failingSince,
        previousUntil: webhookEndpoints.previousUntil,
        createdAt: webhookEndpoints.createdAt,
        waiting: countOf("waiting"),
        failed: countOf("failed"),
      })
      .from(webhookEndpoints)
      .where(and(ours, only === null ? undefined : eq(webhookEndpoints.id, only)))
      .orderBy(asc(webhookEndpoints.createdAt), asc(webhookEndpoints.id));
    return rows.map(({ listensFor, ...row }) => ({ ...row, events: listensFor.map(eventOf).filter(isEvent) }));
  }

  return {
    all: () => webhooks(null),

    /** Null when the institution has no such webhook. */
    async byId(id: WebhookId): Promise<Webhook | null> {
      return (await webhooks(id))[0] ?? null;
    },

    async number(): Promise<number> {
      const [row] = await db.select({ number: count() }).from(webhookEndpoints).where(ours);
      return row?.number ?? 0;
    },

    /** Newest first, a page of 50. */
    async deliveries(id: WebhookId, { status, before }: DeliveryQuery): Promise<DeliveryList> {
      const rows = await db
        .select()
        .from(webhookDeliveries)
        .where(
          and(
            eq(webhookDeliveries.tenantId, tenantId),
            eq(webhookDeliveries.webhookId, id),
            status === undefined ? undefined : eq(webhookDeliveries.status, status),
            before === undefined ? undefined : lt(webhookDeliveries.event, before),
          ),
        )
        .orderBy(desc(webhookDeliveries.event))
        .limit(deliveriesPerPage + 1);
      const page = rows.slice(0, deliveriesPerPage);
      return {
        deliveries: page.map(({ kind, tenantId: _tenantId, webhookId: _webhookId, dueAt: _dueAt, ...row }) => ({
          ...row,
          type: eventOf(kind),
        })),
        older: rows.length > page.length ? (page.at(-1)?.event ?? null) : null,
      };
    },

    /** What is needed to try a delivery: null when there is none that waits. */
    async toSend(id: DeliveryId) {
      const [row] = await db
        .select({ delivery: webhookDeliveries, endpoint: webhookEndpoints, entry: auditEntries.entry })
        .from(webhookDeliveries)
        .innerJoin(webhookEndpoints, and(ours, eq(webhookEndpoints.id, webhookDeliveries.webhookId)))
        .innerJoin(
          auditEntries,
          and(eq(auditEntries.tenantId, tenantId), eq(auditEntries.seq, webhookDeliveries.event)),
        )
        .where(
          and(
            eq(webhookDeliveries.tenantId, tenantId),
            eq(webhookDeliveries.id, id),
            eq(webhookDeliveries.status, "waiting"),
          ),
        );
      if (row === undefined) return null;
      const entry = JSON.parse(row.entry) as AuditEntry;
      return { ...row, entry, where: await whereabouts(entry) };
    },
  };

  async function whereabouts({ on }: AuditEntry): Promise<Whereabouts | null> {
    if (on?.kind !== "attempt") return null;
    const [row] = await db
      .select({
        registrationId: registrations.id,
        sittingId: examSessions.sittingId,
        examSessionId: attempts.examSessionId,
      })
      .from(registrations)
      .innerJoin(attempts, and(eq(attempts.tenantId, tenantId), eq(attempts.id, registrations.attemptId)))
      .innerJoin(examSessions, and(eq(examSessions.tenantId, tenantId), eq(examSessions.id, attempts.examSessionId)))
      .where(and(eq(registrations.tenantId, tenantId), sql`${registrations.attemptId} = ${on.id}`));
    return row ?? null;
  }
}

function isEvent(event: ReturnType<typeof eventOf>): event is Exclude<ReturnType<typeof eventOf>, "test"> {
  return event !== "test";
}
