import { and, eq, inArray, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { ExamVersion } from "#domain/exam/exam-version.ts";
import type { ExamId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { ExamDraft } from "#protocol/http/exam.ts";
import type { Acting } from "../audit/acting.ts";
import { isDone } from "./audit-statement.ts";
import { exams, examVersions } from "./schema.ts";

/** Writes exams for the member who acts, with an entry in the audit beside each change. */
export function examWriter(database: D1Database, acting: Acting) {
  const { tenantId, memberId } = acting;
  const db = drizzle(database);
  return {
    async create(id: ExamId, draft: ExamDraft, now: EpochMs): Promise<void> {
      await db.batch([
        db.insert(exams).values({ tenantId, id, draft, updatedAt: now }),
        acting.enter({ kind: "exam-created", on: { kind: "exam", id } }),
      ]);
    },

    /**
     * When it was changed, which is later than any change before. Null, and nothing is done, where the tenant has no such
     * exam, or it was last changed at none of the moments in `seen`; null there: whenever it was.
     */
    async putDraft(
      id: ExamId,
      draft: ExamDraft,
      now: EpochMs,
      seen: readonly EpochMs[] | null,
    ): Promise<EpochMs | null> {
      const [changed] = await db.batch([
        db
          .update(exams)
          .set({ draft, updatedAt: sql`max(${now}, updated_at + 1)` })
          .where(
            and(
              eq(exams.tenantId, tenantId),
              eq(exams.id, id),
              seen === null ? undefined : inArray(exams.updatedAt, seen.slice(0, 10)),
            ),
          )
          .returning({ updatedAt: exams.updatedAt }),
        acting.enter({ kind: "exam-changed", on: { kind: "exam", id } }, isDone),
      ]);
      return changed[0]?.updatedAt ?? null;
    },

    /** Freezes a version. False when its number was taken meanwhile: somebody else published at the same moment. */
    async publish(content: ExamVersion, now: EpochMs): Promise<boolean> {
      const { id, examId, number, title } = content;
      const [added] = await db.batch([
        db
          .insert(examVersions)
          .values({ tenantId, id, examId, number, title, content, publishedAt: now, publishedBy: memberId })
          .onConflictDoNothing({ target: [examVersions.tenantId, examVersions.examId, examVersions.number] })
          .returning({ id: examVersions.id }),
        acting.enter(
          { kind: "exam-published", on: { kind: "exam", id: examId }, details: { version: number } },
          isDone,
        ),
      ]);
      return added.length > 0;
    },
  };
}
