import type { ExamId, ExamVersionId, SectionId } from "./ids.ts";
import type { Item } from "./item.ts";

export type Section = {
  readonly id: SectionId;
  readonly title: string;
  readonly items: readonly Item[];
};

/** The integrity policy by its name; what a name means is the business of domain/integrity. */
export type IntegrityPolicyName = "standard";

/** An exam as it was published: nothing in it changes again. Item ids are unique within it. */
export type ExamVersion = {
  readonly id: ExamVersionId;
  readonly examId: ExamId;
  /** 1 for the first published version of the exam, then one more for each. */
  readonly number: number;
  readonly title: string;
  /** Plain text; a blank line separates paragraphs. */
  readonly instructions: string;
  /** The time everybody gets, before allowances. */
  readonly durationMs: number;
  readonly sections: readonly Section[];
  readonly policy: IntegrityPolicyName;
};

/** Every item in the order of the exam. */
export function itemsOf(version: ExamVersion): readonly Item[] {
  return version.sections.flatMap((section) => section.items);
}
