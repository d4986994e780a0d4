import { faultOf, log, type LogEntry } from "./log.ts";

/** For what goes wrong where no `onError` comes to know of it. */
export function logFault(asked: Asked, error: unknown): void {
  const fault = faultOf(error instanceof Error ? error : new Error("not an Error"));
  log({ event: "request-failed", ...asked, ...fault });
}

/** In which request it happened. */
export type Asked = Pick<Extract<LogEntry, { event: "request-failed" }>, "requestId" | "method" | "route">;

/**
 * The same values. What throws while an answer is being sent is caught by nothing that answers with a problem: it is logged here,
 * and breaks the answer off. Of a reader who goes away the generator is told nothing: `client-zip` would throw
 * the reader's reason into it, which comes out again as a rejection that nobody waits for.
 */
export function loggingFaults<Value>(asked: Asked, values: AsyncGenerator<Value>): AsyncIterable<Value> {
  async function next(): Promise<IteratorResult<Value>> {
    try {
      return await values.next();
    } catch (error) {
      logFault(asked, error);
      throw error;
    }
  }
  return { [Symbol.asyncIterator]: () => ({ next }) };
}

/** What is made of them, as the body of an answer. */
export function loggedBody(asked: Asked, texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const made = loggingFaults(asked, texts)[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await made.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
}
