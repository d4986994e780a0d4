import type { TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { deliveryWriter } from "../database/delivery-writer.ts";
import type { Env } from "../env.ts";
import { homeOf } from "../home.ts";
import { faultOf, log } from "../log.ts";

/** A message that came to nothing in this time is taken for lost. One that comes after all finds that nothing waits. */
export const againInMs = 15 * 60_000;

/**
 * Puts into the queue what the institution has that is due. [W1] What is not put there, because the queue cannot be reached or
 * the Worker ends, is due again: the next change or the next turn of the clock puts it there.
 */
export async function queueDue(env: Env, tenantId: TenantId, now: EpochMs = Date.now()): Promise<void> {
  try {
    const { database } = await homeOf(env, tenantId);
    const writer = deliveryWriter(database, tenantId);
    for (;;) {
      const due = await writer.takeDue(now, now + againInMs);
      if (due.length === 0) return;
      try {
        await env.OUTGOING.sendBatch(due.map((deliveryId) => ({ body: { send: "webhook", tenantId, deliveryId } })));
      } catch (error) {
        await writer.giveBack(due);
        throw error;
      }
    }
  } catch (error) {
    log({ event: "not-queued", tenantId, error: error instanceof Error ? faultOf(error).error : "none" });
  }
}
