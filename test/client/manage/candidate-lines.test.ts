import { expect, test } from "vitest";
import { parseCandidates } from "#client/manage/candidate-lines.ts";

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
  expect(parseCandidates(line)).toEqual({ candidates: [{ ...candidate, region: null }], faults: [] });
});

test("empty lines are skipped and still counted", () => {
  expect(parseCandidates("Ada\r\n\r\n\nGrace, grace@\n").faults).toEqual([
    { line: 4, text: "The email address is not complete." },
  ]);
});

test("an address without a name is not taken for a name", () => {
  expect(parseCandidates("ada@school.example")).toEqual({
    candidates: [],
    faults: [{ line: 1, text: "Write the name before the address: name, email." }],
  });
});

test("an address that stands twice is named with its first line", () => {
  const { candidates, faults } = parseCandidates("Ada, ada@school.example\nAda again, ADA@school.example");
  expect(candidates).toHaveLength(1);
  expect(faults).toEqual([{ line: 2, text: "The same address stands in line 1." }]);
});

test("a CSV with names of columns is read by them, and its line breaks, quotes and regions are kept", () => {
  const text = '\uFEFFRegion;E-Mail;Name;email\r\nweur;x;"Lovelace; Ada";ada@school.example\r\n\r\n;;Grace;\r\n';
  expect(parseCandidates(text)).toEqual({
    candidates: [
      { name: "Lovelace; Ada", email: "ada@school.example", region: "weur" },
      { name: "Grace", email: null, region: null },
    ],
    faults: [],
  });
});

test("what is wrong in a CSV is told by its line", () => {
  const text = "name,email,region\nAda,ada@,\nGrace,,mars\nAlan,,,x\n,a@school.example,\n";
  expect(parseCandidates(text).faults).toEqual([
    { line: 2, text: "The email address is not complete." },
    { line: 3, text: "Write one of these as the region: wnam, enam, sam, weur, eeur, apac, oc, afr, me." },
    { line: 4, text: "There are more cells than the first row names." },
    { line: 5, text: "Write the name before the address: name, email." },
  ]);
});

test("a list that is no UTF-8 is not taken, with or without names of columns", () => {
  for (const text of ["M\uFFFDller, m@school.example", "name,email\nM\uFFFDller,m@school.example"]) {
    const { candidates, faults } = parseCandidates(text);
    expect(candidates).toEqual([]);
    expect(faults[0]?.text).toContain("The file is not a CSV in UTF-8");
  }
});
