import { and, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { ExamVersion } from "#domain/exam/exam-version.ts";
import type { ExamId, MemberId, TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { ExamDraft } from "#protocol/http/exam.ts";
import { exams, examVersions } from "./schema.ts";

export function examWriter(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);
  return {
    async create(id: ExamId, draft: ExamDraft, now: EpochMs): Promise<void> {
      await db.insert(exams).values({ tenantId, id, draft, updatedAt: now });
    },

    /** False when the tenant has no such exam. */
    async putDraft(id: ExamId, draft: ExamDraft, now: EpochMs): Promise<boolean> {
      const changed = await db
        .update(exams)
        .set({ draft, updatedAt: now })
        .where(and(eq(exams.tenantId, tenantId), eq(exams.id, id)))
        .returning({ id: exams.id });
      return changed.length > 0;
    },

    /** Freezes a version. False when its number was taken meanwhile: somebody else published at the same moment. */
    async publish(content: ExamVersion, by: MemberId, now: EpochMs): Promise<boolean> {
      const { id, examId, number, title } = content;
      const added = await db
        .insert(examVersions)
        .values({ tenantId, id, examId, number, title, content, publishedAt: now, publishedBy: by })
        .onConflictDoNothing({ target: [examVersions.tenantId, examVersions.examId, examVersions.number] })
        .returning({ id: examVersions.id });
      return added.length > 0;
    },
  };
}
