import * as v from "valibot";
import { type Draft, draftFaults } from "#domain/exam/draft-fault.ts";
import { examDraftSchema } from "#protocol/http/exam.ts";

/** What is to be done about a field, by its path: `sections[0].items[2].key`. */
export type DraftMessages = ReadonlyMap<string, string>;

/** What keeps the draft from being saved. Empty when it can be. */
export function savingMessages(draft: Draft): DraftMessages {
  const parsed = v.safeParse(examDraftSchema, draft);
  if (parsed.success) return new Map();
  const messages = new Map<string, string>();
  for (const issue of parsed.issues) {
    const path = issuePath(issue);
    if (!messages.has(path)) messages.set(path, messageFor(path));
  }
  return messages;
}

/** What keeps it from being published: what keeps it from being saved, and what a candidate could not sit. */
export function publishingMessages(draft: Draft): DraftMessages {
  const messages = new Map(savingMessages(draft));
  for (const { path } of draftFaults(draft)) {
    if (!messages.has(path)) messages.set(path, messageFor(path));
  }
  return messages;
}

/** The messages within one part of the draft, with the part's own path cut off. */
export function messagesWithin(messages: DraftMessages, part: string): DraftMessages {
  const within = [...messages].filter(([path]) => path.startsWith(`${part}.`) || path.startsWith(`${part}[`));
  return new Map(within.map(([path, text]) => [path.slice(part.length).replace(/^\./, ""), text]));
}

/** Where something is not as a schema says: `items[2].key`. */
export function issuePath({ path }: Pick<v.BaseIssue<unknown>, "path">): string {
  return (path ?? [])
    .map(({ key }) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
}

const byField: readonly (readonly [RegExp, string])[] = [
  [/^title$/, "Give the exam a title, at most 200 characters."],
  [/^instructions$/, "Shorten the instructions to 8,000 characters."],
  [/^durationMs$/, "Enter whole minutes, from 1 to 720."],
  [/^timing\.breaks\.count$/, "Enter how many breaks, from 0 to 10."],
  [/^timing\.breaks\.longestMs$/, "Enter whole minutes, from 1 to 240."],
  [/^timing\.outageCreditMs$/, "Enter whole minutes, from 0 to 240."],
  [
    /^sections\[\d+\]\.timeLimitMs$/,
    "Enter whole minutes, at least 1 and no more than the exam has, or leave it empty.",
  ],
  [/^sections$/, "Add at least one question."],
  [/^sections\[\d+\]\.title$/, "Give the section a title, at most 200 characters."],
  [/^sections\[\d+\]\.items$/, "Add a question to this section, or remove the section."],
  [/\.prompt$/, "Write the question, at most 8,000 characters."],
  [/\.points$/, "Enter points from 0.01 to 1,000, with at most two decimals."],
  [/\.category$/, "Shorten the category to 100 characters."],
  [/\.unit$/, "Shorten the unit to 40 characters."],
  [/\.options$/, "Offer from 2 to 20 options."],
  [/\.options\[\d+\]\.text$/, "Write this option, at most 2,000 characters."],
  [/\.options\[\d+\]\.id$/, "This option is there twice: remove one and add it again."],
  [/\.key\.value$/, "Enter the right number."],
  [/\.key\.tolerance$/, "Enter 0 or how far off an answer may be."],
  [/\.key\.accepted/, "Write at least one accepted answer, each on a line of its own, at most 400 characters."],
  [/\.key(\[\d+\])?$/, "Mark what is right."],
];

/** What to do about the field at a path of the draft. */
export function messageFor(path: string): string {
  return byField.find(([pattern]) => pattern.test(path))?.[1] ?? "Check this field.";
}
