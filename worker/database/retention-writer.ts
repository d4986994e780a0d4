import { and, eq, isNull, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { drizzle } from "drizzle-orm/d1";
import type { AttemptId, CandidateId, HoldId, SittingId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { type DataClass, dataClasses } from "#domain/retention/data-class.ts";
import type { Periods } from "#domain/retention/period.ts";
import type { AuditSubject } from "#protocol/audit.ts";
import type { Acting } from "../audit/acting.ts";
import { isDone } from "./audit-statement.ts";
import { erasures, legalHolds, retentionPeriods } from "./retention-schema.ts";
import { asReplaced, type Replaced, type Replacement, stillAsSeen, unlessChanged } from "./seen-state.ts";
import { candidates, registrations, sittings } from "./schema.ts";

export type NewHold = {
  readonly id: HoldId;
  readonly on: { readonly kind: "attempt" | "candidate" | "sitting"; readonly id: string };
  readonly reason: string;
};

/** What members decide about keeping. */
export function retentionWriter(database: D1Database, acting: Acting) {
  const { tenantId, memberId } = acting;
  const db = drizzle(database);

  function exists({ kind, id }: NewHold["on"]) {
    switch (kind) {
      case "attempt":
        return db.$count(
          registrations,
          and(eq(registrations.tenantId, tenantId), eq(registrations.attemptId, id as AttemptId)),
        );
      case "candidate":
        return db.$count(candidates, and(eq(candidates.tenantId, tenantId), eq(candidates.id, id as CandidateId)));
      case "sitting":
        return db.$count(sittings, and(eq(sittings.tenantId, tenantId), eq(sittings.id, id as SittingId)));
    }
  }

  return {
    /** [D1] The audit says what each was and is, of those that are others now. */
    async setPeriods(before: Periods, after: Periods, replaced: Replaced): Promise<Replacement | "changed-meanwhile"> {
      const rows = dataClasses.map((of) => ({ tenantId, of, days: after[of] }));
      return unlessChanged(async () => {
        const [, , , [written = { text: null }]] = await db.batch([
          stillAsSeen(database, replaced),
          db
            .insert(retentionPeriods)
            .values(rows)
            .onConflictDoUpdate({
              target: [retentionPeriods.tenantId, retentionPeriods.of],
              set: { days: sql`excluded.days` },
            }),
          acting.enter({ kind: "retention-changed", on: null, details: changesOf(before, after) }),
          asReplaced(database, replaced),
        ]);
        return written;
      });
    },

    /** False where there is no such thing. The reason is kept with the hold, and is not in the audit. */
    async hold({ id, on, reason }: NewHold, now: EpochMs): Promise<boolean> {
      if ((await exists(on)) === 0) return false;
      const named = {
        attemptId: on.kind === "attempt" ? (on.id as AttemptId) : null,
        candidateId: on.kind === "candidate" ? (on.id as CandidateId) : null,
        sittingId: on.kind === "sitting" ? (on.id as SittingId) : null,
      };
      await db.batch([
        db.insert(legalHolds).values({ tenantId, id, ...named, reason, placedAt: now, placedBy: memberId }),
        acting.enter({ kind: "legal-hold-placed", on, details: { hold: id } }),
      ]);
      return true;
    },

    /** False where no such hold stands. */
    async release(id: HoldId, now: EpochMs): Promise<boolean> {
      const which = and(eq(legalHolds.tenantId, tenantId), eq(legalHolds.id, id), isNull(legalHolds.releasedAt));
      const [hold] = await db.select().from(legalHolds).where(which);
      if (hold === undefined) return false;
      const [released] = await db.batch([
        db
          .update(legalHolds)
          .set({ releasedAt: now, releasedBy: memberId })
          .where(which)
          .returning({ id: legalHolds.id }),
        acting.enter({ kind: "legal-hold-released", on: subjectOf(hold), details: { hold: id } }, isDone),
      ]);
      return released.length > 0;
    },

    /** A person's data is to be erased, of all candidates who they are: from here on it goes on until it is done, whatever fails between. */
    async beginErasure(candidateIds: readonly CandidateId[], now: EpochMs): Promise<void> {
      const begin: BatchItem<"sqlite"> = db
        .insert(erasures)
        .select(
          sql`select ${tenantId}, value, ${memberId}, ${now}, null from json_each(${JSON.stringify(candidateIds)}) where true`,
        )
        .onConflictDoNothing();
      const acts = candidateIds.map((id) => ({ kind: "person-erased", on: { kind: "candidate", id } }) as const);
      await db.batch([begin, acting.enterEach(acts)]);
    },
  };
}

function changesOf(before: Periods, after: Periods): Readonly<Record<string, string>> {
  const changed = dataClasses.filter((of: DataClass) => before[of] !== after[of]);
  return Object.fromEntries(changed.map((of) => [of, `${before[of]} > ${after[of]} days`]));
}

function subjectOf({ attemptId, candidateId, sittingId }: typeof legalHolds.$inferSelect): AuditSubject | null {
  if (attemptId !== null) return { kind: "attempt", id: attemptId };
  if (candidateId !== null) return { kind: "candidate", id: candidateId };
  return sittingId === null ? null : { kind: "sitting", id: sittingId };
}
