import type { RowFault } from "#protocol/http/problem.ts";
import type { Answer, RequestProblem } from "../http/request.ts";
import type { GoodRow, RefusedRow } from "./rows-file.ts";

/** What the API says of rows that were sent: `row` counts from 1 in each call. */
export type Told<Taken> = {
  readonly taken: readonly (Taken & { readonly row: number })[];
  readonly refused: readonly RowFault[];
};

/** Sends values in one call. What is sent again under the name of a call is not done again. */
export type Send<Taken> = (values: readonly unknown[], name: string) => Promise<Answer<Told<Taken>>>;

/** A part of the rows, with the name under which it is sent however often. */
export type Part = { readonly name: string; readonly rows: readonly GoodRow[] };

export type Sent<Taken> = {
  readonly taken: readonly (Taken & { readonly row: number })[];
  readonly refused: readonly RefusedRow[];
};

/** Where sending stands: the parts that are left, and what came of the others. */
export type Sending<Taken> = Sent<Taken> & { readonly left: readonly Part[]; readonly problem: RequestProblem | null };

/** A body of the API is not larger than 1 MB. In characters of JSON, of which one may be three bytes. */
const largestPart = 300_000;

/** Parts of so many rows at most, in order, each of which fits into one call. `newName`: a name that no other has. */
export function partsOf(rows: readonly GoodRow[], most: number, newName: () => string): readonly Part[] {
  const parts: GoodRow[][] = [];
  let length = 0;
  for (const row of rows) {
    const more = JSON.stringify(row.value).length;
    const last = parts.at(-1);
    if (last === undefined || last.length >= most || length + more > largestPart) {
      parts.push([row]);
      length = more;
    } else {
      last.push(row);
      length += more;
    }
  }
  return parts.map((part) => ({ name: newName(), rows: part }));
}

/** Sends one part, and says with the rows' numbers in their file what came of it. */
export async function sendPart<Taken>(
  before: Sending<Taken>,
  send: Send<Taken>,
  wordsOf: (fault: RowFault) => string,
): Promise<Sending<Taken>> {
  const [part, ...left] = before.left;
  if (part === undefined) return before;
  const answer = await send(
    part.rows.map(({ value }) => value),
    part.name,
  );
  if (!answer.ok) return { ...before, problem: answer.problem };
  const refused = answer.value.refused.flatMap((fault) => {
    const at = part.rows[fault.row - 1];
    return at === undefined ? [] : [{ row: at.row, cells: at.cells, error: wordsOf(fault) }];
  });
  const taken = answer.value.taken.flatMap((one) => {
    const at = part.rows[one.row - 1];
    return at === undefined ? [] : [{ ...one, row: at.row }];
  });
  return {
    left,
    problem: null,
    taken: [...before.taken, ...taken],
    refused: [...before.refused, ...refused],
  };
}

/** Whether the same part may be taken when it is sent once more. */
export function mayGoOn({ code }: RequestProblem): boolean {
  return ["offline", "unreadable", "not-signed-in", "too-often"].includes(code);
}

/** Ends it here: what is left was not sent, and of the part that no answer came to nobody knows. */
export function stopped<Taken>({ left, problem, taken, refused }: Sending<Taken>): Sent<Taken> {
  const isUnknown = problem !== null && ["offline", "unreadable", "internal-error", "conflict"].includes(problem.code);
  const rest = left.flatMap(({ rows }, at) =>
    rows.map(({ row, cells }) => ({ row, cells, error: at === 0 && isUnknown ? unknownWords : "This was not sent." })),
  );
  return { taken, refused: [...refused, ...rest] };
}

const unknownWords = "No answer came: look whether this was taken before you send it again.";
