import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./app-env.ts";
import { documented } from "./documented.ts";

/** The strong validator of something that was changed last at this moment (RFC 9110, section 8.8.3). */
export function etagOf({ updatedAt }: { readonly updatedAt: number }): string {
  return `"${updatedAt}"`;
}

/**
 * The moments that the request's If-Match names; null where it asks for none, or for any. What is no validator of ours
 * names nothing, and so matches nothing (RFC 9110, section 13.1.1).
 */
export function momentsToMatch(c: Context): readonly number[] | null {
  const header = c.req.header("if-match")?.trim();
  if (header === undefined || header === "*") return null;
  return header.split(",").flatMap((one) => {
    const moment = /^"(\d{1,15})"$/.exec(one.trim())?.[1];
    return moment === undefined ? [] : [Number(moment)];
  });
}

/** Says in the API's description that a change may be made only of what the caller has seen. */
export const takesIfMatch = documented(
  createMiddleware<AppEnv>((_, next) => next()),
  {
    "x-problems": ["changed-meanwhile"],
    parameters: [
      {
        in: "header",
        name: "If-Match",
        required: false,
        description: "The ETag that it was read with: then it is not changed when somebody else has changed it since.",
        schema: { type: "string" },
      },
    ],
  },
);
