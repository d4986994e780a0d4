import { sign } from "node:crypto";
import { checkpointBody } from "#domain/evidence/checkpoint.ts";
import { type Frontier, rootOf } from "#domain/evidence/merkle.ts";
import { signedNote } from "#domain/evidence/signed-note.ts";
import { encodeUtf8 } from "#domain/evidence/utf8.ts";
import type { AttemptId, TenantId } from "#domain/exam/ids.ts";
import type { CheckpointSigner } from "./env.ts";
import { sha256 } from "./sha256.ts";

/** A signed note (C2SP tlog-checkpoint) over an attempt's whole log so far. */
export function signCheckpoint(
  signer: CheckpointSigner,
  tenantId: TenantId,
  attemptId: AttemptId,
  frontier: Frontier,
): string {
  const origin = `${signer.name}/${tenantId}/${attemptId}`;
  const body = checkpointBody({ origin, size: frontier.size, root: rootOf(frontier, sha256), extensions: [] });
  const signature = new Uint8Array(sign(null, encodeUtf8(body), signer.key));
  return signedNote(body, signer.name, signer.keyId, signature);
}
