import { drizzle } from "drizzle-orm/d1";
import { tenants } from "../database/schema.ts";
import type { Env } from "../env.ts";
import { homesOf } from "../home.ts";
import { log } from "../log.ts";
import { runRetention } from "./run.ts";

/** The schedule of wrangler.toml. */
const everyMs = 5 * 60 * 1000;

/**
 * Carries retention out for each institution. [D6] Each time another one is the first, so that where there is more than a
 * request may do, nobody is always the last.
 */
export async function runScheduledRetention(env: Env, scheduledAt: number): Promise<void> {
  const all = await drizzle(env.DB).select({ id: tenants.id, home: tenants.home }).from(tenants).orderBy(tenants.id);
  const first = all.length === 0 ? 0 : Math.floor(scheduledAt / everyMs) % all.length;
  for (const { id, home } of [...all.slice(first), ...all.slice(0, first)]) {
    try {
      await runRetention(env, homesOf(env)[home], id, null);
    } catch (error) {
      // Its database is away, or the request has used up what it may: the next one begins elsewhere.
      const reason = error instanceof Error ? error.message : "not an Error";
      log({ event: "retention-failed", tenantId: id, what: "run", error: reason });
    }
  }
}
