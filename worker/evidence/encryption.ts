/*
 * How a recording is encrypted (docs/decisions/008-recording-encryption.md):
 * RECORDING_KEY --HKDF--> a tenant's key --AES-GCM wraps--> an attempt's key --AES-GCM encrypts--> an object.
 */

/** Which layout the bytes have. A reader refuses the ones that it does not know. */
const formatVersion = 1;
const ivBytes = 12;
const tagBytes = 16;
const headerBytes = 1 + ivBytes;

/** How many bytes an encrypted object has more than what is in it. */
export const encryptionOverheadBytes = headerBytes + tagBytes;

/** What a stored wrapped key or encrypted object may be refused for. */
export type EncryptionFault =
  /** Too short, or of a version that this code does not read. */
  | "unknown-format"
  /** The bytes were changed, belong to another object, or were made with another key. */
  | "not-authentic";

export type Decrypted<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly fault: EncryptionFault };

/** One attempt's key: encrypts and decrypts, and cannot be read out. */
export type AttemptKey = CryptoKey;

/** The key that wraps a tenant's attempt keys. `recordingKey`: the 32 bytes of RECORDING_KEY. */
export async function tenantKey(recordingKey: Uint8Array<ArrayBuffer>, tenantId: string): Promise<CryptoKey> {
  if (recordingKey.byteLength !== 32) throw new Error("RECORDING_KEY must be the base64 of exactly 32 bytes");
  const master = await crypto.subtle.importKey("raw", recordingKey, "HKDF", false, ["deriveKey"]);
  const info = utf8(`invigil recording, tenant key v${formatVersion}\n${tenantId}`);
  const algorithm = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info };
  return crypto.subtle.deriveKey(algorithm, master, { name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
}

/** A fresh random attempt key, wrapped; it opens only under the same `boundTo`, the name it is stored under. */
export async function newWrappedKey(tenant: CryptoKey, boundTo: string): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
  const wrapped = await crypto.subtle.wrapKey("raw", key, tenant, gcm(iv, boundTo));
  return withHeader(iv, wrapped);
}

export async function unwrapKey(
  tenant: CryptoKey,
  wrapped: Uint8Array<ArrayBuffer>,
  boundTo: string,
): Promise<Decrypted<AttemptKey>> {
  const parts = split(wrapped);
  if (parts === null) return { ok: false, fault: "unknown-format" };
  try {
    const usages = ["encrypt", "decrypt"] as const;
    const algorithm = gcm(parts.iv, boundTo);
    const key = await crypto.subtle.unwrapKey("raw", parts.rest, tenant, algorithm, "AES-GCM", false, [...usages]);
    return { ok: true, value: key };
  } catch {
    // An OperationError: the tag does not fit. A DataError: what was wrapped is no AES key.
    return { ok: false, fault: "not-authentic" };
  }
}

/** Version byte, random IV, ciphertext and tag; authentic only under the same `boundTo`, the object's name. */
export async function encrypt(
  key: AttemptKey,
  plain: Uint8Array<ArrayBuffer>,
  boundTo: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
  return withHeader(iv, await crypto.subtle.encrypt(gcm(iv, boundTo), key, plain));
}

export async function decrypt(
  key: AttemptKey,
  encrypted: Uint8Array<ArrayBuffer>,
  boundTo: string,
): Promise<Decrypted<Uint8Array<ArrayBuffer>>> {
  const parts = split(encrypted);
  if (parts === null) return { ok: false, fault: "unknown-format" };
  try {
    const plain = await crypto.subtle.decrypt(gcm(parts.iv, boundTo), key, parts.rest);
    return { ok: true, value: new Uint8Array(plain) };
  } catch {
    // Only ever an OperationError: the tag does not fit.
    return { ok: false, fault: "not-authentic" };
  }
}

/** The version is authenticated with the name, so that an object cannot be passed off as one of another layout. */
function gcm(iv: Uint8Array<ArrayBuffer>, boundTo: string) {
  return { name: "AES-GCM", iv, additionalData: utf8(`v${formatVersion}\n${boundTo}`), tagLength: tagBytes * 8 };
}

function withHeader(iv: Uint8Array<ArrayBuffer>, sealed: ArrayBuffer): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(headerBytes + sealed.byteLength);
  bytes[0] = formatVersion;
  bytes.set(iv, 1);
  bytes.set(new Uint8Array(sealed), headerBytes);
  return bytes;
}

function split(bytes: Uint8Array<ArrayBuffer>) {
  if (bytes.byteLength < encryptionOverheadBytes || bytes[0] !== formatVersion) return null;
  return { iv: bytes.subarray(1, headerBytes), rest: bytes.subarray(headerBytes) };
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
