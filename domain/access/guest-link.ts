import type { EpochMs } from "../integrity/signal.ts";

/** The link that opens an attempt now; the ones before it are void. */
export type GuestLink = {
  /** From when it opens the attempt; null: from when it was issued. */
  readonly notBefore: EpochMs | null;
  readonly expiresAt: EpochMs;
  /** When a browser first came with it. */
  readonly openedAt: EpochMs | null;
  readonly revokedAt: EpochMs | null;
};

/** What staff see of a link. `bound`: the exam was begun with it, and goes on in one browser only. */
export type LinkState = "unopened" | "opened" | "bound" | "not-yet" | "revoked" | "expired";

/** [G83] `hasBegun`: its candidate has consented. */
export function linkStateOf(link: GuestLink, hasBegun: boolean, now: EpochMs): LinkState {
  const refused = whyLinkRefused(link, now);
  if (refused !== null) return refused;
  if (link.openedAt === null) return "unopened";
  return hasBegun ? "bound" : "opened";
}

/** [G81] [G82] Why a link does not open its attempt now; null where it does. */
export function whyLinkRefused(
  { notBefore, expiresAt, revokedAt }: Omit<GuestLink, "openedAt">,
  now: EpochMs,
): "revoked" | "expired" | "not-yet" | null {
  if (revokedAt !== null) return "revoked";
  if (now >= expiresAt) return "expired";
  return notBefore !== null && now < notBefore ? "not-yet" : null;
}

/** What is asked of a link's time; null: as usual. */
export type AskedTimes = { readonly notBefore: EpochMs | null; readonly expiresAt: EpochMs | null };

/**
 * [G81] When a link that is asked for is good, or what is wrong with that. It ends at the latest with the last regular attempt
 * (`latest`: the closing of the sitting and the exam's duration): somebody who began last may need it until then.
 */
export function linkTimes(
  asked: AskedTimes,
  latest: EpochMs,
): Pick<GuestLink, "notBefore" | "expiresAt"> | "beyond-the-sitting" | "ends-before-it-begins" {
  const { notBefore } = asked;
  const expiresAt = asked.expiresAt ?? latest;
  if (expiresAt > latest) return "beyond-the-sitting";
  return notBefore !== null && notBefore >= expiresAt ? "ends-before-it-begins" : { notBefore, expiresAt };
}
