import { deliveryWriter } from "../database/delivery-writer.ts";
import type { Env } from "../env.ts";
import { homeOf } from "../home.ts";
import { faultOf, log } from "../log.ts";
import { deliver } from "../webhooks/deliver.ts";
import type { OutgoingMessage } from "./outgoing-message.ts";

const deadLetters = "invigil-outgoing-dead";
/** After a fault of our own. */
const faultDelaySeconds = 60;

/** The consumer of both queues: what is to be sent, and what the first gave up because our own parts failed each time. */
export async function takeBatch(batch: MessageBatch<OutgoingMessage>, env: Env): Promise<void> {
  await Promise.all(batch.messages.map((message) => (batch.queue === deadLetters ? bury : take)(message, env)));
}

async function take(message: Message<OutgoingMessage>, env: Env): Promise<void> {
  const { tenantId, deliveryId } = message.body;
  try {
    const { afterMs } = await deliver(env, tenantId, deliveryId);
    if (afterMs === null) message.ack();
    else message.retry({ delaySeconds: Math.ceil(afterMs / 1000) });
  } catch (error) {
    log({ event: "not-sent", tenantId, error: error instanceof Error ? faultOf(error).error : "none" });
    message.retry({ delaySeconds: faultDelaySeconds });
  }
}

/** [W7] It is listed as failed, where an admin finds it and can have it sent again. */
async function bury(message: Message<OutgoingMessage>, env: Env): Promise<void> {
  const { tenantId, deliveryId } = message.body;
  try {
    const { database } = await homeOf(env, tenantId);
    await deliveryWriter(database, tenantId).notSent(deliveryId, "not-sent");
    message.ack();
  } catch (error) {
    log({ event: "not-sent", tenantId, error: error instanceof Error ? faultOf(error).error : "none" });
    message.retry({ delaySeconds: faultDelaySeconds });
  }
}
