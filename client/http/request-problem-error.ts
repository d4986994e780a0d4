import type { Answer, RequestProblem } from "./request.ts";

/** A problem as an error, for a caller whose own machinery reads errors (a query of TanStack Query). */
export class RequestProblemError extends Error {
  readonly problem: RequestProblem;

  constructor(problem: RequestProblem) {
    super(`${problem.code}: ${problem.detail}`);
    this.problem = problem;
  }
}

/** The answer's value. Throws a `RequestProblemError` when there is none. */
export function valueOf<Value>(answer: Answer<Value>): Value {
  if (answer.ok) return answer.value;
  throw new RequestProblemError(answer.problem);
}

/** What was read, and what a replacement of it names as seen. */
export type Seen<Value> = { readonly value: Value; readonly etag: string | undefined };

/** The answer's value with its ETag. Throws a `RequestProblemError` when there is none. */
export function seenOf<Value>(answer: Answer<Value>): Seen<Value> {
  return { value: valueOf(answer), etag: answer.ok ? answer.etag : undefined };
}
