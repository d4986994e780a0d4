import { isNull, sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
  unique,
} from "drizzle-orm/sqlite-core";
import type { ReviewState } from "#domain/attempt/review.ts";
import type { AttemptStatus } from "#domain/attempt/state.ts";
import type { ExamVersion } from "#domain/exam/exam-version.ts";
import type {
  AttemptId,
  CandidateId,
  ExamId,
  ExamSessionId,
  ExamVersionId,
  MemberId,
  RegistrationId,
  SittingId,
  TenantId,
} from "#domain/exam/ids.ts";
import { type Jurisdiction, type Region, usualCapacity } from "#domain/exam/rooms.ts";
import type { ExamDraft } from "#protocol/http/exam.ts";
import type { Role } from "#domain/access/permission.ts";
import type { HomeName } from "../home.ts";
import { linkOfRegistration } from "./link-schema.ts";

/*
 * Every table is keyed by the tenant first, and every foreign key carries the tenant along: a row that points into
 * another tenant cannot be written. Times are milliseconds since 1970.
 */

const tenantId = () => text("tenant_id").$type<TenantId>().notNull();

export const tenants = sqliteTable("tenants", {
  id: text("id").$type<TenantId>().primaryKey(),
  name: text("name").notNull(),
  createdAt: integer("created_at").notNull(),
  /** Which home has its rows and recordings. In the directory it is believed; it never changes. */
  home: text("home").$type<HomeName>().notNull().default("shared"),
  /** What its rooms are to be bound to, null where it asks for nothing. */
  jurisdiction: text("jurisdiction").$type<Jurisdiction>(),
  language: text("language").$type<"en" | "de" | "fr">().notNull().default("en"),
  changedAt: integer("changed_at").notNull().default(0),
});

export const members = sqliteTable(
  "members",
  {
    tenantId: tenantId().references(() => tenants.id),
    id: text("id").$type<MemberId>().notNull(),
    /** Lower case. One e-mail signs in to one tenant, so of all who are members now it is one's alone. */
    email: text("email").notNull(),
    name: text("name").notNull(),
    passwordHash: text("password_hash").notNull(),
    createdAt: integer("created_at").notNull(),
    /** When the member left: their name stays with what they did, and nothing opens for them. */
    leftAt: integer("left_at"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex("members_email")
      .on(table.email)
      .where(sql`left_at is null`),
    check("members_email_lower", sql`email = lower(email)`),
  ],
);

export const memberRoles = sqliteTable(
  "member_roles",
  {
    tenantId: tenantId(),
    memberId: text("member_id").$type<MemberId>().notNull(),
    role: text("role").$type<Role>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.memberId, table.role] }),
    foreignKey({ columns: [table.tenantId, table.memberId], foreignColumns: [members.tenantId, members.id] }),
    check("member_roles_role", sql`role in ('admin', 'author', 'proctor', 'reviewer', 'auditor')`),
  ],
);

