import { deliveryWriter } from "../database/delivery-writer.ts";
import { mailWriter } from "../database/mail-writer.ts";
import type { Env } from "../env.ts";
import { homeOf } from "../home.ts";
import { faultOf, log } from "../log.ts";
import { sendMail } from "../mail/send-mail.ts";
import { deliver } from "../webhooks/deliver.ts";
import type { Outcome } from "./outcome.ts";
import type { OutgoingMessage } from "./outgoing-message.ts";

const deadLetters = "invigil-outgoing-dead";
/** After a fault of our own. */
const faultDelayMs = 60_000;

/** The consumer of both queues: what is to be sent, and what the first gave up because our own parts failed each time. */
export async function takeBatch(batch: MessageBatch<OutgoingMessage>, env: Env): Promise<void> {
  const act = batch.queue === deadLetters ? bury : send;
  await Promise.all(
    batch.messages.map(async (message) => {
      const { afterMs } = await tryOnce(message, env, act);
      if (afterMs === null) message.ack();
      else message.retry({ delaySeconds: Math.ceil(afterMs / 1000) });
    }),
  );
}

async function tryOnce(message: Message<OutgoingMessage>, env: Env, act: typeof send): Promise<Outcome> {
  try {
    return await act(message, env);
  } catch (error) {
    const reason = error instanceof Error ? faultOf(error).error : "none";
    log({ event: "not-sent", tenantId: message.body.tenantId, error: reason });
    return { afterMs: faultDelayMs };
  }
}

async function send({ body, attempts }: Message<OutgoingMessage>, env: Env): Promise<Outcome> {
  return body.send === "mail" ? sendMail(env, body, attempts) : deliver(env, body.tenantId, body.deliveryId);
}

/** [W7] It is listed as failed, where an admin finds it and can have it sent again. */
async function bury({ body }: Message<OutgoingMessage>, env: Env): Promise<Outcome> {
  const { database } = await homeOf(env, body.tenantId);
  if (body.send === "mail") await mailWriter(database, body.tenantId).settle([body.mailId], "failed", Date.now());
  else await deliveryWriter(database, body.tenantId).notSent(body.deliveryId, "not-sent");
  return { afterMs: null };
}
