import type { Cells, CsvKind } from "./csv-rows.ts";

/** Of one item. */
export const mostOptions = 20;

/** How a CSV says what `POST /v1/exams/{examId}/items` takes. What is wrong with a row, the schema of an item finds. */
export const itemRows: CsvKind = { needed: ["section", "kind", "prompt", "points", "key"], rowOf: itemOf };

function itemOf(cells: Cells): unknown {
  const { section, kind, prompt, points, category = null, id, key = "", unit = null } = cells;
  const common = { section, kind, prompt, points: Number(points), category, ...(id === undefined ? {} : { id }) };
  const options = Array.from({ length: mostOptions }, (_, at) => String(at + 1)).flatMap((number) => {
    const text = cells[`option_${number}`];
    return text === undefined ? [] : [{ id: number, text }];
  });
  switch (kind) {
    case "single-choice":
      return { ...common, options, key };
    case "multiple-choice":
      return { ...common, options, key: key.split(/\s+/), partialCredit: isYes(cells["partial_credit"]) };
    case "number":
      return { ...common, unit, key: { value: numberIn(key), tolerance: numberIn(cells["tolerance"] ?? "0") } };
    case "short-text": {
      const accepted = key.split(/\r?\n/).filter((line) => line.trim() !== "");
      return { ...common, key: { accepted, caseSensitive: isYes(cells["case_sensitive"]) } };
    }
    default:
      return common;
  }
}

/** An empty cell is no number; to `Number` it is 0. */
function numberIn(cell: string): number {
  return cell === "" ? Number.NaN : Number(cell);
}

/** What is neither yes nor no stays what it is, and is refused. */
function isYes(cell = "no"): unknown {
  const word = cell.toLowerCase();
  if (["yes", "true", "1"].includes(word)) return true;
  return ["no", "false", "0"].includes(word) ? false : cell;
}
