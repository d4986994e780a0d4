import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dataClasses, keepings } from "#domain/retention/data-class.ts";
import { columnRegister } from "#worker/database/data-register.ts";
import { type Declared, otherKeepings } from "#worker/database/declared.ts";
import { durableTables, objectRegister } from "#worker/database/object-register.ts";

const root = join(import.meta.dirname, "../..");

function keptWords(kept: Declared["kept"]): string {
  return kept in keepings
    ? keepings[kept as keyof typeof keepings].title
    : otherKeepings[kept as keyof typeof otherKeepings];
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows;
  return [head, head.map(() => "---"), ...rows.slice(1)].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function sentence({ holds, isPersonal, purpose, kept }: Declared): readonly string[] {
  return [holds, isPersonal ? "yes" : "", purpose, keptWords(kept)];
}

const rest = ["holds", "about a person", "why", "kept"];

/** The guide's tables, made from what is declared. */
function tables(): string {
  const classes = dataClasses.map((of) => {
    const { title, holds, purpose, days, atLeast, atMost } = keepings[of];
    return [title, holds, purpose, String(days), String(atLeast), String(atMost)];
  });
  const columns = columnRegister.map((one) => [`${one.table}: ${one.columns.join(", ")}`, ...sentence(one)]);
  const durable = Object.entries(durableTables).flatMap(([room, register]) =>
    register.map((one) => [`${room}, ${one.table}: ${one.columns.join(", ")}`, ...sentence(one)]),
  );
  const objects = objectRegister.map((one) => [`${one.bucket}: \`${one.written}\``, ...sentence(one)]);
  return [
    "## What an institution sets a period for",
    tableOf([["class", "what", "why", "usual days", "at least", "at most"], ...classes]),
    "## Databases",
    tableOf([["table: columns", ...rest], ...columns]),
    "## Durable Objects",
    tableOf([["object, table: columns", ...rest], ...durable]),
    "## Buckets",
    tableOf([["bucket: object", ...rest], ...objects]),
  ].join("\n\n");
}

test("[D12] the guide to privacy has what is declared, as it is", () => {
  const file = join(root, "docs/guides/privacy.md");
  const text = readFileSync(file, "utf8");
  const [before, , after] = text.split(/<!-- (?:tables|end) -->/);
  const expected = `${before}<!-- tables -->\n\n${tables()}\n\n<!-- end -->${after}`;
  // `UPDATE_DOCS=1 npx vitest run --project unit test/tools/privacy-guide.test.ts` writes it anew.
  if (process.env["UPDATE_DOCS"] === "1") writeFileSync(file, expected);
  else expect(bare(text)).toBe(bare(expected));
});

test("[D12] whoever puts an object into a bucket is known: a new kind of object is declared first", () => {
  const files = globSync("{worker,durable-objects}/**/*.ts", { cwd: root });
  const putting = files.filter((path) =>
    /\bbucket\.put\(|RECORDINGS\w*\.put\(|LOGS\.put\(|recordings\.put\(/.test(readFileSync(join(root, path), "utf8")),
  );
  expect(putting.toSorted()).toEqual([
    "durable-objects/transparency-log/sequencer.ts",
    "worker/evidence/attempt-key.ts",
    "worker/evidence/sealed-objects.ts",
  ]);
});

/** Without the formatter's padding of tables. */
function bare(text: string): string {
  return text.replaceAll(/ *\| */g, "|").replaceAll(/-{3,}/g, "---");
}
