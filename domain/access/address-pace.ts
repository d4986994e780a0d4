import type { AddressLimit } from "./address-tries.ts";

/** What anybody may ask for, without being anybody yet, and what costs more than an answer. */
export type Paced = "check-in" | "passkey" | "single-sign-on";

const minuteMs = 60_000;

/**
 * How often one address may ask for it. A campus has one address: its 500 candidates open their links in the same minute, and
 * some load the page again; its staff of hundreds come to work in the same five minutes. [G107] [G108]
 * Of links only those are asked for that there are not: one that is known opens whatever was asked.
 */
export const paces: Readonly<Record<Paced, AddressLimit>> = {
  // A link that was cut off, three times for each of 500, twice over.
  "check-in": { most: 3_000, windowMs: minuteMs },
  // Asking for a challenge, and answering it: 600 sign-ins.
  passkey: { most: 1_200, windowMs: 5 * minuteMs },
  // There and back again, each of which asks the institution's provider: 600 sign-ins.
  "single-sign-on": { most: 1_200, windowMs: 5 * minuteMs },
};
