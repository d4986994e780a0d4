import { equalBytes, hexOf } from "./bytes.ts";
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import { append, emptyFrontier, type Frontier, leafHash, rootOf } from "./merkle.ts";
import type { Sha256 } from "./sha256.ts";
import { keyLabelOf, type Note, parseNote, signaturesBy } from "./signed-note.ts";
import { encodeUtf8 } from "./utf8.ts";

/** A public key of a system, under the label by which it publishes it: see `keyLabelOf`. 32 bytes of Ed25519. */
export type PublishedKey = { readonly label: string; readonly publicKey: Uint8Array };

/** Whether the Ed25519 signature is of the message: each platform has its own. False for what is malformed, never a throw. */
export type VerifyEd25519 = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

/**
 * An attempt's log as it was handed out. `events`: the stored texts, oldest first, whose UTF-8 bytes are the leaves; where
 * they were erased, `erasedLeaves` has the hashes of the leaves instead.
 */
export type HandedOutLog = {
  readonly origin: string;
  readonly events: readonly string[];
  readonly erasedLeaves?: readonly Uint8Array[];
};

/** The first thing that does not fit, in the order in which they are looked at. [E26] */
export type Misfit =
  | { readonly kind: "not-a-receipt" }
  /** No key that signed it is among those that were given. */
  | { readonly kind: "key-unknown"; readonly signedBy: readonly string[] }
  | { readonly kind: "signature-wrong"; readonly signedBy: string }
  | { readonly kind: "another-attempt"; readonly receipt: string; readonly record: string }
  | { readonly kind: "record-shorter"; readonly size: number; readonly events: number }
  | { readonly kind: "record-differs"; readonly size: number };

export type ReceiptVerdict =
  | { readonly fits: true; readonly size: number; readonly events: number; readonly signedBy: string }
  | { readonly fits: false; readonly misfit: Misfit };

/**
 * Whether a receipt is genuine and the record's first events are the ones that it signs. [E25] What a record has after
 * them came later, and the receipt says nothing about it.
 */
export function verifyReceipt(
  receipt: string,
  log: HandedOutLog,
  keys: readonly PublishedKey[],
  sha256: Sha256,
  verifyEd25519: VerifyEd25519,
): ReceiptVerdict {
  const note = parseNote(receipt);
  const checkpoint = note === null ? null : parseCheckpoint(note.body);
  if (note === null || checkpoint === null) return misfit({ kind: "not-a-receipt" });

  const signers = signersOf(note, keys, sha256);
  const [signer] = signers;
  if (signer === undefined) return misfit({ kind: "key-unknown", signedBy: signerNames(note) });
  const message = encodeUtf8(note.body);
  for (const { label, keyName, publicKey } of signers) {
    const signatures = signaturesBy(note, keyName, publicKey, sha256);
    const isGood = signatures.every((signature) => verifyEd25519(publicKey, message, signature));
    if (!isGood) return misfit({ kind: "signature-wrong", signedBy: label });
  }
  return verifyLog(checkpoint, log, signer.label, sha256);
}

function verifyLog(checkpoint: Checkpoint, log: HandedOutLog, signedBy: string, sha256: Sha256): ReceiptVerdict {
  const { origin, size, root } = checkpoint;
  const leaves = log.erasedLeaves ?? log.events;
  if (origin !== log.origin) return misfit({ kind: "another-attempt", receipt: origin, record: log.origin });
  if (size > leaves.length) return misfit({ kind: "record-shorter", size, events: leaves.length });
  const hashOf = (leaf: string | Uint8Array) => (typeof leaf === "string" ? leafHash(encodeUtf8(leaf), sha256) : leaf);
  const tree = leaves
    .slice(0, size)
    .reduce<Frontier>((frontier, leaf) => append(frontier, hashOf(leaf), sha256), emptyFrontier);
  if (!equalBytes(rootOf(tree, sha256), root)) return misfit({ kind: "record-differs", size });
  return { fits: true, size, events: leaves.length, signedBy };
}

export type Signer = PublishedKey & { readonly keyName: string };

/** The known keys that say that they signed the note. A key counts under its own label only. */
export function signersOf(note: Note, keys: readonly PublishedKey[], sha256: Sha256): readonly Signer[] {
  const names = [...new Set(note.signatures.map(({ keyName }) => keyName))];
  return keys.flatMap((key) => {
    const keyName = names.find((name) => keyLabelOf(name, key.publicKey, sha256) === key.label);
    if (keyName === undefined || signaturesBy(note, keyName, key.publicKey, sha256).length === 0) return [];
    return [{ ...key, keyName }];
  });
}

function signerNames({ signatures }: Note): readonly string[] {
  return signatures.map(({ keyName, keyId }) => `${keyName}+${hexOf(keyId)}`);
}

function misfit(what: Misfit): ReceiptVerdict {
  return { fits: false, misfit: what };
}
