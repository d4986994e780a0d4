import { encodeBase64 } from "#domain/evidence/base64.ts";
import type { WebhookId } from "#domain/exam/ids.ts";

/** Standard Webhooks asks for 24 to 64 random bytes. */
const secretBytes = 32;

/** A fresh secret as Standard Webhooks writes it. */
export function newSecret(): string {
  return `whsec_${encodeBase64(crypto.getRandomValues(new Uint8Array(secretBytes)))}`;
}

/** What a stored secret is bound to: it is good for this webhook alone. */
export function secretOf(webhookId: WebhookId): string {
  return `webhook ${webhookId}`;
}
