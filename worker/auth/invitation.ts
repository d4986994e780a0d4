import type { Context } from "hono";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { randomToken, tokenHash } from "./random-token.ts";

/** A week: who was away comes back in it, and a link that lies in a mailbox is no way in for long. */
const invitationMs = 7 * 24 * 60 * 60 * 1000;

export type IssuedInvitation = { readonly link: string; readonly tokenHash: string; readonly expiresAt: EpochMs };

/** A link by which one member chooses a password. Its token is after `#`, so that it is in no request line and no log. */
export async function newInvitation(c: Context): Promise<IssuedInvitation> {
  const token = randomToken(32);
  const link = `${new URL(c.req.url).origin}/invitation#${token}`;
  return { link, tokenHash: await tokenHash(token), expiresAt: Date.now() + invitationMs };
}
