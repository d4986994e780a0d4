import * as v from "valibot";
import { hexOf } from "#domain/evidence/bytes.ts";
import { parseCheckpoint } from "#domain/evidence/checkpoint.ts";
import { parseNote } from "#domain/evidence/signed-note.ts";

const keySetSchema = v.object({
  keys: v.array(v.object({ kty: v.string(), crv: v.string(), x: v.string(), kid: v.string() })),
});

/** How many entries the signature is good for; null where it is not, or this browser cannot tell. */
export type VerifiedSize = { readonly size: number | null };

/**
 * Whether the published key signed this checkpoint, found out here and not by the server's word. What was signed is not in
 * doubt for that: that entries are those of the tree is what the export and `npm run verify` are for.
 */
export async function verifyCheckpoint(checkpoint: string, keySet: unknown): Promise<VerifiedSize> {
  const note = parseNote(checkpoint);
  const parsed = note === null ? null : parseCheckpoint(note.body);
  const keys = v.safeParse(keySetSchema, keySet);
  const [signature] = note?.signatures ?? [];
  if (note === null || parsed === null || signature === undefined || !keys.success) return { size: null };
  const label = `${signature.keyName}+${hexOf(signature.keyId)}`;
  const jwk = keys.output.keys.find(({ kid }) => kid === label);
  if (jwk === undefined) return { size: null };
  try {
    const key = await crypto.subtle.importKey("jwk", { kty: jwk.kty, crv: jwk.crv, x: jwk.x }, "Ed25519", false, [
      "verify",
    ]);
    const body = new TextEncoder().encode(note.body);
    const isGood = await crypto.subtle.verify("Ed25519", key, new Uint8Array(signature.signature), body);
    return { size: isGood ? parsed.size : null };
  } catch {
    // A browser that does not know Ed25519: it cannot tell.
    return { size: null };
  }
}
