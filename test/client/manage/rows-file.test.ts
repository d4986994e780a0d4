import { expect, test } from "vitest";
import { mostRows } from "#protocol/http/field.ts";
import { memberRows, newMemberSchema } from "#protocol/http/member.ts";
import { exampleText, faultWords, type FileKind, readRows, refusedText } from "#client/manage/rows-file.ts";

const kind: FileKind = {
  csv: memberRows,
  row: newMemberSchema,
  columns: ["name", "email", "roles", "custom_role_ids"].map((name) => ({ name, words: name })),
  example: { fileName: "example.csv", rows: [{ name: "Lin", email: "lin@school.example", roles: "author proctor" }] },
  wordsFor: (path) => `Mend ${path}.`,
};

function read(text: string) {
  const file = readRows(text, kind);
  if ("kind" in file) throw new Error(file.kind);
  return file;
}

test("a file of Excel's, with semicolons and a byte order mark, is read, and other columns are passed over", () => {
  const { good, passedOver } = read("\uFEFFName;Email;Team;Roles\r\nLin;LIN@school.example;x;Author, proctor\r\n");
  expect(passedOver).toEqual(["team"]);
  expect(good).toMatchObject([
    { row: 1, value: { name: "Lin", email: "lin@school.example", roles: ["author", "proctor"], customRoleIds: [] } },
  ]);
});

test("rows that are pasted from a spreadsheet are read", () => {
  expect(read("name\temail\nLin\tlin@school.example").good).toHaveLength(1);
});

test("each row that is not as described is told by its number, with all that is wrong with it", () => {
  const { good, refused } = read(
    'name,email,roles\nLin,lin@school.example,\n\n,lin,teacher\nA,a@x.example,,\n"B,b@x.example\n',
  );
  expect(good.map(({ row }) => row)).toEqual([1]);
  expect(refused.map(({ row, error }) => [row, error])).toEqual([
    [3, "Mend name. Mend email. Mend roles[0]."],
    [4, "There are more cells than the first row names."],
    [5, "A quotation mark is missing or one too many."],
  ]);
});

test("refused rows are a file with all that they said, which is read again as it is", () => {
  const { names, refused } = read("name,team,email\n=1+1,x,nowhere\n");
  const text = refusedText(names, refused);
  expect(text).toBe("name,team,email,row,error\r\n'=1+1,x,nowhere,1,Mend email.\r\n");
  const again = read(text);
  expect(again.names).toEqual(["name", "team", "email"]);
  expect(refusedText(again.names, again.refused)).toBe(text);
});

test("the example is read without a fault", () => {
  expect(read(exampleText(kind))).toMatchObject({ refused: [], passedOver: [], good: [{ row: 1 }] });
});

const unreadable: readonly (readonly [fault: string, text: string])[] = [
  ["empty", ""],
  ["empty", " \r\n "],
  ["no-rows", "name,email\r\n,\r\n"],
  ["missing", "name,roles\nLin,author"],
  ["repeated", "name,email,email\nLin,a,b"],
  ["not-utf-8", "name,email\nM\uFFFDller,m@x.example"],
  ["long-blank", `name,email\nLin${" ".repeat(1_000)},l@x.example`],
  ["too-many", `name,email\n${"Lin,lin@x.example\n".repeat(mostRows + 1)}`],
  ["too-many", `name,email\n${"Lin,lin@x.example\n".repeat(3 * mostRows)}`],
];

test("a file that cannot be read is told with what to do", () => {
  for (const [fault, text] of unreadable) {
    const file = readRows(text, kind);
    expect(file).toMatchObject({ kind: fault });
    if ("kind" in file) expect(faultWords(file, kind).whatToDo).toMatch(/\.$/);
  }
});

test("a workbook is told from a CSV", async () => {
  const bytes = new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00, 0xff, 0xfe, 0x9d]);
  expect(readRows(await new Blob([bytes]).text(), kind)).toEqual({ kind: "not-utf-8" });
});

test("5,000 rows are read", () => {
  expect(read(`name,email\n${"Lin,lin@x.example\n".repeat(mostRows)}`).good).toHaveLength(mostRows);
});

test("the column that is missing is named", () => {
  const words = faultWords({ kind: "missing", columns: ["email"] }, kind);
  expect(words.title).toBe("The first row names no column email");
});
