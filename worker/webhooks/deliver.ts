import { Webhook } from "standardwebhooks";
import type { DeliveryId, TenantId, WebhookId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { tellLog } from "../audit/tell-log.ts";
import { deliveryWriter } from "../database/delivery-writer.ts";
import { webhookReader } from "../database/webhook-reader.ts";
import { type Env, settingsOf } from "../env.ts";
import { homeOf } from "../home.ts";
import { againInMs } from "../outgoing/queue-due.ts";
import type { Outcome } from "../outgoing/outcome.ts";
import { payloadOf } from "./event-of-entry.ts";
import { patienceMs, retryDelayMs } from "./retry.ts";
import { openSecret } from "../stored-secret.ts";
import { secretOf } from "./secret.ts";

const timeoutMs = 10_000;
/** By how much the clocks of two of our machines may differ. */
const earlyMs = 1_000;

const done: Outcome = { afterMs: null };

/** Tries a delivery once, and keeps what came of it. Throws only where our own parts fail; then the queue tries again. */
export async function deliver(env: Env, tenantId: TenantId, deliveryId: DeliveryId): Promise<Outcome> {
  const { database } = await homeOf(env, tenantId);
  const writer = deliveryWriter(database, tenantId);
  const found = await webhookReader(database, tenantId).toSend(deliveryId);
  if (found === null) return done;
  const { delivery, endpoint, entry, where } = found;
  // Somebody had it sent again while it waited: that took this message's turn, and the next has one of its own. [W7]
  if (delivery.dueAt - againInMs > Date.now() + earlyMs) return done;
  if (endpoint.state !== "on") {
    await writer.notSent(deliveryId, endpoint.state);
    return done;
  }
  const secrets = await secretsOf(env, tenantId, endpoint);
  const answer = await post(endpoint.url, deliveryId, JSON.stringify(payloadOf(entry, where)), secrets);
  const now = Date.now();
  if (/^2\d\d$/.test(answer)) {
    await writer.delivered(deliveryId, endpoint.id, answer, now);
    return done;
  }
  const afterMs = answer === "410" ? null : retryDelayMs(delivery.tries + 1);
  const dueAt = afterMs === null ? null : now + afterMs + againInMs;
  await writer.failed(deliveryId, endpoint.id, { answer, now, dueAt });
  // Standard Webhooks: 410 is how a receiver says that it wants no more of them.
  if (answer === "410" || now - (endpoint.failingSince ?? now) > patienceMs) {
    await writer.pause(endpoint.id, answer, now);
    await tellLog(env, tenantId);
  }
  return { afterMs };
}

type Endpoint = {
  readonly id: WebhookId;
  readonly secret: string;
  readonly previousSecret: string | null;
  readonly previousUntil: EpochMs | null;
};

async function secretsOf(env: Env, tenantId: TenantId, endpoint: Endpoint): Promise<readonly string[]> {
  const { secret, previousSecret, previousUntil } = endpoint;
  const isBoth = previousSecret !== null && Date.now() < (previousUntil ?? 0);
  const settings = settingsOf(env);
  const sealed = [secret, ...(isBoth ? [previousSecret] : [])];
  return Promise.all(sealed.map((one) => openSecret(settings, tenantId, one, secretOf(endpoint.id))));
}

/**
 * [W2] [W4] One try, by Standard Webhooks 1.0.0: signed with each of the secrets. What is answered is its status, or a word where
 * there was none; the body is not read, so that an address of somebody else's shows nothing of what is there.
 */
async function post(url: string, id: DeliveryId, body: string, secrets: readonly string[]): Promise<string> {
  const now = new Date();
  const signatures = secrets.map((secret) => new Webhook(secret).sign(id, now, body));
  try {
    const answer = await fetch(url, {
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        "content-type": "application/json",
        "user-agent": "Invigil-Webhooks/1",
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
        "webhook-signature": signatures.join(" "),
      },
      body,
    });
    await answer.body?.cancel();
    return String(answer.status);
  } catch (error) {
    // A TimeoutError of the signal; else a TypeError or the runtime's own: no name, no connection, no TLS.
    return error instanceof Error && error.name === "TimeoutError" ? "timeout" : "unreachable";
  }
}
