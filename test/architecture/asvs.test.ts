import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { faultsIn, type Reader, rowsOf, summaryOf } from "./asvs.ts";

const root = join(import.meta.dirname, "../..");
const file = join(root, "docs/asvs.md");
const read: Reader = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : null);

describe("the table of ASVS 5.0", () => {
  test("names tests and rules that there are, and each requirement once with a state", () => {
    expect(faultsIn(rowsOf(readFileSync(file, "utf8")), read)).toEqual([]);
  });

  test("has every requirement of levels 1 and 2, and those of level 3 about WebRTC", () => {
    const levels = rowsOf(readFileSync(file, "utf8")).map(({ level }) => level);
    expect(["1", "2", "3"].map((level) => levels.filter((one) => one === level).length)).toEqual([70, 183, 5]);
  });

  test("begins with how many are in which state", () => {
    const text = readFileSync(file, "utf8");
    const [before, , after] = text.split(/<!-- (?:summary|end) -->/);
    const expected = `${before}<!-- summary -->\n\n${summaryOf(rowsOf(text))}\n\n<!-- end -->${after}`;
    if (process.env["UPDATE_DOCS"] === "1") writeFileSync(file, expected);
    else expect(bare(text)).toBe(bare(expected));
  });

  const shown = { "test/a.test.ts": 'it("[A1] holds")', "docs/a.md": "- [A1] it holds" };
  const few: Reader = (path) => shown[path as keyof typeof shown] ?? null;

  test.each([
    ["| v5.0.0-1.1.1 | 1 | a | fine | b | `a.test.ts` [A1] |", "has no state that there is: fine"],
    ["| v5.0.0-1.1.1 | 1 | a | met | b | |", "is met, and nothing shows it"],
    ["| v5.0.0-1.1.1 | 1 | a | not met | b | `a.test.ts` |", "is not met, and something shows it"],
    ["| v5.0.0-1.1.1 | 1 | a | met | b | `b.test.ts` |", "names test/b.test.ts, which is not there"],
    ["| v5.0.0-1.1.1 | 1 | a | met | b | `docs/b.md` |", "names docs/b.md, which is not there"],
    ["| v5.0.0-1.1.1 | 1 | a | met | b | `a.test.ts` [A1] [A2] |", "names A2, which is not in test/a.test.ts"],
  ])("is wrong where it says %s", (line, fault) => {
    expect(faultsIn(rowsOf(line), few)).toEqual([`v5.0.0-1.1.1 ${fault}`]);
  });

  test("is wrong where a requirement is there twice, and counts by chapter", () => {
    const good = "| v5.0.0-1.1.1 | 1 | a | met | b | `a.test.ts` [A1], `docs/a.md` |";
    expect(faultsIn(rowsOf(`${good}\n${good}`), few)).toEqual(["v5.0.0-1.1.1 is there twice"]);
    expect(faultsIn(rowsOf(good), few)).toEqual([]);
    const table = summaryOf(rowsOf(`${good}\n| v5.0.0-10.1.1 | 2 | a | not met | b | |`))
      .split("\n")
      .slice(2);
    expect(table).toEqual([
      "| V1 | 1 | 0 | 0 | 0 | 0 | 1 |",
      "| V10 | 0 | 0 | 0 | 1 | 0 | 1 |",
      "| all | 1 | 0 | 0 | 1 | 0 | 2 |",
    ]);
  });
});

/** Without the formatter's padding of tables. */
function bare(text: string): string {
  return text.replaceAll(/ *\| */g, "|").replaceAll(/-{3,}/g, "---");
}
