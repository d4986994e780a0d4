import type { TenantId } from "#domain/exam/ids.ts";
import type { Settings } from "./env.ts";
import { decrypt, encrypt } from "./evidence/encryption.ts";

/*
 * What the database keeps and must be able to read again, and what is too short for a plain hash. The keys come from
 * RECORDING_KEY by HKDF, each under a name of its own: the key of tokens is exchanged now and then, these must stay.
 */

const sealing = { name: "AES-GCM", length: 256 } as const;
const marking = { name: "HMAC", hash: "SHA-256", length: 256 } as const;

/** A text encrypted for D1, in base64url. It opens only for the same tenant and under the same `boundTo`, which names its row. */
export async function sealSecret(
  settings: Settings,
  tenantId: TenantId,
  secret: string,
  boundTo: string,
): Promise<string> {
  const key = await derive(settings, `sealing ${tenantId}`, sealing, ["encrypt", "decrypt"]);
  return Buffer.from(await encrypt(key, new TextEncoder().encode(secret), boundTo)).toString("base64url");
}

/** Throws where it does not open: RECORDING_KEY is another one, or the row was changed. */
export async function openSecret(
  settings: Settings,
  tenantId: TenantId,
  sealed: string,
  boundTo: string,
): Promise<string> {
  const key = await derive(settings, `sealing ${tenantId}`, sealing, ["encrypt", "decrypt"]);
  const opened = await decrypt(key, Uint8Array.from(Buffer.from(sealed, "base64url")), boundTo);
  if (!opened.ok) throw new Error(`A stored secret does not open (${opened.fault})`);
  return new TextDecoder().decode(opened.value);
}

/** What stands for a recovery code in D1. Whoever has the table and not the key cannot try codes on it. [G44] */
export async function recoveryMark(
  settings: Settings,
  owner: { readonly tenantId: TenantId; readonly memberId: string },
  characters: string,
): Promise<string> {
  const key = await derive(settings, "recovery codes", marking, ["sign"]);
  const text = `${owner.tenantId}\n${owner.memberId}\n${characters}`;
  return Buffer.from(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text))).toString("base64url");
}

async function derive(
  { recordingKey }: Settings,
  name: string,
  algorithm: typeof sealing | typeof marking,
  usages: ("encrypt" | "decrypt" | "sign")[],
): Promise<CryptoKey> {
  const master = await crypto.subtle.importKey("raw", recordingKey, "HKDF", false, ["deriveKey"]);
  const info = new TextEncoder().encode(`invigil stored secret v1\n${name}`);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info };
  return crypto.subtle.deriveKey(hkdf, master, algorithm, false, usages);
}
