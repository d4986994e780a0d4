import { and, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { keptAnswers } from "./answer-schema.ts";

/** Whose request it is, and its name (its hash). */
export type NamedRequest = { readonly tenantId: TenantId; readonly actor: string; readonly name: string };

export type KeptAnswer = { readonly request: string; readonly status: number | null; readonly body: string | null };

export function answerWriter(database: D1Database, { tenantId, actor, name }: NamedRequest) {
  const db = drizzle(database);
  const its = and(eq(keptAnswers.tenantId, tenantId), eq(keptAnswers.actor, actor), eq(keptAnswers.name, name));
  return {
    /** Null: the name is this request's from now on. Else what the one before it came to. */
    async begin(request: string, now: EpochMs): Promise<KeptAnswer | null> {
      const [taken, known] = await db.batch([
        db
          .insert(keptAnswers)
          .values({ tenantId, actor, name, request, createdAt: now })
          .onConflictDoNothing()
          .returning({ name: keptAnswers.name }),
        db
          .select({ request: keptAnswers.request, status: keptAnswers.status, body: keptAnswers.body })
          .from(keptAnswers)
          .where(its),
      ]);
      return taken.length > 0 ? null : (known[0] ?? null);
    },

    async keep(status: number, body: string | null): Promise<void> {
      await db.update(keptAnswers).set({ status, body }).where(its);
    },

    /** Nothing was done: the name is free again. */
    async forget(): Promise<void> {
      await db.delete(keptAnswers).where(its);
    },
  };
}
