import { and, eq, inArray, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { MailLanguage } from "#protocol/http/mail.ts";
import type { Acting } from "../audit/acting.ts";
import { isDone } from "./audit-statement.ts";
import { tenants } from "./schema.ts";

/** What an institution sets of itself, in its own home: the directory's copy says where that is, and nothing else is read there. */
export function institutionWriter(database: D1Database, acting: Acting) {
  const db = drizzle(database);
  return {
    /**
     * Since when it is so; null, and nothing is done, where it was last changed at none of the moments in `seen`. Null there:
     * whenever it was.
     */
    async setLanguage(language: MailLanguage, now: EpochMs, seen: readonly EpochMs[] | null): Promise<EpochMs | null> {
      const [changed] = await db.batch([
        db
          .update(tenants)
          .set({ language, changedAt: sql`max(${now}, changed_at + 1)` })
          .where(
            and(
              eq(tenants.id, acting.tenantId),
              seen === null ? undefined : inArray(tenants.changedAt, seen.slice(0, 10)),
            ),
          )
          .returning({ changedAt: tenants.changedAt }),
        acting.enter({ kind: "institution-changed", on: null, details: { language } }, isDone),
      ]);
      return changed[0]?.changedAt ?? null;
    },
  };
}
