import type { MiddlewareHandler } from "hono";
import { hasBearer } from "./api-key-token.ts";
import { problem } from "../problem.ts";

const readingMethods: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/**
 * Whatever changes something, and every socket, must say that it comes from our own pages: a browser lets no other page
 * write `Origin`, and sends it with each of these. Sockets need it because SameSite and CORS do not cover them.
 * Programs that show a key have no origin: theirs is a header that no other page can send, and no cookie is read. [K25]
 */
export const requireSameOrigin: MiddlewareHandler = async (c, next) => {
  const isReading = readingMethods.has(c.req.method) && c.req.header("upgrade") === undefined;
  if (!isReading && !hasBearer(c) && c.req.header("origin") !== new URL(c.req.url).origin) {
    return problem(c, "not-allowed", "The request does not come from a page of this origin.");
  }
  return next();
};
