import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { uploadProbePath } from "#protocol/http/system-check.ts";
import type { AppEnv } from "./app-env.ts";
import { auditRequests } from "./audit/audit-requests.ts";
import { requireSameOrigin } from "./auth/same-origin.ts";
import { servePage } from "./page.ts";
import { settingsOf } from "./env.ts";
import { notFound, onError, problem } from "./problem.ts";
import { routeOf } from "./route-of.ts";
import { apiRoutes } from "./routes.ts";
import { securityHeaders } from "./security-headers.ts";

/** An exam of a few hundred long items fits; a row of D1 holds 2 MB. */
const largestJsonBytes = 1_000_000;

/** [K40] These take bytes, no JSON, and read no more of them than each has a limit for. What a request says of its type is its sender's word. */
const takesBytes: ReadonlySet<string> = new Set([
  `POST ${uploadProbePath}`,
  "PUT /v1/uploads/:token",
  "PUT /v1/sit/:attemptId/stills/:violation/:source",
  "PUT /v1/sit/:attemptId/identity/:capture",
]);

/** The whole front door: pages, API, sockets. */
export function createApp(): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const limitJson = bodyLimit({ maxSize: largestJsonBytes, onError: (c) => problem(c, "too-large") });

  app.onError(onError);
  app.notFound(notFound);
  app.use(securityHeaders);
  app.use(async (c, next) => {
    const requestId = crypto.randomUUID();
    c.set("requestId", requestId);
    c.set("settings", settingsOf(c.env));
    c.set("signInId", null);
    c.set("keyId", null);
    await next();
  });
  app.use("/v1/*", auditRequests);
  app.use(requireSameOrigin);
  app.use("/v1/*", (c, next) => {
    const { method, pattern } = routeOf(c);
    return takesBytes.has(`${method} ${pattern}`) ? next() : limitJson(c, next);
  });
  app.route("/", apiRoutes());
  app.all("/v1/*", notFound);
  app.get("*", servePage);
  return app;
}
