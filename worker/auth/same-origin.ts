import type { MiddlewareHandler } from "hono";
import { problem } from "../problem.ts";

const readingMethods: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/**
 * Whatever changes something, and every socket, must say that it comes from our own pages: a browser lets no other page
 * write `Origin`, and sends it with each of these. Sockets need it because SameSite and CORS do not cover them.
 */
export const requireSameOrigin: MiddlewareHandler = async (c, next) => {
  // A browser adds no `Authorization` of its own accord, and with no cookie nobody's sign-in takes part.
  if (c.req.header("authorization") !== undefined && c.req.header("cookie") === undefined) return next();
  const isReading = readingMethods.has(c.req.method) && c.req.header("upgrade") === undefined;
  if (!isReading && c.req.header("origin") !== new URL(c.req.url).origin) {
    return problem(c, "not-allowed", "The request does not come from a page of this origin.");
  }
  return next();
};
