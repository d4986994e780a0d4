import { integer, text } from "drizzle-orm/sqlite-core";

/** The guest link in its registration: domain/access/guest-link.ts says what it comes to. */
export const linkOfRegistration = {
  /** SHA-256 of the guest link's token, lower-case hex; the token itself is kept nowhere. */
  linkHash: text("link_hash").notNull().unique("registrations_link"),
  linkExpiresAt: integer("link_expires_at").notNull(),
  linkNotBefore: integer("link_not_before"),
  /** When a browser first came with this link, and when staff made it void. */
  linkOpenedAt: integer("link_opened_at"),
  linkRevokedAt: integer("link_revoked_at"),
};
