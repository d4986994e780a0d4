import { and, eq, lt, lte, ne } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { keptAnswers } from "../database/answer-schema.ts";
import { mails } from "../database/mail-schema.ts";
import { webhookDeliveries } from "../database/webhook-schema.ts";
import type { Env } from "../env.ts";
import { homesOf } from "../home.ts";
import { queueDue } from "./queue-due.ts";

/** How long is kept what became of an event that waits no more. That it happened is in the audit. [W10] */
const keptMs = 30 * 24 * 3_600_000;

/** For how long a request may be sent again under its name. [K34] */
const namesMs = 24 * 3_600_000;

/** Longer than all tries of a mail take: one that is still on its way then, the queue has lost. [M5] */
const lostMs = 24 * 3_600_000;

/** [W1] Every few minutes: queues what is due in every home, whoever's it is, and clears away what is over long ago. */
export async function onSchedule(env: Env, now: number): Promise<void> {
  const { status, dueAt, tenantId, createdAt } = webhookDeliveries;
  for (const { database } of Object.values(homesOf(env))) {
    const db = drizzle(database);
    const due = await db
      .selectDistinct({ tenantId })
      .from(webhookDeliveries)
      .where(and(eq(status, "waiting"), lte(dueAt, now)));
    for (const one of due) await queueDue(env, one.tenantId, now);
    await db.delete(webhookDeliveries).where(and(ne(status, "waiting"), lt(createdAt, now - keptMs)));
    await db.delete(keptAnswers).where(lt(keptAnswers.createdAt, now - namesMs));
    await db
      .update(mails)
      .set({ status: "failed" })
      .where(and(eq(mails.status, "waiting"), lt(mails.createdAt, now - lostMs)));
  }
}
