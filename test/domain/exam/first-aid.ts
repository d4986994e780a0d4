import type { ExamVersion } from "#domain/exam/exam-version.ts";
import { brand } from "#domain/exam/ids.ts";
import type { ExamId, ExamVersionId, ItemId, SectionId } from "#domain/exam/ids.ts";
import type { MultipleChoiceItem, NumberItem, ShortTextItem, SingleChoiceItem } from "#domain/exam/item.ts";

export const recovery: SingleChoiceItem = {
  kind: "single-choice",
  id: brand<ItemId>("recovery"),
  prompt: "A person is unconscious and breathes normally.\n\nHow do you lay them?",
  points: 2,
  category: "airway",
  options: [
    { id: "back", text: "On the back" },
    { id: "side", text: "On the side" },
    { id: "sitting", text: "Sitting" },
  ],
  key: "side",
};

export const burns: MultipleChoiceItem = {
  kind: "multiple-choice",
  id: brand<ItemId>("burns"),
  prompt: "What helps a fresh burn of the hand?",
  points: 4,
  category: "wounds",
  options: [
    { id: "cool", text: "Cool running water" },
    { id: "ring", text: "Taking rings off" },
    { id: "cover", text: "A clean, loose cover" },
    { id: "butter", text: "Butter" },
    { id: "ice", text: "Ice on the skin" },
  ],
  key: ["cool", "ring", "cover"],
  partialCredit: true,
};

export const depth: NumberItem = {
  kind: "number",
  id: brand<ItemId>("depth"),
  prompt: "How deep do you press an adult's chest?",
  points: 1.5,
  category: "airway",
  unit: "cm",
  key: { value: 5.5, tolerance: 0.5 },
};

export const device: ShortTextItem = {
  kind: "short-text",
  id: brand<ItemId>("device"),
  prompt: "What is the device called that gives the heart a shock?",
  points: 1,
  category: null,
  key: { accepted: ["defibrillator", "AED", "Défibrillateur"], caseSensitive: false },
};

export const firstAid: ExamVersion = {
  id: brand<ExamVersionId>("first-aid-3"),
  examId: brand<ExamId>("first-aid"),
  number: 3,
  title: "First aid",
  instructions: "Answer all questions.\n\nYou may go back.",
  durationMs: 30 * 60_000,
  sections: [
    { id: brand<SectionId>("basics"), title: "Basics", items: [recovery, burns] },
    { id: brand<SectionId>("heart"), title: "Heart", items: [depth, device] },
  ],
  policy: "standard",
};
