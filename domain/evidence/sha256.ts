/**
 * The 32-byte SHA-256 of the bytes, at once. Each platform has its own (node:crypto in the Durable Object, something
 * else in a browser), so the caller hands one in and this room stays without a platform.
 */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

export const sha256Length = 32;
