import type { Context } from "hono";
import { matchedRoutes } from "hono/route";

/** The route that answers, before or after it does: the first that is not for all methods. `pattern`: `none` where there is none. */
export function routeOf(c: Context): { readonly method: string; readonly pattern: string } {
  const { method } = c.req;
  const pattern = matchedRoutes(c).find((route) => route.method === method)?.path;
  return { method, pattern: pattern ?? "none" };
}
