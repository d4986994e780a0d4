import { type ExamVersion, timingOf } from "./exam-version.ts";
import type { PolicyChanges } from "../integrity/policy.ts";
import type { Item, Option } from "./item.ts";

/** An exam while it is written: everything of a version but what publication gives it, and what it has otherwise than its preset. */
export type Draft = Omit<ExamVersion, "id" | "examId" | "number" | "integrity"> & {
  readonly policyChanges?: PolicyChanges;
};

/** Something that keeps a draft from being published. `path` says where: `sections[0].items[2].key`. */
export type DraftFault = { readonly path: string; readonly reason: string };

/** Everything that keeps the draft from being published, in its order; empty when it can be. */
export function draftFaults(draft: Draft): readonly DraftFault[] {
  const faults: DraftFault[] = [];
  faults.push(...timingFaults(draft));
  const items = draft.sections.flatMap((section) => section.items);
  if (items.length === 0) faults.push({ path: "sections", reason: "there is no item" });
  faults.push(...repeated(draft.sections, (index) => `sections[${index}].id`));

  const seen = new Set<string>();
  for (const [s, section] of draft.sections.entries()) {
    if (section.items.length === 0) faults.push({ path: `sections[${s}].items`, reason: "the section is empty" });
    for (const [i, item] of section.items.entries()) {
      const path = `sections[${s}].items[${i}]`;
      if (seen.has(item.id)) faults.push({ path: `${path}.id`, reason: "another item has this id" });
      seen.add(item.id);
      faults.push(...itemFaults(item).map((fault) => ({ ...fault, path: `${path}.${fault.path}` })));
    }
  }
  return faults;
}

/** [A108] [A111] Times that contradict each other. */
function timingFaults(draft: Draft): readonly DraftFault[] {
  const faults: DraftFault[] = [];
  const { count, longestMs } = timingOf(draft).breaks;
  if (count > 0 && longestMs < 60_000) {
    faults.push({ path: "timing.breaks.longestMs", reason: "a break lasts at least a minute" });
  }
  for (const [s, { timeLimitMs = 0 }] of draft.sections.entries()) {
    if (timeLimitMs > draft.durationMs) {
      faults.push({ path: `sections[${s}].timeLimitMs`, reason: "the section has more time than the exam" });
    }
  }
  return faults;
}

/** What keeps an item from being published; `path` within the item. */
export function itemFaults(item: Item): readonly DraftFault[] {
  const faults: DraftFault[] = [];
  // Points are added up as whole hundredths, so finer ones would be lost ([S17]).
  if (Math.abs(item.points * 100 - Math.round(item.points * 100)) > 1e-6) {
    faults.push({ path: "points", reason: "points have at most two decimals" });
  }
  switch (item.kind) {
    case "single-choice":
      faults.push(...repeated(item.options, (index) => `options[${index}].id`));
      if (!offers(item.options, item.key)) faults.push({ path: "key", reason: "the key is none of the options" });
      break;
    case "multiple-choice":
      faults.push(...repeated(item.options, (index) => `options[${index}].id`));
      if (item.key.length === 0) faults.push({ path: "key", reason: "no option is right" });
      if (new Set(item.key).size < item.key.length) faults.push({ path: "key", reason: "an option is named twice" });
      for (const [index, key] of item.key.entries()) {
        if (!offers(item.options, key))
          faults.push({ path: `key[${index}]`, reason: "the key is none of the options" });
      }
      break;
    case "number":
      if (!(item.key.tolerance >= 0)) faults.push({ path: "key.tolerance", reason: "the tolerance is below 0" });
      break;
    case "short-text":
      if (item.key.accepted.length === 0) faults.push({ path: "key.accepted", reason: "nothing is accepted" });
      break;
  }
  return faults;
}

function repeated(all: readonly { readonly id: string }[], pathAt: (index: number) => string): readonly DraftFault[] {
  return all.flatMap(({ id }, index) =>
    all.findIndex((other) => other.id === id) < index
      ? [{ path: pathAt(index), reason: "another one has this id" }]
      : [],
  );
}

function offers(options: readonly Option[], id: string): boolean {
  return options.some((option) => option.id === id);
}
