import { and, asc, desc, eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { ExamVersion } from "#domain/exam/exam-version.ts";
import type { ExamId, ExamVersionId, TenantId } from "#domain/exam/ids.ts";
import type { Exam, ExamQuery, ExamSummary } from "#protocol/http/exam.ts";
import { pageOf } from "#protocol/http/page.ts";
import { exams, examVersions } from "./schema.ts";

export function examReader(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);
  const versionColumns = {
    id: examVersions.id,
    number: examVersions.number,
    publishedAt: examVersions.publishedAt,
  };
  return {
    /** The latest changed first, `limit` of them at most. */
    async list({ after, limit }: ExamQuery): Promise<{ exams: ExamSummary[]; next: ExamId | null }> {
      const isAfter =
        after === undefined
          ? undefined
          : sql`(updated_at, id) < (select updated_at, id from exams where tenant_id = ${tenantId} and id = ${after})`;
      const found = await db
        .select()
        .from(exams)
        .where(and(eq(exams.tenantId, tenantId), isAfter))
        .orderBy(desc(exams.updatedAt), desc(exams.id))
        .limit(limit + 1);
      const { rows, next } = pageOf(found, limit, ({ id }) => id);
      const ids = JSON.stringify(rows.map(({ id }) => id));
      const versions = await db
        .select({ ...versionColumns, examId: examVersions.examId })
        .from(examVersions)
        .where(
          and(
            eq(examVersions.tenantId, tenantId),
            sql`${examVersions.examId} in (select value from json_each(${ids}))`,
          ),
        )
        .orderBy(asc(examVersions.number));
      const latest = new Map(versions.map(({ examId, ...version }) => [examId, version]));
      const list = rows.map(({ id, draft, updatedAt }) => ({
        id,
        title: draft.title,
        items: draft.sections.reduce((sum, section) => sum + section.items.length, 0),
        durationMs: draft.durationMs,
        updatedAt,
        latestVersion: latest.get(id) ?? null,
      }));
      return { exams: list, next };
    },

    async byId(id: ExamId): Promise<Exam | null> {
      const [row] = await db
        .select()
        .from(exams)
        .where(and(eq(exams.tenantId, tenantId), eq(exams.id, id)));
      if (row === undefined) return null;
      const versions = await db
        .select({ ...versionColumns, content: examVersions.content })
        .from(examVersions)
        .where(and(eq(examVersions.tenantId, tenantId), eq(examVersions.examId, id)))
        .orderBy(asc(examVersions.number));
      return { id, draft: row.draft, updatedAt: row.updatedAt, versions: versions.map(withPolicy) };
    },

    async version(id: ExamVersionId): Promise<ExamVersion | null> {
      const [row] = await db
        .select({ content: examVersions.content })
        .from(examVersions)
        .where(and(eq(examVersions.tenantId, tenantId), eq(examVersions.id, id)));
      return row?.content ?? null;
    },
  };
}

function withPolicy<Version>({ content, ...version }: Version & { readonly content: ExamVersion }) {
  return { ...version, integrity: content.integrity ?? null };
}