export const exams = sqliteTable(
  "exams",
  {
    tenantId: tenantId().references(() => tenants.id),
    id: text("id").$type<ExamId>().notNull(),
    draft: text("draft", { mode: "json" }).$type<ExamDraft>().notNull(),
    updatedAt: integer("updated_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

/** Never changed and never deleted: triggers see to it (migrations/0001). */
export const examVersions = sqliteTable(
  "exam_versions",
  {
    tenantId: tenantId(),
    id: text("id").$type<ExamVersionId>().notNull(),
    examId: text("exam_id").$type<ExamId>().notNull(),
    number: integer("number").notNull(),
    title: text("title").notNull(),
    content: text("content", { mode: "json" }).$type<ExamVersion>().notNull(),
    publishedAt: integer("published_at").notNull(),
    publishedBy: text("published_by").$type<MemberId>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    unique("exam_versions_number").on(table.tenantId, table.examId, table.number),
    foreignKey({ columns: [table.tenantId, table.examId], foreignColumns: [exams.tenantId, exams.id] }),
    foreignKey({ columns: [table.tenantId, table.publishedBy], foreignColumns: [members.tenantId, members.id] }),
  ],
);

export const sittings = sqliteTable(
  "sittings",
  {
    tenantId: tenantId(),
    id: text("id").$type<SittingId>().notNull(),
    examVersionId: text("exam_version_id").$type<ExamVersionId>().notNull(),
    title: text("title").notNull(),
    opensAt: integer("opens_at").notNull(),
    closesAt: integer("closes_at").notNull(),
    /** Of each room that is opened from now on. */
    roomCapacity: integer("room_capacity").notNull().default(usualCapacity),
    region: text("region").$type<Region>(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    foreignKey({
      columns: [table.tenantId, table.examVersionId],
      foreignColumns: [examVersions.tenantId, examVersions.id],
    }),
    check("sittings_window", sql`opens_at < closes_at`),
  ],
);

/** The rooms of a sitting. Triggers count what is taken, and refuse a registration more than the capacity (migrations/0003). */
export const examSessions = sqliteTable(
  "exam_sessions",
  {
    tenantId: tenantId(),
    id: text("id").$type<ExamSessionId>().notNull(),
    sittingId: text("sitting_id").$type<SittingId>().notNull(),
    /** From 1: "Room 1". */
    number: integer("number").notNull().default(1),
    capacity: integer("capacity").notNull().default(usualCapacity),
    taken: integer("taken").notNull().default(0),
    region: text("region").$type<Region>(),
    /** What its Durable Object is bound to; the id says which object that is (worker/exam-sessions.ts). */
    jurisdiction: text("jurisdiction").$type<Jurisdiction>(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    unique("exam_sessions_number").on(table.tenantId, table.sittingId, table.number),
    index("exam_sessions_sitting").on(table.tenantId, table.sittingId),
    foreignKey({ columns: [table.tenantId, table.sittingId], foreignColumns: [sittings.tenantId, sittings.id] }),
  ],
);

export const proctorAssignments = sqliteTable(
  "proctor_assignments",
  {
    tenantId: tenantId(),
    examSessionId: text("exam_session_id").$type<ExamSessionId>().notNull(),
    memberId: text("member_id").$type<MemberId>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.examSessionId, table.memberId] }),
    index("proctor_assignments_member").on(table.tenantId, table.memberId),
    foreignKey({
      columns: [table.tenantId, table.examSessionId],
      foreignColumns: [examSessions.tenantId, examSessions.id],
    }),
    foreignKey({ columns: [table.tenantId, table.memberId], foreignColumns: [members.tenantId, members.id] }),
  ],
);

/** Who proctors the whole sitting: a room that is opened later is theirs too. What they may see is in proctor_assignments. */
export const sittingLeads = sqliteTable(
  "sitting_leads",
  {
    tenantId: tenantId(),
    sittingId: text("sitting_id").$type<SittingId>().notNull(),
    memberId: text("member_id").$type<MemberId>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.sittingId, table.memberId] }),
    foreignKey({ columns: [table.tenantId, table.sittingId], foreignColumns: [sittings.tenantId, sittings.id] }),
    foreignKey({ columns: [table.tenantId, table.memberId], foreignColumns: [members.tenantId, members.id] }),
  ],
);

export const candidates = sqliteTable(
  "candidates",
  {
    tenantId: tenantId().references(() => tenants.id),
    id: text("id").$type<CandidateId>().notNull(),
    name: text("name").notNull(),
    email: text("email"),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const registrations = sqliteTable(
  "registrations",
  {
    tenantId: tenantId(),
    id: text("id").$type<RegistrationId>().notNull(),
    sittingId: text("sitting_id").$type<SittingId>().notNull(),
    examSessionId: text("exam_session_id").$type<ExamSessionId>().notNull(),
    candidateId: text("candidate_id").$type<CandidateId>().notNull(),
    attemptId: text("attempt_id").$type<AttemptId>().notNull(),
    ...linkOfRegistration,
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    unique("registrations_attempt").on(table.tenantId, table.attemptId),
    index("registrations_sitting").on(table.tenantId, table.sittingId),
    foreignKey({ columns: [table.tenantId, table.sittingId], foreignColumns: [sittings.tenantId, sittings.id] }),
    foreignKey({
      columns: [table.tenantId, table.examSessionId],
      foreignColumns: [examSessions.tenantId, examSessions.id],
    }),
    foreignKey({ columns: [table.tenantId, table.candidateId], foreignColumns: [candidates.tenantId, candidates.id] }),
  ],
);

/** Read model of an attempt: told by its exam session, whose log is the truth. `statusSeq` is the event that gave the status. */
export const attempts = sqliteTable(
  "attempts",
  {
    tenantId: tenantId(),
    id: text("id").$type<AttemptId>().notNull(),
    examSessionId: text("exam_session_id").$type<ExamSessionId>().notNull(),
    status: text("status").$type<AttemptStatus>().notNull(),
    openedAt: integer("opened_at"),
    closedAt: integer("closed_at"),
    points: real("points"),
    outOf: real("out_of"),
    statusSeq: integer("status_seq").notNull(),
    review: text("review").$type<ReviewState>(),
    reviewSeq: integer("review_seq").notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index("attempts_going_on").on(table.tenantId, table.openedAt).where(isNull(table.closedAt)),
    foreignKey({
      columns: [table.tenantId, table.id],
      foreignColumns: [registrations.tenantId, registrations.attemptId],
    }),
    foreignKey({
      columns: [table.tenantId, table.examSessionId],
      foreignColumns: [examSessions.tenantId, examSessions.id],
    }),
  ],
);
