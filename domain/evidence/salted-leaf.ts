import type { Sha256 } from "./sha256.ts";
import { encodeUtf8 } from "./utf8.ts";

/**
 * The leaf of a text that only some may read: SHA-256 of its salt, 43 characters, and the text after it, in UTF-8. [L8]
 * Who has neither cannot guess the text from the leaf, and who has both cannot have another text.
 */
export function saltedLeaf(salt: string, text: string, sha256: Sha256): Uint8Array {
  return sha256(encodeUtf8(salt + text));
}
