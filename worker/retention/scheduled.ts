import type { Env } from "../env.ts";
import { homesOf } from "../home.ts";
import { log } from "../log.ts";
import { tenantsInTurn } from "../tenants-in-turn.ts";
import { runRetention } from "./run.ts";

/** The schedule of wrangler.toml. */
const everyMs = 5 * 60 * 1000;

/** Carries retention out for each institution. */
export async function runScheduledRetention(env: Env, scheduledAt: number): Promise<void> {
  for (const { id, home } of await tenantsInTurn(env.DB, scheduledAt, everyMs)) {
    try {
      await runRetention(env, homesOf(env)[home], id, null);
    } catch (error) {
      // Its database is away, or the request has used up what it may: the next one begins elsewhere.
      const reason = error instanceof Error ? error.message : "not an Error";
      log({ event: "retention-failed", tenantId: id, what: "run", error: reason });
    }
  }
}
