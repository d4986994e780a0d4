import { and, eq, inArray, lte, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { DeliveryId, TenantId, WebhookId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { AuditEntry } from "#protocol/audit.ts";
import { auditStatement, isDone } from "./audit-statement.ts";
import { webhookDeliveries, webhookEndpoints } from "./webhook-schema.ts";

/** As many as a queue takes in one call. */
const mostAtOnce = 100;

/** What comes of deliveries, as the system finds out: nobody acts here. */
export function deliveryWriter(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);

  /** Only while it waits: what has come to something stays that, though its message comes again. */
  function its(id: DeliveryId) {
    return and(
      eq(webhookDeliveries.tenantId, tenantId),
      eq(webhookDeliveries.id, id),
      eq(webhookDeliveries.status, "waiting"),
    );
  }
  function endpoint(id: WebhookId) {
    return and(eq(webhookEndpoints.tenantId, tenantId), eq(webhookEndpoints.id, id));
  }

  return {
    /** The deliveries that are due, which are due again at `again` if nothing comes of them until then. */
    async takeDue(now: EpochMs, again: EpochMs): Promise<readonly DeliveryId[]> {
      const { tenantId: tenant, dueAt, status, id } = webhookDeliveries;
      const due = db
        .select({ id })
        .from(webhookDeliveries)
        .where(and(eq(tenant, tenantId), eq(status, "waiting"), lte(dueAt, now)))
        .orderBy(dueAt)
        .limit(mostAtOnce);
      const taken = await db
        .update(webhookDeliveries)
        .set({ dueAt: again })
        .where(and(eq(tenant, tenantId), inArray(id, due)))
        .returning({ id });
      return taken.map((row) => row.id);
    },

    /** They were not put into the queue after all: they are due at once. */
    async giveBack(ids: readonly DeliveryId[]): Promise<void> {
      const listed = sql`(select value from json_each(${JSON.stringify(ids)}))`;
      await db
        .update(webhookDeliveries)
        .set({ dueAt: 0 })
        .where(and(eq(webhookDeliveries.tenantId, tenantId), sql`${webhookDeliveries.id} in ${listed}`));
    },

    async delivered(id: DeliveryId, webhookId: WebhookId, answer: string, now: EpochMs): Promise<void> {
      await db.batch([
        db
          .update(webhookDeliveries)
          .set({ status: "delivered", answer, triedAt: now, tries: sql`${webhookDeliveries.tries} + 1` })
          .where(its(id)),
        db.update(webhookEndpoints).set({ failingSince: null }).where(endpoint(webhookId)),
      ]);
    },

    /** `dueAt` null: it is not tried any more. */
    async failed(
      id: DeliveryId,
      webhookId: WebhookId,
      { answer, now, dueAt }: { readonly answer: string; readonly now: EpochMs; readonly dueAt: EpochMs | null },
    ): Promise<void> {
      await db.batch([
        db
          .update(webhookDeliveries)
          .set({
            ...(dueAt === null ? { status: "failed" as const } : { dueAt }),
            answer,
            triedAt: now,
            tries: sql`${webhookDeliveries.tries} + 1`,
          })
          .where(its(id)),
        db
          .update(webhookEndpoints)
          .set({ failingSince: sql`coalesce(${webhookEndpoints.failingSince}, ${now})` })
          .where(endpoint(webhookId)),
      ]);
    },

    /** It was not even tried, and is not going to be. */
    async notSent(id: DeliveryId, answer: "off" | "paused" | "not-sent"): Promise<void> {
      await db.update(webhookDeliveries).set({ status: "failed", answer }).where(its(id));
    },

    /** [W9] With the entry that says so; once, whichever delivery finds out first. */
    async pause(webhookId: WebhookId, answer: string, now: EpochMs): Promise<void> {
      const entry: AuditEntry = {
        at: now,
        kind: "webhook-paused",
        who: { kind: "system" },
        on: { kind: "webhook", id: webhookId },
        from: null,
        requestId: null,
        details: { answer },
      };
      await db.batch([
        db
          .update(webhookEndpoints)
          .set({ state: "paused" })
          .where(and(endpoint(webhookId), eq(webhookEndpoints.state, "on"))),
        auditStatement(database, tenantId, [{ source: null, entry }], isDone),
      ]);
    },
  };
}
