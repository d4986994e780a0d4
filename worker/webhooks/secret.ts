import { decodeBase64, encodeBase64 } from "#domain/evidence/base64.ts";
import type { TenantId, WebhookId } from "#domain/exam/ids.ts";
import { decrypt, encrypt } from "../evidence/encryption.ts";

/** Standard Webhooks asks for 24 to 64 random bytes. */
const secretBytes = 32;

/** A fresh secret as Standard Webhooks writes it. */
export function newSecret(): string {
  return `whsec_${encodeBase64(crypto.getRandomValues(new Uint8Array(secretBytes)))}`;
}

type SecretOf = { readonly tenantId: TenantId; readonly webhookId: WebhookId };

/** The secret as the database keeps it: encrypted, and good for this webhook alone. */
export async function sealSecret(master: Uint8Array<ArrayBuffer>, of: SecretOf, secret: string): Promise<string> {
  const sealed = await encrypt(await keyOf(master, of), new TextEncoder().encode(secret), nameOf(of));
  return encodeBase64(sealed);
}

/** Throws where it does not open: RECORDING_KEY is another one, or the row was changed. */
export async function openSecret(master: Uint8Array<ArrayBuffer>, of: SecretOf, sealed: string): Promise<string> {
  const bytes = decodeBase64(sealed);
  if (bytes === null) throw new Error(`The secret of webhook ${of.webhookId} is no base64`);
  const opened = await decrypt(await keyOf(master, of), new Uint8Array(bytes), nameOf(of));
  if (!opened.ok) throw new Error(`The secret of webhook ${of.webhookId} does not open (${opened.fault})`);
  return new TextDecoder().decode(opened.value);
}

function nameOf({ tenantId, webhookId }: SecretOf): string {
  return `webhook secret ${tenantId}/${webhookId}`;
}

/** One key a tenant, of the same master key as recordings, and never the same as theirs. */
async function keyOf(master: Uint8Array<ArrayBuffer>, { tenantId }: SecretOf): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", master, "HKDF", false, ["deriveKey"]);
  const info = new TextEncoder().encode(`invigil webhook secrets v1\n${tenantId}`);
  const algorithm = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info };
  return crypto.subtle.deriveKey(algorithm, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}
