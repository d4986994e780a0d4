import type { Context } from "hono";
import type { Permission } from "#domain/access/permission.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { randomToken, tokenHash } from "./random-token.ts";

/** A week: who was away comes back in it, and a link that lies in a mailbox is no way in for long. */
const invitationMs = 7 * 24 * 60 * 60 * 1000;

export type IssuedInvitation = {
  readonly link: string;
  readonly tokenHash: string;
  readonly expiresAt: EpochMs;
  /** What its giver may do now; null for the operator, who gives everything. */
  readonly mayGive: readonly Permission[] | null;
};

/** When a link that is made now is over. */
export function invitationEndsAt(now: EpochMs): EpochMs {
  return now + invitationMs;
}

/**
 * A link by which one member chooses a password, and what its giver may do, beyond which it opens nothing. Its token is
 * after `#`, so that it is in no request line and no log.
 */
export async function newInvitation(c: Context, mayGive: readonly Permission[] | null): Promise<IssuedInvitation> {
  const token = randomToken(32);
  const link = `${new URL(c.req.url).origin}/invitation#${token}`;
  return { link, tokenHash: await tokenHash(token), expiresAt: invitationEndsAt(Date.now()), mayGive };
}
