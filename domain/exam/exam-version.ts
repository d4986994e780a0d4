import type { IntegrityPolicy, PolicyName } from "../integrity/policy.ts";
import type { ExamId, ExamVersionId, SectionId } from "./ids.ts";
import type { Item } from "./item.ts";

export type Section = {
  readonly id: SectionId;
  readonly title: string;
  readonly items: readonly Item[];
  /** The time for this section alone, from when it is entered; none when left out. */
  readonly timeLimitMs?: number;
};

/**
 * What an exam says about time beside its duration. `breaks`: how many a candidate may take, and the longest one.
 * `outageCreditMs`: at most this much is given back for lost connections, 0 for nothing.
 */
export type ExamTiming = {
  readonly breaks: { readonly count: number; readonly longestMs: number };
  readonly outageCreditMs: number;
};

/** What holds for an exam that says nothing about it, as all did that were published before it could. */
const plainTiming: ExamTiming = { breaks: { count: 0, longestMs: 0 }, outageCreditMs: 0 };

export const takeOverPolicies = ["candidate", "proctor"] as const;
/** Who lets an exam go on at another computer, with the same link: its candidate alone, or the proctor who is asked. */
export type TakeOverPolicy = (typeof takeOverPolicies)[number];

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
  /** The preset that the author began with. */
  readonly policy: PolicyName;
  /** The policy as it was when the exam was published, whatever a preset means later. */
  readonly integrity?: IntegrityPolicy;
  readonly timing?: ExamTiming;
  readonly takeOver?: TakeOverPolicy;
};

export function takeOverOf({ takeOver }: Pick<ExamVersion, "takeOver">): TakeOverPolicy {
  return takeOver ?? "proctor";
}

export function timingOf({ timing }: Pick<ExamVersion, "timing">): ExamTiming {
  return timing ?? plainTiming;
}

/** Every item in the order of the exam. */
export function itemsOf(version: ExamVersion): readonly Item[] {
  return version.sections.flatMap((section) => section.items);
}
