import type { EpochMs } from "../integrity/signal.ts";
import { type Permission, permissions } from "./permission.ts";

/** How long a key lasts at most: a year, with a day for whoever counts to the same date. */
export const longestKeyMs = 366 * 24 * 60 * 60_000;

/** What a key allows now: its scopes, as far as the member it belongs to has them still. [K20] */
export function keyPermissions(scopes: readonly Permission[], ofMember: readonly Permission[]): readonly Permission[] {
  return permissions.filter((permission) => scopes.includes(permission) && ofMember.includes(permission));
}

/** Why a key may not be made as it is asked for; null where it may. [K20] [K22] */
export function faultOfNewKey(
  asked: { readonly scopes: readonly Permission[]; readonly expiresAt: EpochMs },
  ofMember: readonly Permission[],
  now: EpochMs,
): "more-than-member" | "ended" | "too-long" | null {
  if (!asked.scopes.every((scope) => ofMember.includes(scope))) return "more-than-member";
  if (asked.expiresAt <= now) return "ended";
  return asked.expiresAt > now + longestKeyMs ? "too-long" : null;
}

const usedMs = 60_000;

/** Whether a use is to be written down: to the minute is enough, and a busy key must not write with each request. [K27] */
export function isUseNews(lastUsedAt: EpochMs | null, now: EpochMs): boolean {
  return lastUsedAt === null || now - lastUsedAt >= usedMs;
}
