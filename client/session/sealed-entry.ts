import type { AttemptId } from "#domain/exam/ids.ts";
import type { Entry } from "./command-queue.ts";

/** Where an entry belongs. `order` keeps commands in the order in which they were made, across pages. */
export type EntryPlace = { readonly attemptId: AttemptId; readonly order: number; readonly id: string };

/** A command as it lies on the disk: only its place can be read without the attempt's key. */
export type SealedEntry = EntryPlace & { readonly nonce: Uint8Array<ArrayBuffer>; readonly sealed: ArrayBuffer };

/** The length that NIST SP 800-38D, section 8.2, is written for. */
const nonceBytes = 12;

/** A key that no script can read out, this page's own included. IndexedDB can keep it all the same. */
export function makeEntryKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** Encrypts with a nonce of its own, and binds to the place: a record that is moved does not open. */
export async function sealEntry<Body>(
  key: CryptoKey,
  { attemptId, order, id }: EntryPlace,
  { at, body }: Pick<Entry<Body>, "at" | "body">,
): Promise<SealedEntry> {
  const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes));
  const plain = new TextEncoder().encode(JSON.stringify({ at, body }));
  const sealed = await crypto.subtle.encrypt(sealing(nonce, { attemptId, order, id }), key, plain);
  return { attemptId, order, id, nonce, sealed };
}

/** Null for one that was altered or moved, or that another key has sealed. */
export async function openEntry<Body>(key: CryptoKey, entry: SealedEntry): Promise<Entry<Body> | null> {
  try {
    const plain = await crypto.subtle.decrypt(sealing(entry.nonce, entry), key, entry.sealed);
    const { at, body } = JSON.parse(new TextDecoder().decode(plain)) as Pick<Entry<Body>, "at" | "body">;
    return { id: entry.id, at, body };
  } catch {
    // The seal does not fit, or what lies there is no record of ours at all.
    return null;
  }
}

function sealing(nonce: Uint8Array<ArrayBuffer>, { attemptId, order, id }: EntryPlace): AesGcmParams {
  const additionalData = new TextEncoder().encode(JSON.stringify([attemptId, order, id]));
  return { name: "AES-GCM", iv: nonce, additionalData };
}
