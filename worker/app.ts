import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { AppEnv } from "./app-env.ts";
import { auditRequests } from "./audit/audit-requests.ts";
import { requireSameOrigin } from "./auth/same-origin.ts";
import { servePage } from "./page.ts";
import { settingsOf } from "./env.ts";
import { notFound, onError, problem } from "./problem.ts";
import { apiRoutes } from "./routes.ts";
import { securityHeaders } from "./security-headers.ts";

/** An exam of a few hundred long items fits; a row of D1 holds 2 MB. Recorded bytes are not JSON and have a limit of their own. */
const largestJsonBytes = 1_000_000;

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
  app.use("/v1/*", (c, next) =>
    c.req.header("content-type")?.startsWith("application/octet-stream") === true ? next() : limitJson(c, next),
  );
  app.route("/", apiRoutes());
  app.all("/v1/*", notFound);
  app.get("*", servePage);
  return app;
}
