import { beforeEach, describe, expect, it } from "vitest";
import type { AddedItems, Exam } from "#protocol/http/exam.ts";
import { mostRows } from "#protocol/http/field.ts";
import { call, draft, env, jsonOf, mallory, noor, openSchools, problemOf, staffCookie } from "#test/support/school.ts";

let author: { cookie: string };
let exam: Exam;

const sections = ["one", "two"].map((id) => ({ id, title: id, items: [] }));

beforeEach(async () => {
  await openSchools();
  author = { cookie: await staffCookie(noor) };
  exam = await jsonOf<Exam>(await call("POST", "/v1/exams", { ...author, body: { ...draft, sections } }));
});

const path = () => `/v1/exams/${exam.id}/items`;
const read = async () => jsonOf<Exam>(await call("GET", `/v1/exams/${exam.id}`, author));

function question(at: number, section = "one") {
  return {
    section,
    kind: "number",
    prompt: `${at}?`,
    points: 1,
    category: null,
    unit: null,
    key: { value: at, tolerance: 0 },
  };
}

async function add(items: readonly unknown[], headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return call("POST", path(), { ...author, headers, body: { items } });
}

async function changes(): Promise<number | null> {
  return env.DB.prepare("select count(*) as n from audit_entries where kind = 'exam-changed'").first<number>("n");
}

describe("many items in one call", () => {
  it("[K37] are 5,000 rows, of which each section takes as many as it may, and each other row is told", async () => {
    const items = Array.from({ length: mostRows }, (_, at) => question(at, at % 2 === 0 ? "one" : "two"));
    const { added, refused } = await jsonOf<AddedItems>(await add(items));
    expect(added).toHaveLength(400);
    expect(refused).toHaveLength(4_600);
    expect(refused[0]).toEqual({
      row: 401,
      code: "refused",
      detail: "A section has 200 items at most, and this one is full.",
    });
    const after = await read();
    expect(after.draft.sections.map((one) => one.items.map(({ prompt }) => prompt).slice(0, 2))).toEqual([
      ["0?", "2?"],
      ["1?", "3?"],
    ]);
    expect(after.draft.sections.map((one) => one.items.length)).toEqual([200, 200]);
    expect(after.draft.sections[0]!.items[7]!.id).toBe(added.find(({ row }) => row === 15)!.itemId);
    expect(await changes()).toBe(1);
    const saved = await call("PUT", `/v1/exams/${exam.id}`, { ...author, body: after.draft });
    expect(saved.status).toBe(200);
    expect((await call("POST", `/v1/exams/${exam.id}/versions`, author)).status).toBe(201);
  });

  it("[K37] are told row by row what is wrong, and the others are added", async () => {
    const { added, refused } = await jsonOf<AddedItems>(
      await add([
        { ...question(1), id: "a" },
        { ...question(2), id: "a" },
        { ...question(3), section: "three" },
        { ...question(4), prompt: "" },
        { ...question(5), kind: "essay" },
        { ...question(6), key: { value: "6" } },
        {
          section: "one",
          kind: "single-choice",
          prompt: "?",
          points: 1,
          category: null,
          options: options(2),
          key: "9",
        },
        7,
        question(8),
      ]),
    );
    expect(added.map(({ row }) => row)).toEqual([1, 9]);
    expect(added[0]!.itemId).toBe("a");
    expect(refused.map(({ row, code }) => [row, code])).toEqual([
      [2, "conflict"],
      [3, "not-found"],
      [4, "bad-request"],
      [5, "bad-request"],
      [6, "bad-request"],
      [7, "bad-request"],
      [8, "bad-request"],
    ]);
    expect(refused[5]!.detail).toBe("key: the key is none of the options.");
    expect((await read()).draft.sections[0]!.items.map(({ prompt }) => prompt)).toEqual(["1?", "8?"]);
  });

  it("[K37] change nothing where all are refused, and the audit has nothing of it", async () => {
    const { added, updatedAt } = await jsonOf<AddedItems>(await add([question(1, "three")]));
    expect([added, updatedAt]).toEqual([[], exam.updatedAt]);
    expect((await read()).updatedAt).toBe(exam.updatedAt);
    expect(await changes()).toBe(0);
  });

  it("[K37] [K38] are added only to what was seen, where the caller asks for that", async () => {
    const seen = { "if-match": `"${exam.updatedAt}"` };
    const first = await add([question(1)], seen);
    const { updatedAt } = await jsonOf<AddedItems>(first);
    expect(first.headers.get("etag")).toBe(`"${updatedAt}"`);
    expect(await problemOf(await add([question(2)], seen))).toMatchObject({ status: 412, code: "changed-meanwhile" });
    expect((await read()).draft.sections[0]!.items).toHaveLength(1);
  });

  it("[K37] are all there where several are added at the same moment", async () => {
    const answers = await Promise.all([1, 2, 3].map((at) => add([question(at), question(at + 10)])));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await read()).draft.sections[0]!.items).toHaveLength(6);
  });

  it("are not for another institution's exam", async () => {
    const cookie = await staffCookie(mallory);
    const answer = await call("POST", path(), { cookie, body: { items: [question(1)] } });
    expect(await problemOf(answer)).toMatchObject({ code: "not-found" });
  });
});

function options(count: number) {
  return Array.from({ length: count }, (_, at) => ({ id: String(at + 1), text: `Option ${at + 1}` }));
}

describe("items as CSV", () => {
  it("[K37] are of every kind", async () => {
    const body = [
      "section,kind,prompt,points,category,option_1,option_2,option_3,key,partial_credit,tolerance,unit,case_sensitive",
      'one,single-choice,"Which, if any?",1,Sea,Yes,No,,2,,,,',
      "one,multiple-choice,Which two?,2.5,,A,B,C,1 3,yes,,,",
      "two,number,How much?,1,,,,,9.81,,0.01,m/s²,",
      'two,short-text,Who?,1,,,,,"Ada\nAda Lovelace",,,,no',
      "two,number,How much?,1,,,,,many,,,,",
      "two,multiple-choice,Which?,1,,A,B,,1,perhaps,,,",
    ].join("\r\n");
    const answer = await call("POST", path(), { ...author, headers: { "content-type": "text/csv" }, body });
    const { added, refused } = await jsonOf<AddedItems>(answer);
    expect(added.map(({ row }) => row)).toEqual([1, 2, 3, 4]);
    expect(refused).toEqual([
      { row: 5, code: "bad-request", detail: "Not as described: key.value." },
      { row: 6, code: "bad-request", detail: "Not as described: partialCredit." },
    ]);
    const [one, two] = (await read()).draft.sections;
    expect(one!.items).toMatchObject([
      {
        kind: "single-choice",
        prompt: "Which, if any?",
        category: "Sea",
        options: options(2).map(({ id }) => ({ id })),
        key: "2",
      },
      { kind: "multiple-choice", points: 2.5, category: null, key: ["1", "3"], partialCredit: true },
    ]);
    expect(two!.items).toMatchObject([
      { kind: "number", key: { value: 9.81, tolerance: 0.01 }, unit: "m/s²" },
      { kind: "short-text", key: { accepted: ["Ada", "Ada Lovelace"], caseSensitive: false } },
    ]);
  });
});
