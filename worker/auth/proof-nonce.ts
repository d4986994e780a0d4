import type { AttemptId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { nonceMs } from "#protocol/http/proof.ts";
import type { Settings } from "../env.ts";

const encoder = new TextEncoder();
const keys = new WeakMap<Settings, Promise<CryptoKey>>();

/**
 * What the next proofs of an attempt's browser must say, for `nonceMs`: `<time>.<HMAC over attempt and time>`. Nothing of it
 * is kept anywhere: whoever has the key can tell that it was given, when, and for which attempt. [G73]
 */
export async function proofNonce(settings: Settings, attemptId: AttemptId, now: EpochMs): Promise<string> {
  const time = now.toString(36);
  const code = await crypto.subtle.sign("HMAC", await keyOf(settings), meant(attemptId, time));
  return `${time}.${Buffer.from(code).toString("base64url")}`;
}

/** Until when a nonce of this attempt is good; null for one that is none, or no longer. */
export async function nonceGoodUntil(
  settings: Settings,
  attemptId: AttemptId,
  nonce: string,
  now: EpochMs,
): Promise<EpochMs | null> {
  const [, time, code] = /^([0-9a-z]{6,10})\.([A-Za-z0-9_-]{43})$/.exec(nonce) ?? [];
  if (time === undefined || code === undefined) return null;
  const given = Buffer.from(code, "base64url");
  const isOurs = await crypto.subtle.verify("HMAC", await keyOf(settings), given, meant(attemptId, time));
  const goodUntil = Number.parseInt(time, 36) + nonceMs;
  return isOurs && now < goodUntil ? goodUntil : null;
}

function meant(attemptId: AttemptId, time: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(`${attemptId} ${time}`);
}

function keyOf(settings: Settings): Promise<CryptoKey> {
  const known = keys.get(settings);
  if (known !== undefined) return known;
  const raw = encoder.encode(`invigil proof nonce ${settings.tokenSigningKey.d}`);
  const key = crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
  keys.set(settings, key);
  return key;
}
