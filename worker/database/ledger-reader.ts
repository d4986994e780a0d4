import { and, asc, desc, eq, gte, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { alias } from "drizzle-orm/sqlite-core";
import type { AttemptStatus } from "#domain/attempt/state.ts";
import type { AttemptId, ExamSessionId, MemberId, TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { balanceByDay, type DayBalance } from "#domain/ledger/balance-by-day.ts";
import type { Transfer } from "#domain/ledger/entry.ts";
import type { Standing } from "#domain/ledger/limit.ts";
import { type Billed, refundRefusal } from "#domain/ledger/refund.ts";
import type { LedgerEntry, LedgerQuery, ListedLedgerEntry } from "#protocol/http/ledger.ts";
import { auditEntries } from "./audit-schema.ts";
import { balanceOf, changes, promisedBy } from "./ledger-limit.ts";
import { ledgerEntries, ledgerLimits } from "./ledger-schema.ts";
import { attempts, candidates, members, registrations } from "./schema.ts";

const entriesPerPage = 50;
const daysShown = 90;
/** In milliseconds, and in SQL itself: D1 binds every number as a float, by which nothing is divided whole. */
const day = sql.raw("86400000");

/** What an attempt was debited: the entry that a refund takes back. */
export type Debited = { readonly number: number; readonly transfer: Transfer; readonly attemptId: AttemptId | null };

/** An attempt that was debited, and not refunded. */
export type Unrefunded = {
  readonly attemptId: AttemptId;
  readonly examSessionId: ExamSessionId;
  readonly debit: Debited;
};

/** Of these each is asked about; more than that were never left open at once. */
const unrefundedAtOnce = 2_000;

const reversal = alias(ledgerEntries, "reversal");

const entryColumns = {
  number: ledgerEntries.number,
  at: ledgerEntries.at,
  kind: ledgerEntries.kind,
  from: ledgerEntries.paidFrom,
  to: ledgerEntries.paidTo,
  amount: ledgerEntries.amount,
  change: ledgerEntries.change,
  key: ledgerEntries.key,
  attemptId: ledgerEntries.attemptId,
  reverses: ledgerEntries.reverses,
  reason: ledgerEntries.reason,
  usage: ledgerEntries.usage,
};

/** The ledger of one tenant. */
export function ledgerReader(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);

  /** Entries with what has to be known of their attempts and of who took them back. */
  function rows(where: SQL | undefined) {
    return db
      .select({
        ...entryColumns,
        name: candidates.name,
        reversedBy: reversal.number,
        status: attempts.status,
        linkExpiresAt: registrations.linkExpiresAt,
        refundedBy: memberWhoRefunded(tenantId),
      })
      .from(ledgerEntries)
      .leftJoin(reversal, and(eq(reversal.tenantId, tenantId), eq(reversal.reverses, ledgerEntries.number)))
      .leftJoin(attempts, and(eq(attempts.tenantId, tenantId), eq(attempts.id, ledgerEntries.attemptId)))
      .leftJoin(
        registrations,
        and(eq(registrations.tenantId, tenantId), eq(registrations.attemptId, ledgerEntries.attemptId)),
      )
      .leftJoin(candidates, and(eq(candidates.tenantId, tenantId), eq(candidates.id, registrations.candidateId)))
      .where(and(eq(ledgerEntries.tenantId, tenantId), where));
  }

  /** Attempts that were debited and not refunded, the latest debit first. */
  async function unrefunded(where: SQL | undefined): Promise<readonly Unrefunded[]> {
    const found = await db
      .select({
        attemptId: attempts.id,
        examSessionId: attempts.examSessionId,
        number: ledgerEntries.number,
        from: ledgerEntries.paidFrom,
        to: ledgerEntries.paidTo,
        amount: ledgerEntries.amount,
      })
      .from(attempts)
      .innerJoin(registrations, and(eq(registrations.tenantId, tenantId), eq(registrations.attemptId, attempts.id)))
      .innerJoin(
        ledgerEntries,
        and(
          eq(ledgerEntries.tenantId, tenantId),
          eq(ledgerEntries.attemptId, attempts.id),
          eq(ledgerEntries.kind, "debit"),
        ),
      )
      .leftJoin(reversal, and(eq(reversal.tenantId, tenantId), eq(reversal.reverses, ledgerEntries.number)))
      .where(and(eq(attempts.tenantId, tenantId), where, isNull(reversal.number)))
      .orderBy(desc(ledgerEntries.number))
      .limit(unrefundedAtOnce);
    return found.map(({ attemptId, examSessionId, number, ...transfer }) => ({
      attemptId,
      examSessionId,
      debit: { number, transfer, attemptId },
    }));
  }

  /** What members are called. */
  async function namesOf(ids: readonly (MemberId | null)[]): Promise<ReadonlyMap<string, string>> {
    if (ids.every((id) => id === null)) return new Map();
    const found = await db
      .select({ id: members.id, name: members.name })
      .from(members)
      .where(
        and(
          eq(members.tenantId, tenantId),
          sql`${members.id} in (select value from json_each(${JSON.stringify(ids)}))`,
        ),
      );
    return new Map(found.map(({ id, name }) => [id, name]));
  }

  return {
    /** [B5] [B9] */
    async standing(now: EpochMs): Promise<Standing> {
      const [row] = await db.all<{ balance: number; promised: number; overdraft: number | null }>(sql`
        select
          ${balanceOf(tenantId)} as balance,
          ${promisedBy(tenantId, now)} as promised,
          (select overdraft from ${ledgerLimits} where tenant_id = ${tenantId}) as overdraft`);
      if (row === undefined) throw new Error("a select without a table gave no row");
      return row;
    },

    /** The balance at the end of each day on which it changed; the latest of them. */
    async days(): Promise<readonly DayBalance[]> {
      const found = await db.all<{ at: EpochMs; change: number }>(sql`
        select at / ${day} * ${day} as at, sum(change) as change from ${changes}
        where tenant_id = ${tenantId} group by 1 order by 1`);
      return balanceByDay(found).slice(-daysShown);
    },

    /** [B13] One page, newest first. */
    async list(
      { kind, attempt, before }: LedgerQuery,
      now: EpochMs,
    ): Promise<{ readonly entries: readonly ListedLedgerEntry[]; readonly older: number | null }> {
      const found = await rows(
        and(
          kind === undefined ? undefined : eq(ledgerEntries.kind, kind),
          attempt === undefined ? undefined : eq(ledgerEntries.attemptId, attempt),
          before === undefined ? undefined : lt(ledgerEntries.number, before),
        ),
      )
        .orderBy(desc(ledgerEntries.number))
        .limit(entriesPerPage + 1);
      const names = await namesOf(found.map(({ refundedBy }) => refundedBy));
      const entries = found.slice(0, entriesPerPage).map(({ status, linkExpiresAt, refundedBy: id, ...entry }) => ({
        ...entry,
        refundedBy: id === null ? null : { id, name: names.get(id) ?? null },
        mayRefund:
          refundRefusal({
            wasDebited: entry.kind === "debit",
            wasReversed: entry.reversedBy !== null,
            isOver: isOver(status, linkExpiresAt, now),
          }) === null,
      }));
      return { entries, older: found.length > entriesPerPage ? (entries.at(-1)?.number ?? null) : null };
    },

    /** Entries in order, from this number on. */
    async stretch(number: number, count: number): Promise<readonly LedgerEntry[]> {
      return db
        .select(entryColumns)
        .from(ledgerEntries)
        .where(and(eq(ledgerEntries.tenantId, tenantId), gte(ledgerEntries.number, number)))
        .orderBy(asc(ledgerEntries.number))
        .limit(count);
    },

    /** [B16] Attempts that cost something and never ended, though since before `until` nobody can go on with them. */
    async unended(until: EpochMs): Promise<readonly Unrefunded[]> {
      return unrefunded(
        and(isNotNull(attempts.openedAt), isNull(attempts.closedAt), lt(registrations.linkExpiresAt, until)),
      );
    },

    /** [B18] Which of these attempts of a room ended, cost something, and were not refunded. */
    async debitsOfEnded(examSessionId: ExamSessionId, ids: readonly AttemptId[]): Promise<readonly Unrefunded[]> {
      const asked = sql`${attempts.id} in (select value from json_each(${JSON.stringify(ids)}))`;
      return unrefunded(and(eq(attempts.examSessionId, examSessionId), isNotNull(attempts.closedAt), asked));
    },

    /** How an attempt stands in the ledger, and what it was debited; null where there is no such attempt. */
    async billed(attemptId: AttemptId, now: EpochMs): Promise<(Billed & { readonly debit: Debited | null }) | null> {
      const [place] = await db
        .select({ status: attempts.status, linkExpiresAt: registrations.linkExpiresAt })
        .from(attempts)
        .innerJoin(
          registrations,
          and(eq(registrations.tenantId, attempts.tenantId), eq(registrations.attemptId, attempts.id)),
        )
        .where(and(eq(attempts.tenantId, tenantId), eq(attempts.id, attemptId)));
      if (place === undefined) return null;
      const [debit] = await rows(
        and(eq(ledgerEntries.attemptId, attemptId), eq(ledgerEntries.kind, "debit"), isNull(ledgerEntries.reverses)),
      );
      return {
        debit: debit === undefined ? null : { number: debit.number, transfer: debit, attemptId },
        wasDebited: debit !== undefined,
        wasReversed: debit !== undefined && debit.reversedBy !== null,
        isOver: isOver(place.status, place.linkExpiresAt, now),
      };
    },
  };
}

/** [B18] Who a refund is entered for in the audit, where that is a member or a key of one. */
function memberWhoRefunded(tenantId: TenantId): SQL<MemberId | null> {
  return sql`case when ${ledgerEntries.kind} = 'refund' then (
    select coalesce(done.entry ->> '$.who.memberId', iif(done.entry ->> '$.who.kind' = 'member', done.actor, null))
    from ${auditEntries} as done
    where done.tenant_id = ${tenantId} and done.subject = ${ledgerEntries.attemptId}
      and done.kind = 'attempt-refunded' and done.entry ->> '$.details.ledgerKey' = ${ledgerEntries.key}
  ) end`;
}

/** One whose session can no longer tell that it ended is over when its link has ended. */
function isOver(status: AttemptStatus | null, linkExpiresAt: EpochMs | null, now: EpochMs): boolean {
  return status === "handed-in" || status === "terminated" || (linkExpiresAt !== null && now >= linkExpiresAt);
}
