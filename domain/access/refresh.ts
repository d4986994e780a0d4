import type { EpochMs } from "../integrity/signal.ts";

/** How long an access token is good: what is taken away elsewhere than in the database lasts no longer. */
export const accessMs = 10 * 60_000;

/** How long somebody stays signed in at most, however busy (NIST SP 800-63B, 2.2.3: once a day). */
export const longestSignInMs = 24 * 60 * 60_000;

/**
 * How long a sign-in lasts that no page renews (NIST SP 800-63B, 2.2.3: an hour). An open page renews by itself: who watches
 * an exam may have their hands off the keys for hours.
 */
const longestUnusedMs = 60 * 60_000;

/** Two pages of a browser may ask with the same token at the same moment, and an answer may be lost on its way. */
const graceMs = 30_000;

/** One sign-in, as it is stored: hashes of the refresh token that is good now, and of the one before it. */
export type StoredSignIn = {
  readonly refreshHash: string;
  readonly previousHash: string | null;
  readonly rotatedAt: EpochMs;
  readonly expiresAt: EpochMs;
  readonly endedAt: EpochMs | null;
};

/**
 * What a refresh token means that names this sign-in. `rotate`: it is the one. `repeat`: it was until just now, and gets the
 * same successor once more. `reused`: it is older, or made up, so somebody else has it too: the sign-in ends. [G20] [G21] [G22] [G27]
 */
export function refreshOf(signIn: StoredSignIn, hash: string, now: EpochMs): "rotate" | "repeat" | "reused" | "over" {
  if (signIn.endedAt !== null || signIn.expiresAt <= now || signIn.rotatedAt < unusedSince(now)) return "over";
  if (hash === signIn.refreshHash) return "rotate";
  return hash === signIn.previousHash && now <= signIn.rotatedAt + graceMs ? "repeat" : "reused";
}

/** Which sign-ins are over because no page used them: those whose last use was before this moment. */
export function unusedSince(now: EpochMs): EpochMs {
  return now - longestUnusedMs;
}
