import type { Context } from "hono";
import type { Permission } from "#domain/access/permission.ts";
import { problem } from "./problem.ts";

/** The refusal of who would give, or get, what they may not do themselves; it names what that is. Null where it is nothing. */
export function moreThanOwn(c: Context, beyond: readonly Permission[]): Response | null {
  return beyond.length === 0 ? null : problem(c, "more-than-own", notYourOwn(beyond));
}

export function notYourOwn(beyond: readonly Permission[]): string {
  return `Not your own: ${beyond.join(", ")}.`;
}
