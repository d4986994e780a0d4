import type { ExamVersion } from "#domain/exam/exam-version.ts";
import {
  type AttemptId,
  brand,
  type ExamId,
  type ExamSessionId,
  type ExamVersionId,
  type ItemId,
  type SectionId,
  type SittingId,
  type TenantId,
} from "#domain/exam/ids.ts";
import type { Item } from "#domain/exam/item.ts";
import type { Response } from "#domain/exam/response.ts";
import type { SessionConfig } from "#protocol/session/rpc.ts";
import type { Random } from "./random.ts";

/** Words by which a text says whose it is, wherever it turns up. */
export function markOf(candidate: string): string {
  return `~${candidate}~`;
}
/** Begins every answer that is a text: no proctor may read one while the exam goes on. */
export const answerMark = "answer";
/** Is in every key: nobody in the room may read one. */
export const keyMark = "~key~";

const optionsInItem = 64;

const items: readonly Item[] = [
  {
    kind: "short-text",
    id: brand<ItemId>("text"),
    prompt: "Which word?",
    points: 3,
    category: "words",
    key: { accepted: [keyMark, "the right word"], caseSensitive: false },
  },
  {
    kind: "number",
    id: brand<ItemId>("number"),
    prompt: "How many?",
    points: 1.5,
    category: "numbers",
    unit: null,
    key: { value: 10, tolerance: 8 },
  },
  {
    kind: "single-choice",
    id: brand<ItemId>("choice"),
    prompt: "Which one?",
    points: 2,
    category: null,
    options: Array.from({ length: optionsInItem }, (_, index) => ({ id: `o${index}`, text: `Option ${index}` })),
    key: "o7",
  },
];

const timedItem: Item = { ...(items[0] as Extract<Item, { kind: "short-text" }>), id: brand<ItemId>("timed") };

/** A short exam, so that its end is never far; what an exam may say about time is drawn by lot. */
export function drawExam(random: Random): ExamVersion {
  const sections = [{ id: brand<SectionId>("plain"), title: "Plain", items }];
  const timed = {
    id: brand<SectionId>("limited"),
    title: "Limited",
    items: [timedItem],
    timeLimitMs: random.between(20, 50) * 1000,
  };
  return {
    id: brand<ExamVersionId>("exam-1"),
    examId: brand<ExamId>("exam"),
    number: 1,
    title: "A short exam",
    instructions: "Answer.",
    durationMs: random.between(50, 120) * 1000,
    sections: random.chance(0.5) ? [...sections, timed] : sections,
    policy: "standard",
    timing: {
      breaks: { count: random.between(0, 2), longestMs: random.between(10, 25) * 1000 },
      outageCreditMs: random.chance(0.5) ? random.between(10, 40) * 1000 : 0,
    },
    takeOver: random.chance(0.5) ? "candidate" : "proctor",
  };
}

export function roomOf(exam: ExamVersion, opensAt: number): SessionConfig {
  return {
    tenantId: brand<TenantId>("tenant"),
    examSessionId: brand<ExamSessionId>("room"),
    sittingId: brand<SittingId>("sitting"),
    title: "A simulated room",
    opensAt,
    closesAt: opensAt + 60 * 60 * 1000,
    exam,
  };
}

/** The `count`th answer of a candidate to an item: no other answer of the schedule is like it. */
export function answerTo(
  item: { readonly id: ItemId; readonly kind: Item["kind"] },
  candidate: string,
  count: number,
): Response {
  switch (item.kind) {
    case "short-text":
      return { kind: "short-text", text: `${answerMark} ${markOf(candidate)} ${count}` };
    case "number":
      return { kind: "number", text: String(count) };
    case "single-choice":
      return { kind: "single-choice", option: `o${count % optionsInItem}` };
    case "multiple-choice":
      return { kind: "multiple-choice", options: [`o${count % optionsInItem}`] };
  }
}

/** What tells one answer of a candidate from all others. */
export function answerKey(itemId: ItemId, response: Response | null): string {
  return `${itemId} ${JSON.stringify(response)}`;
}

export function attemptOf(candidate: string): AttemptId {
  return brand<AttemptId>(`attempt-${candidate}`);
}
