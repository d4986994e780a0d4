import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { TenantId } from "#domain/exam/ids.ts";
import type { Jurisdiction } from "#domain/exam/rooms.ts";
import { tenants } from "./schema.ts";

export function tenantReader(database: D1Database, tenantId: TenantId) {
  return {
    /** What the institution asks its rooms to be bound to. */
    async jurisdiction(): Promise<Jurisdiction | null> {
      const [row] = await drizzle(database)
        .select({ jurisdiction: tenants.jurisdiction })
        .from(tenants)
        .where(eq(tenants.id, tenantId));
      return row?.jurisdiction ?? null;
    },
  };
}
