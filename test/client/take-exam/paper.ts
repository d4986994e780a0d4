import type { CandidateView } from "#domain/attempt/view.ts";
import { brand, type ExamId, type ExamVersionId, type ItemId, type SectionId } from "#domain/exam/ids.ts";
import type { Paper, PaperItem } from "#domain/exam/paper.ts";

export const first: ItemId = brand<ItemId>("first");
export const second: ItemId = brand<ItemId>("second");
export const third: ItemId = brand<ItemId>("third");

function choice(id: ItemId): PaperItem {
  const options = ["a", "b"].map((option) => ({ id: option, text: option }));
  return { kind: "single-choice", id, prompt: `${id}?`, points: 1, options };
}

/** Two sections: two choices, then a short text. */
export const paper: Paper = {
  id: brand<ExamVersionId>("version"),
  examId: brand<ExamId>("exam"),
  number: 1,
  title: "First aid",
  instructions: "",
  durationMs: 60_000,
  sections: [
    {
      id: brand<SectionId>("s1"),
      title: "One",
      timeLimitMs: null,
      itemCount: 2,
      items: [choice(first), choice(second)],
    },
    {
      id: brand<SectionId>("s2"),
      title: "Two",
      timeLimitMs: null,
      itemCount: 1,
      items: [{ kind: "short-text", id: third, prompt: "third?", points: 1 }],
    },
  ],
};

/** Ada, with an open paper and nothing answered. */
export const openView: CandidateView = {
  name: "Ada",
  status: "open",
  reason: null,
  time: { endsAt: 1_060_000, leftMs: null, entries: [], sections: [] },
  paper,
  answers: {},
  late: [],
  kept: [],
  flagged: [],
  position: null,
  messages: [],
  breaks: null,
  sensors: [],
  lookedFor: [],
  allowedMs: 0,
  exceptions: [],
  writer: null,
  checkFirst: false,
  identity: [],
  wantedStills: [],
  closing: null,
  review: null,
};
