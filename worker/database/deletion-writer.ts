import { and, eq, isNotNull, isNull, lt, ne, type SQL, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { drizzle } from "drizzle-orm/d1";
import { encodeBase64 } from "#domain/evidence/base64.ts";
import { saltedLeaf } from "#domain/evidence/salted-leaf.ts";
import type { CandidateId, MemberId, RunId, TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { attemptClasses } from "#domain/retention/data-class.ts";
import { erasedName } from "#domain/retention/erasure.ts";
import { stretchesOf } from "#domain/retention/stretch.ts";
import type { AuditDetails, AuditEntry, AuditSubject } from "#protocol/audit.ts";
import { sha256 } from "../sha256.ts";
import { auditEntries } from "./audit-schema.ts";
import { auditStatement } from "./audit-statement.ts";
import { isHeld } from "./is-held.ts";
import { deletedParts, erasures, legalHolds, retentionRuns } from "./retention-schema.ts";
import type { AttemptPart } from "./retention-reader.ts";
import { mails } from "./mail-schema.ts";
import { itemScores, violations } from "./outcome-schema.ts";
import { attempts, candidates } from "./schema.ts";

/** Why something is deleted: its period of so many days is over, or its person asked. */
export type DeletionRule =
  | { readonly rule: "period"; readonly days: number }
  | { readonly rule: "erasure"; readonly days: null };

export const byErasure: DeletionRule = { rule: "erasure", days: null };

export type RunEnd = { readonly deleted: number; readonly failed: number; readonly isMore: boolean };

const isSameAddress = sql`lower(trim(person.email)) = lower(trim(${mails.to}))`;

/** What retention itself writes: each deletion with its entry in one batch, by the system. [D6] */
export function deletionWriter(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);

  function entered(source: string, on: AuditSubject | null, at: EpochMs, details: AuditDetails): BatchItem<"sqlite"> {
    return auditStatement(database, tenantId, [{ source, entry: deletion(on, at, details) }]);
  }

  /** What the tables of lists and reports have of the part. */
  function rowsOf({ attemptId, candidateId, of }: AttemptPart): readonly BatchItem<"sqlite">[] {
    switch (of) {
      case "recordings":
      case "snapshots":
      case "identity":
        return [];
      case "answers":
        return [
          db.delete(itemScores).where(and(eq(itemScores.tenantId, tenantId), eq(itemScores.attemptId, attemptId))),
          db.delete(violations).where(and(eq(violations.tenantId, tenantId), eq(violations.attemptId, attemptId))),
        ];
      case "results": {
        // The name goes with the last attempt that has one, and before it what was sent to its address.
        const isLast = sql`not exists (
          select 1 from registrations where tenant_id = ${tenantId} and candidate_id = ${candidateId}
            and not exists (select 1 from deleted_parts as gone where gone.tenant_id = ${tenantId}
              and gone.attempt_id = registrations.attempt_id and gone.class = 'results'))`;
        return [
          mailsOf(candidateId, isLast),
          reasonsOf(candidateId, isLast),
          db
            .update(attempts)
            .set({ points: null, outOf: null })
            .where(and(eq(attempts.tenantId, tenantId), eq(attempts.id, attemptId))),
          db
            .update(candidates)
            .set({ name: erasedName, email: null })
            .where(and(eq(candidates.tenantId, tenantId), eq(candidates.id, candidateId), isLast)),
        ];
      }
    }
  }

  /**
   * What was sent to the address of a place about its sitting; before the address goes, by which the mails are found. Whose a
   * mail was cannot be told where others of the sitting have the same address: it goes with the last of them, and not while
   * a hold keeps any. [D8]
   */
  function mailsOf(candidateId: CandidateId, when: SQL): BatchItem<"sqlite"> {
    const there = sql`select 1 from registrations as places
      join candidates as person on person.tenant_id = places.tenant_id and person.id = places.candidate_id
      where places.tenant_id = ${tenantId} and places.sitting_id = ${mails.sittingId} and ${isSameAddress}`;
    return db
      .delete(mails)
      .where(
        and(
          eq(mails.tenantId, tenantId),
          eq(mails.kind, "candidate-link"),
          sql`exists (${there} and places.candidate_id = ${candidateId})`,
          sql`not exists (${there} and (places.candidate_id <> ${candidateId} or ${isHeld(tenantId)}))`,
          when,
        ),
      );
  }

  /** Why the candidate or their attempt was held is somebody's own words about them, and goes with their name once it is not held any more. */
  function reasonsOf(candidateId: CandidateId, when: SQL): BatchItem<"sqlite"> {
    const theirs = sql`(${legalHolds.candidateId} = ${candidateId} or ${legalHolds.attemptId} in (
      select attempt_id from registrations where tenant_id = ${tenantId} and candidate_id = ${candidateId}))`;
    return db
      .update(legalHolds)
      .set({ reason: "" })
      .where(and(eq(legalHolds.tenantId, tenantId), isNotNull(legalHolds.releasedAt), theirs, when));
  }

  return {
    /** The part is gone: its rows with it. Said once, however often it is told. */
    async partDeleted(part: AttemptPart, why: DeletionRule, objects: number, now: EpochMs): Promise<void> {
      const { attemptId, of } = part;
      const { rule, days } = why;
      const details = { class: of, rule, objects, ...(days === null ? {} : { days }) };
      await db.batch([
        db
          .insert(deletedParts)
          .values({ tenantId, attemptId, of, ...why, deletedAt: now })
          .onConflictDoNothing(),
        ...rowsOf(part),
        entered(`deleted:${of}:${attemptId}`, { kind: "attempt", id: attemptId }, now, details),
      ]);
    },

    /** Of each of these entries the leaf stays [D7], and of each stretch of them without gaps an entry says so. [D15] */
    async entriesErased(
      entries: readonly { readonly number: number; readonly salt: string; readonly entry: string }[],
      now: EpochMs,
    ): Promise<void> {
      const leaves = entries.map(({ number, salt, entry }) => [number, encodeBase64(saltedLeaf(salt, entry, sha256))]);
      const each = sql`json_each(${JSON.stringify(leaves)})`;
      const erase = db
        .update(auditEntries)
        .set({
          leaf: sql`(select value ->> 1 from ${each} where value ->> 0 = ${auditEntries.seq})`,
          salt: "",
          entry: "{}",
          source: null,
        })
        .where(and(eq(auditEntries.tenantId, tenantId), sql`${auditEntries.seq} in (select value ->> 0 from ${each})`));
      const said = stretchesOf(entries.map(({ number }) => number)).map(({ from, to }) => ({
        source: `deleted:audit:${from}-${to}:${now}`,
        entry: deletion(null, now, { class: "audit", rule: "period", entries: to - from + 1, from, to }),
      }));
      await db.batch([erase, auditStatement(database, tenantId, said)]);
    },

    /** The person is gone: of them there are ids left, which lead to nobody. */
    async personErased(candidateId: CandidateId, now: EpochMs): Promise<void> {
      const who = and(eq(candidates.tenantId, tenantId), eq(candidates.id, candidateId));
      await db.batch([
        mailsOf(candidateId, sql`1`),
        reasonsOf(candidateId, sql`1`),
        db.update(candidates).set({ name: erasedName, email: null }).where(who),
        db
          .update(erasures)
          .set({ doneAt: now })
          .where(and(eq(erasures.tenantId, tenantId), eq(erasures.candidateId, candidateId), isNull(erasures.doneAt))),
        entered(`erased:${candidateId}`, { kind: "candidate", id: candidateId }, now, {
          class: attemptClasses.join(" "),
          rule: "erasure",
        }),
      ]);
    },

    /** What was sent to staff before `oldest` is forgotten. What was sent to a candidate goes with their name, or is held with it. */
    async forgetStaffMails(oldest: EpochMs): Promise<void> {
      const isOfStaff = and(eq(mails.tenantId, tenantId), ne(mails.kind, "candidate-link"));
      await db.delete(mails).where(and(isOfStaff, lt(mails.createdAt, oldest)));
    },

    async beginRun(id: RunId, startedBy: MemberId | null, startedAt: EpochMs): Promise<void> {
      await db.insert(retentionRuns).values({ tenantId, id, startedBy, startedAt });
    },

    /** `oldest`: runs from before it are forgotten. */
    async endRun(id: RunId, end: RunEnd, endedAt: EpochMs, oldest: EpochMs): Promise<void> {
      await db.batch([
        db
          .update(retentionRuns)
          .set({ ...end, endedAt })
          .where(and(eq(retentionRuns.tenantId, tenantId), eq(retentionRuns.id, id))),
        db.delete(retentionRuns).where(and(eq(retentionRuns.tenantId, tenantId), lt(retentionRuns.startedAt, oldest))),
      ]);
    },
  };
}

function deletion(on: AuditSubject | null, at: EpochMs, details: AuditDetails): AuditEntry {
  return { at, kind: "retention-deleted", who: { kind: "system" }, on, from: null, requestId: null, details };
}
