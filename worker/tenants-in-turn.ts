import { drizzle } from "drizzle-orm/d1";
import { tenants } from "./database/schema.ts";

/**
 * All institutions, for a run that comes every so many milliseconds. [D6] Each time another one is the first, so that where
 * there is more than a run may do, nobody is always the last.
 */
export async function tenantsInTurn(database: D1Database, scheduledAt: number, everyMs: number) {
  const all = await drizzle(database).select({ id: tenants.id, home: tenants.home }).from(tenants).orderBy(tenants.id);
  const first = all.length === 0 ? 0 : Math.floor(scheduledAt / everyMs) % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}
