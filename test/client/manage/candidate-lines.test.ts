import { expect, test } from "vitest";
import { parseCandidateLines } from "#client/manage/candidate-lines.ts";

test.each([
  ["Ada Lovelace, ada@school.example", { name: "Ada Lovelace", email: "ada@school.example" }],
  ["  Ada Lovelace ,ada@school.example  ", { name: "Ada Lovelace", email: "ada@school.example" }],
  ["Ada Lovelace", { name: "Ada Lovelace", email: null }],
  ["Ada Lovelace,", { name: "Ada Lovelace", email: null }],
  ["Ada Lovelace\tada@school.example", { name: "Ada Lovelace", email: "ada@school.example" }],
  ["Ada Lovelace; ada@school.example", { name: "Ada Lovelace", email: "ada@school.example" }],
  ["Lovelace, Ada, ada@school.example", { name: "Lovelace, Ada", email: "ada@school.example" }],
  ["Lovelace, Ada", { name: "Lovelace, Ada", email: null }],
])("%s is read", (line, candidate) => {
  expect(parseCandidateLines(line)).toEqual({ candidates: [candidate], faults: [] });
});

test("empty lines are skipped and still counted", () => {
  expect(parseCandidateLines("Ada\r\n\r\n\nGrace, grace@\n").faults).toEqual([
    { line: 4, text: "The email address is not complete." },
  ]);
});

test("an address without a name is not taken for a name", () => {
  expect(parseCandidateLines("ada@school.example")).toEqual({
    candidates: [],
    faults: [{ line: 1, text: "Write the name before the address: name, email." }],
  });
});

test("an address that stands twice is named with its first line", () => {
  const { candidates, faults } = parseCandidateLines("Ada, ada@school.example\nAda again, ADA@school.example");
  expect(candidates).toHaveLength(1);
  expect(faults).toEqual([{ line: 2, text: "The same address stands in line 1." }]);
});
