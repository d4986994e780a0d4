import { and, eq, lt, lte } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { webhookDeliveries } from "../database/webhook-schema.ts";
import type { Env } from "../env.ts";
import { homesOf } from "../home.ts";
import { queueDue } from "./queue-due.ts";

/** How long is kept what became of an event that was delivered. That it happened is in the audit. */
const keptMs = 30 * 24 * 3_600_000;

/** [W1] Every few minutes: queues what is due in every home, whoever's it is, and clears away what was delivered long ago. */
export async function onSchedule(env: Env, now: number): Promise<void> {
  const { status, dueAt, tenantId, createdAt } = webhookDeliveries;
  for (const { database } of Object.values(homesOf(env))) {
    const db = drizzle(database);
    const due = await db
      .selectDistinct({ tenantId })
      .from(webhookDeliveries)
      .where(and(eq(status, "waiting"), lte(dueAt, now)));
    for (const one of due) await queueDue(env, one.tenantId, now);
    await db.delete(webhookDeliveries).where(and(eq(status, "delivered"), lt(createdAt, now - keptMs)));
  }
}
