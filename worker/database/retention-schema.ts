import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { AttemptId, CandidateId, HoldId, MemberId, RunId, SittingId, TenantId } from "#domain/exam/ids.ts";
import type { AttemptClass, DataClass } from "#domain/retention/data-class.ts";
import { attempts, candidates, members, sittings, tenants } from "./schema.ts";

/* Times are milliseconds since 1970. */

const tenantId = () => text("tenant_id").$type<TenantId>().notNull();

/** How long an institution keeps a class of data. What has no row is kept as long as is usual. */
export const retentionPeriods = sqliteTable(
  "retention_periods",
  {
    tenantId: tenantId().references(() => tenants.id),
    of: text("class").$type<DataClass>().notNull(),
    days: integer("days").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.of] })],
);

/** Nothing of what a hold names is deleted or erased while it stands: one of attempt, candidate and sitting. */
export const legalHolds = sqliteTable(
  "legal_holds",
  {
    tenantId: tenantId(),
    id: text("id").$type<HoldId>().notNull(),
    attemptId: text("attempt_id").$type<AttemptId>(),
    candidateId: text("candidate_id").$type<CandidateId>(),
    sittingId: text("sitting_id").$type<SittingId>(),
    reason: text("reason").notNull(),
    placedAt: integer("placed_at").notNull(),
    placedBy: text("placed_by").$type<MemberId>().notNull(),
    releasedAt: integer("released_at"),
    releasedBy: text("released_by").$type<MemberId>(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index("legal_holds_attempt").on(table.tenantId, table.attemptId),
    index("legal_holds_candidate").on(table.tenantId, table.candidateId),
    index("legal_holds_sitting").on(table.tenantId, table.sittingId),
    foreignKey({ columns: [table.tenantId, table.attemptId], foreignColumns: [attempts.tenantId, attempts.id] }),
    foreignKey({ columns: [table.tenantId, table.candidateId], foreignColumns: [candidates.tenantId, candidates.id] }),
    foreignKey({ columns: [table.tenantId, table.sittingId], foreignColumns: [sittings.tenantId, sittings.id] }),
    foreignKey({ columns: [table.tenantId, table.placedBy], foreignColumns: [members.tenantId, members.id] }),
    foreignKey({ columns: [table.tenantId, table.releasedBy], foreignColumns: [members.tenantId, members.id] }),
    check("legal_holds_one", sql`(attempt_id is not null) + (candidate_id is not null) + (sitting_id is not null) = 1`),
  ],
);

/** Which parts of which attempts are gone, since when and by which rule. */
export const deletedParts = sqliteTable(
  "deleted_parts",
  {
    tenantId: tenantId(),
    attemptId: text("attempt_id").$type<AttemptId>().notNull(),
    of: text("class").$type<AttemptClass>().notNull(),
    rule: text("rule").$type<"period" | "erasure">().notNull(),
    deletedAt: integer("deleted_at").notNull(),
    /** For how many days it was kept then; null where that was not the rule, or was not noted yet. */
    days: integer("days"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.attemptId, table.of] }),
    foreignKey({ columns: [table.tenantId, table.attemptId], foreignColumns: [attempts.tenantId, attempts.id] }),
  ],
);

/** When retention was carried out. `startedBy`: null where the schedule did. `endedAt`: null where it was cut off, or goes on. */
export const retentionRuns = sqliteTable(
  "retention_runs",
  {
    tenantId: tenantId().references(() => tenants.id),
    id: text("id").$type<RunId>().notNull(),
    startedBy: text("started_by").$type<MemberId>(),
    startedAt: integer("started_at").notNull(),
    endedAt: integer("ended_at"),
    deleted: integer("deleted").notNull().default(0),
    failed: integer("failed").notNull().default(0),
    /** Whether something due was left for the next. */
    isMore: integer("is_more", { mode: "boolean" }).notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index("retention_runs_started").on(table.tenantId, table.startedAt),
    foreignKey({ columns: [table.tenantId, table.startedBy], foreignColumns: [members.tenantId, members.id] }),
  ],
);

/** Whose data was to be erased at their own wish. `doneAt`: null while some of it is left, which the next run goes on with. */
export const erasures = sqliteTable(
  "erasures",
  {
    tenantId: tenantId(),
    candidateId: text("candidate_id").$type<CandidateId>().notNull(),
    askedBy: text("asked_by").$type<MemberId>().notNull(),
    askedAt: integer("asked_at").notNull(),
    doneAt: integer("done_at"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.candidateId] }),
    foreignKey({ columns: [table.tenantId, table.candidateId], foreignColumns: [candidates.tenantId, candidates.id] }),
    foreignKey({ columns: [table.tenantId, table.askedBy], foreignColumns: [members.tenantId, members.id] }),
  ],
);
