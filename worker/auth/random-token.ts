import { sha256Hex } from "../sha256-hex.ts";

/** Random bytes in base64url without padding: 16 bytes become 22 characters, 32 become 43. */
export function randomToken(bytes: number): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return btoa(String.fromCharCode(...random))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** SHA-256 over the token's characters, lower-case hex: what the database keeps of a link. */
export function tokenHash(token: string): Promise<string> {
  return sha256Hex(new TextEncoder().encode(token));
}
