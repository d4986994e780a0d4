import type { Permission } from "#domain/access/permission.ts";

/** Where a member's work is: whoever only watches goes to the live sessions, everybody else to the exams and sittings. */
export function placeOf(held: readonly Permission[]): string {
  return held.includes("proctor") && held.length === 1 ? "/proctor" : "/manage";
}

/**
 * The page to return to after signing in, when it is one of the staff's own; else null. An address that names another
 * host (`//example.com`, `/\example.com`) would send somebody who has just typed a password elsewhere.
 */
export function returnTo(next: string | null): string | null {
  if (next === null || !/^\/(?:manage|proctor|review)(?:[/?#]|$)/.test(next)) return null;
  return next;
}

/** The sign-in page's address that leads back to `here`. */
export function signInAddress(here: string): string {
  return returnTo(here) === null ? "/sign-in" : `/sign-in?next=${encodeURIComponent(here)}`;
}
