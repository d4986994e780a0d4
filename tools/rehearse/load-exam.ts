import { brand, type ItemId, type SectionId } from "#domain/exam/ids.ts";
import type { ExamDraft } from "#protocol/http/exam.ts";

/** Eight questions to be answered with a text, so that every answer of the load can be told from every other. */
export const loadItems: readonly ItemId[] = Array.from({ length: 8 }, (_, index) => brand<ItemId>(`load-${index + 1}`));

export const loadExam: ExamDraft = {
  title: "Rehearsal",
  instructions: "Nobody reads this.",
  durationMs: 2 * 60 * 60 * 1000,
  policy: "standard",
  sections: [
    {
      id: brand<SectionId>("load"),
      title: "All questions",
      items: loadItems.map((id) => ({
        kind: "short-text" as const,
        id,
        prompt: `What does ${id} ask for? The text of a question is about as long as this one is, or a little longer.`,
        points: 1,
        category: null,
        key: { accepted: ["nobody knows"], caseSensitive: false },
      })),
    },
  ],
};
