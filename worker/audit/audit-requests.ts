import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../app-env.ts";
import { signedInMember } from "../auth/signed-in-member.ts";
import { faultOf, log } from "../log.ts";
import { queueDue } from "../outgoing/queue-due.ts";
import { requestIdOf } from "../problem.ts";
import { routeOf } from "../route-of.ts";
import { type Act, type Acting, actingOf } from "./acting.ts";
import { tellLog } from "./tell-log.ts";
import { actOf, subjectOf } from "./staff-acts.ts";

const denials: ReadonlySet<number> = new Set([401, 403, 404]);

/**
 * Sees to it that each act and each denial of a signed-in member is in the audit before its answer leaves, whichever route
 * it was. [L4] [L5] A change of the database has entered itself, in its own batch; what is changed elsewhere, or only read,
 * is entered here. Who is not signed in belongs to no institution: the server's own log has those.
 */
export const auditRequests = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  await enterWhatWasLeft(c);
  const { auditedTenant } = c.var;
  if (auditedTenant === undefined) return;
  try {
    await tellLog(c.env, auditedTenant);
  } catch (error) {
    // The entry is there, and comes into the tree with the next one that the log is told of.
    log({
      event: "log-not-told",
      requestId: requestIdOf(c),
      tenantId: auditedTenant,
      error: error instanceof Error ? faultOf(error).error : "none",
    });
  }
  await queueDue(c.env, auditedTenant);
});

async function enterWhatWasLeft(c: Context<AppEnv>): Promise<void> {
  if (c.var.isAnsweredAgain === true) return;
  const { status } = c.res;
  if (denials.has(status)) {
    const acting = await deniedMember(c);
    if (acting !== null) await acting.enterNow(denialOf(c, status));
    return;
  }
  const { acting, downloadedList } = c.var;
  if (status >= 300 || acting === undefined || acting.hasEntered()) return;
  const { method, pattern } = routeOf(c);
  const on = subjectOf(pattern, c.req.path);
  if (downloadedList !== undefined) {
    await acting.enterNow({ kind: "list-downloaded", on, details: { list: downloadedList } });
    return;
  }
  const kind = actOf(`${method} ${pattern}`);
  if (kind === null) return;
  const details = kind === "other-act" ? { method, route: pattern } : {};
  await acting.enterNow({ kind, on, details });
}

function denialOf(c: Context<AppEnv>, status: number): Act {
  const { method, pattern } = routeOf(c);
  return { kind: "denied", on: subjectOf(pattern, c.req.path), details: { method, route: pattern, status } };
}

/** Who was denied. A door before the one that asks who it is may have shut: then the cookie says it. */
async function deniedMember(c: Context<AppEnv>): Promise<Acting | null> {
  if (c.var.acting !== undefined) return c.var.acting;
  const signedIn = await signedInMember(c, c.env, c.var.settings);
  return signedIn === null ? null : actingOf(c, signedIn.home.database, signedIn.member);
}
