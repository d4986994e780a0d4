import { and, eq, type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { DeliveryId, WebhookId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { WebhookEvent } from "#protocol/http/webhook.ts";
import type { Acting } from "../audit/acting.ts";
import { newId } from "../new-id.ts";
import { entryKindOf } from "../webhooks/event-of-entry.ts";
import { isDone } from "./audit-statement.ts";
import { asReplaced, type Replaced, type Replacement, stillAsSeen, unlessChanged } from "./seen-state.ts";
import { webhookDeliveries, webhookEndpoints } from "./webhook-schema.ts";

type NewWebhook = {
  readonly id: WebhookId;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  /** Sealed. */
  readonly secret: string;
  readonly now: EpochMs;
};

type Change = { readonly url: string; readonly events: readonly WebhookEvent[]; readonly isOn: boolean };

/** Whom events go to, for the member who acts. Each is false when the institution has no such webhook. */
export function webhookWriter(database: D1Database, acting: Acting) {
  const { tenantId } = acting;
  const db = drizzle(database);

  function its(id: WebhookId) {
    return and(eq(webhookEndpoints.tenantId, tenantId), eq(webhookEndpoints.id, id));
  }
  function on(id: WebhookId) {
    return { kind: "webhook", id } as const;
  }

  return {
    async add({ id, url, events, secret, now }: NewWebhook): Promise<void> {
      const listensFor = events.map(entryKindOf);
      await db.batch([
        db.insert(webhookEndpoints).values({ tenantId, id, url, listensFor, state: "on", secret, createdAt: now }),
        acting.enter({
          kind: "webhook-added",
          on: on(id),
          details: { receiver: hostOf(url), events: events.join(" ") },
        }),
      ]);
    },

    /** One that was paused is told again from now on. */
    async change(
      id: WebhookId,
      { url, events, isOn }: Change,
      replaced: Replaced,
    ): Promise<Replacement | "changed-meanwhile"> {
      const listensFor = events.map(entryKindOf);
      const state = isOn ? "on" : "off";
      const details = { receiver: hostOf(url), events: events.join(" "), state };
      return unlessChanged(async () => {
        const [, , , [after = { text: null }]] = await db.batch([
          stillAsSeen(database, replaced),
          db.update(webhookEndpoints).set({ url, listensFor, state, failingSince: null }).where(its(id)),
          acting.enter({ kind: "webhook-changed", on: on(id), details }, isDone),
          asReplaced(database, replaced),
        ]);
        return after;
      });
    },

    /** What became of its events goes with it; that they were is in the audit. */
    async remove(id: WebhookId): Promise<boolean> {
      const [removed] = await db.batch([
        db.delete(webhookEndpoints).where(its(id)).returning({ id: webhookEndpoints.id }),
        acting.enter({ kind: "webhook-removed", on: on(id) }, isDone),
      ]);
      return removed.length > 0;
    },

    /** The secret until now is signed with too, until then. */
    async replaceSecret(id: WebhookId, secret: string, previousUntil: EpochMs): Promise<boolean> {
      const [changed] = await db.batch([
        db
          .update(webhookEndpoints)
          .set({ secret, previousSecret: sql`${webhookEndpoints.secret}`, previousUntil })
          .where(its(id))
          .returning({ id: webhookEndpoints.id }),
        acting.enter({ kind: "webhook-secret-replaced", on: on(id) }, isDone),
      ]);
      return changed.length > 0;
    },

    /** An event of its own, which says that it is a test: its entry is that somebody asked for it. */
    async test(id: WebhookId, now: EpochMs): Promise<void> {
      await db.batch([
        acting.enter({ kind: "webhook-tested", on: on(id) }),
        db.insert(webhookDeliveries).select(sql`
          select ${tenantId}, ${newId<DeliveryId>()}, ${id}, max(seq), 'webhook-tested', 'waiting', 0, null, ${now}, null, 0
          from audit_entries where tenant_id = ${tenantId}`),
      ]);
    },

    /** [W7] Tries it anew from the first, though it wait for its next try; false when there is no such delivery. */
    async resend(id: WebhookId, deliveryId: DeliveryId): Promise<boolean> {
      return (await resendWhere(id, eq(webhookDeliveries.id, deliveryId), isDone)) > 0;
    },

    /** All that failed. How many; that somebody asked is entered though there be none. */
    resendFailed: (id: WebhookId): Promise<number> => resendWhere(id, eq(webhookDeliveries.status, "failed")),
  };

  async function resendWhere(id: WebhookId, which: SQL, entered?: SQL): Promise<number> {
    const of = and(eq(webhookDeliveries.tenantId, tenantId), eq(webhookDeliveries.webhookId, id), which);
    const [resent] = await db.batch([
      db
        .update(webhookDeliveries)
        .set({ status: "waiting", tries: 0, dueAt: 0 })
        .where(of)
        .returning({ id: webhookDeliveries.id }),
      acting.enter({ kind: "webhook-resent", on: on(id) }, entered),
    ]);
    return resent.length;
  }
}

/** [W11] The rest of an address may be what its receiver knows us by. */
function hostOf(url: string): string {
  return new URL(url).host;
}
