import { describe, expect, test } from "vitest";
import type { RequestProblem } from "#client/http/request.ts";
import type { GoodRow } from "#client/manage/rows-file.ts";
import { mayGoOn, partsOf, type Send, type Sending, sendPart, stopped } from "#client/manage/send-rows.ts";

/** Every second line of a file, so that numbers in a call are not those of the file. */
function rows(count: number, value: (at: number) => unknown = (at) => ({ at })): readonly GoodRow[] {
  return Array.from({ length: count }, (_, at) => ({ row: 2 * at + 1, cells: { at: String(at) }, value: value(at) }));
}

let names = 0;
const newName = () => `name ${(names += 1)}`;

function begun(count: number, most: number): Sending<{ readonly at: number }> {
  return { left: partsOf(rows(count), most, newName), taken: [], refused: [], problem: null };
}

const problem = (code: RequestProblem["code"]): RequestProblem => {
  return { code, status: null, detail: "", requestId: null, at: null };
};

/** Takes all but the second row of a call, and notes under which name it was asked. */
function takesAllButSecond(asked: string[]): Send<{ readonly at: number }> {
  return (values, name) => {
    asked.push(name);
    const all = values.map((value, at) => ({ ...(value as { readonly at: number }), row: at + 1 }));
    const refused = all.length < 2 ? [] : [{ row: 2, code: "refused" as const, detail: "no" }];
    return Promise.resolve({ ok: true, value: { taken: all.filter(({ row }) => row !== 2), refused } });
  };
}

describe("parts", () => {
  test("have so many rows at most, in their order, and names of their own", () => {
    const parts = partsOf(rows(5), 2, newName);
    expect(parts.map((part) => part.rows.map(({ row }) => row))).toEqual([[1, 3], [5, 7], [9]]);
    expect(new Set(parts.map(({ name }) => name)).size).toBe(3);
  });

  test("fit into a call of 1 MB, of whichever characters they are", () => {
    const parts = partsOf(
      rows(400, () => "界".repeat(4_000)),
      500,
      newName,
    );
    for (const part of parts) {
      const body = JSON.stringify(part.rows.map(({ value }) => value));
      expect(new TextEncoder().encode(body).length).toBeLessThan(1_000_000);
    }
    expect(parts.flatMap((part) => part.rows)).toHaveLength(400);
  });
});

test("what is taken and refused is told by the rows of the file", async () => {
  let sending = begun(5, 2);
  const asked: string[] = [];
  while (sending.left.length > 0) sending = await sendPart(sending, takesAllButSecond(asked), ({ code }) => code);
  expect(sending.taken.map(({ row, at }) => [row, at])).toEqual([
    [1, 0],
    [5, 2],
    [9, 4],
  ]);
  expect(sending.refused).toEqual([
    { row: 3, cells: { at: "1" }, error: "refused" },
    { row: 7, cells: { at: "3" }, error: "refused" },
  ]);
});

test("a part that no answer came to is sent again under its name", async () => {
  const asked: string[] = [];
  let sending = await sendPart(begun(2, 1), takesAllButSecond(asked), String);
  const failed = await sendPart(
    sending,
    (_, name) => {
      asked.push(name);
      return Promise.resolve({ ok: false, problem: problem("offline") });
    },
    String,
  );
  expect(failed).toMatchObject({ problem: { code: "offline" }, left: sending.left, taken: [{ row: 1 }] });
  sending = await sendPart(failed, takesAllButSecond(asked), String);
  expect(sending).toMatchObject({ problem: null, left: [], taken: [{ row: 1 }, { row: 3 }] });
  expect(asked[2]).toBe(asked[1]);
  expect(asked[1]).not.toBe(asked[0]);
});

test.each([
  ["offline", true, "No answer came"],
  ["not-signed-in", true, "This was not sent."],
  ["internal-error", false, "No answer came"],
  ["not-allowed", false, "This was not sent."],
] as const)("who stops at %s is told of each row that is left", (code, goesOn, first) => {
  expect(mayGoOn(problem(code))).toBe(goesOn);
  const { refused } = stopped({ ...begun(3, 1), problem: problem(code) });
  expect(refused.map(({ row }) => row)).toEqual([1, 3, 5]);
  expect(refused[0]?.error).toContain(first);
  expect(refused[2]?.error).toBe("This was not sent.");
});
