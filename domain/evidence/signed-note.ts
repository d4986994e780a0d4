import { decodeBase64, encodeBase64 } from "./base64.ts";
import { concatenate, equalBytes, hexOf } from "./bytes.ts";
import type { Sha256 } from "./sha256.ts";
import { encodeUtf8 } from "./utf8.ts";

// https://c2sp.org/signed-note

export type NoteSignature = {
  readonly keyName: string;
  /** 4 bytes. A name for the key, not a proof of it: see `keyIdOf`. */
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
};

/** `body` ends in a newline; its UTF-8 is what each signature signs. */
export type Note = { readonly body: string; readonly signatures: readonly NoteSignature[] };

const keyIdLength = 4;
const ed25519PublicKeyLength = 32;
const ed25519Type = 0x01;
const newline = 0x0a;

/** The specification asks for at least 16 and leaves the limit to us. */
const maxSignatures = 64;

/** The first 4 bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ the 32 bytes of an Ed25519 public key). */
export function keyIdOf(keyName: string, publicKey: Uint8Array, sha256: Sha256): Uint8Array {
  if (!isKeyName(keyName)) throw new RangeError("A key name is not empty and has no white space and no plus sign");
  if (publicKey.length !== ed25519PublicKeyLength) throw new RangeError("An Ed25519 public key has 32 bytes");
  const named = concatenate([encodeUtf8(keyName), Uint8Array.of(newline, ed25519Type), publicKey]);
  return sha256(named).slice(0, keyIdLength);
}

/** The name and id of a key as one word: `invigil.example+1a2b3c4d`, how the specification begins a verifier key. */
export function keyLabelOf(keyName: string, publicKey: Uint8Array, sha256: Sha256): string {
  return `${keyName}+${hexOf(keyIdOf(keyName, publicKey, sha256))}`;
}

/**
 * The text of a note with one signature (`keyId`: see `keyIdOf`): that of `encodeUtf8(body)` by the Ed25519 key, made by the caller, who has the
 * private key. Throws a RangeError when the body or the name is none that a note may have.
 */
export function signedNote(body: string, keyName: string, keyId: Uint8Array, signature: Uint8Array): string {
  if (!isNoteText(body) || !body.endsWith("\n")) {
    throw new RangeError("A note's body ends in a newline and has no other control characters");
  }
  if (!isKeyName(keyName)) throw new RangeError("A key name is not empty and has no white space and no plus sign");
  const signed = encodeBase64(concatenate([keyId, signature]));
  return `${body}\n— ${keyName} ${signed}\n`;
}

/** The parts of a signed note, or null when it is none. No signature is verified here. */
export function parseNote(text: string): Note | null {
  if (!isNoteText(text)) return null;
  // The last empty line ends the body; the body may have empty lines of its own.
  const end = text.lastIndexOf("\n\n");
  if (end === -1 || !text.endsWith("\n")) return null;
  const lines = text.slice(end + 2, -1).split("\n");
  if (lines.length > maxSignatures) return null;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignatureLine(line);
    if (signature === null) return null;
    signatures.push(signature);
  }
  return { body: text.slice(0, end + 1), signatures };
}

function parseSignatureLine(line: string): NoteSignature | null {
  const [dash, keyName, encoded, ...rest] = line.split(" ");
  if (dash !== "—" || keyName === undefined || encoded === undefined || rest.length > 0) return null;
  if (!isKeyName(keyName)) return null;
  const bytes = decodeBase64(encoded);
  if (bytes === null || bytes.length <= keyIdLength) return null;
  return { keyName, keyId: bytes.slice(0, keyIdLength), signature: bytes.slice(keyIdLength) };
}

/**
 * The signatures that say they are by this key, to be verified over `encodeUtf8(note.body)`. Each must verify, and there
 * must be one at least; those by other keys mean nothing and are left out.
 */
export function signaturesBy(
  note: Note,
  keyName: string,
  publicKey: Uint8Array,
  sha256: Sha256,
): readonly Uint8Array[] {
  const keyId = keyIdOf(keyName, publicKey, sha256);
  return note.signatures
    .filter((signature) => signature.keyName === keyName && equalBytes(signature.keyId, keyId))
    .map(({ signature }) => signature);
}

function isNoteText(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- they are what is forbidden
  return text.isWellFormed() && !/[\u0000-\u0009\u000b-\u001f]/.test(text);
}

function isKeyName(text: string): boolean {
  // U+0085 is a space in Unicode, though not to a regular expression.
  return text !== "" && !/[\s\u0085+]/.test(text);
}
