import type { Item } from "#domain/exam/item.ts";
import type { KeptAnswer } from "#domain/attempt/state.ts";
import { isBlank, type Response } from "#domain/exam/response.ts";
import { formatTime } from "../ui/format-moment.ts";

/** A response as a reviewer reads it: the texts of options, not their ids; one line for each. Empty when there is none. */
export function responseLines(item: Item, response: Response | null): readonly string[] {
  if (response === null || isBlank(response)) return [];
  switch (response.kind) {
    case "single-choice":
      return [optionText(item, response.option)];
    case "multiple-choice":
      return response.options.map((id) => optionText(item, id));
    case "number":
      return [withUnit(response.text, item)];
    case "short-text":
      return [response.text];
  }
}

/** An answer that came too late to count, and is kept beside what was scored. */
export function keptWords(item: Item, { response, madeAt }: Pick<KeptAnswer, "response" | "madeAt">): string {
  const lines = responseLines(item, response);
  const what = lines.length === 0 ? "the answer taken back" : lines.join(", ");
  return `Kept and not scored: ${what} (made at ${formatTime(madeAt)} by the candidate's page, arrived too late)`;
}

/** What earns the points, in the same form. */
export function keyLines(item: Item): readonly string[] {
  switch (item.kind) {
    case "single-choice":
      return [optionText(item, item.key)];
    case "multiple-choice":
      return item.key.map((id) => optionText(item, id));
    case "number": {
      const { value, tolerance } = item.key;
      return [withUnit(tolerance === 0 ? String(value) : `${value} ± ${tolerance}`, item)];
    }
    case "short-text":
      return item.key.accepted;
  }
}

function optionText(item: Item, id: string): string {
  if (item.kind !== "single-choice" && item.kind !== "multiple-choice") return id;
  return item.options.find((option) => option.id === id)?.text ?? id;
}

function withUnit(text: string, item: Item): string {
  return item.kind === "number" && item.unit !== null ? `${text} ${item.unit}` : text;
}

/** `85.5 %`, or a dash where there is nothing to earn. */
export function percentWords(points: number, outOf: number): string {
  return outOf === 0 ? "–" : `${Math.round((1000 * points) / outOf) / 10} %`;
}
