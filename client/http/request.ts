import * as v from "valibot";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { type Problem, type ProblemCode, problemSchema } from "#protocol/http/problem.ts";
import { type Asking, provenFetch } from "./proven-fetch.ts";
import { renewSignIn } from "./renew-sign-in.ts";

/**
 * Why a request got no answer that can be used. `offline`: no answer came at all. `unreadable`: one came, and is not what
 * this page was built for. The others are the API's own.
 */
export type RequestProblem = {
  readonly code: ProblemCode | "offline" | "unreadable";
  readonly status: number | null;
  readonly detail: string;
  readonly requestId: string | null;
  /** When it will be otherwise, where the server says so. */
  readonly at: EpochMs | null;
};

export type Answer<Value> =
  | { readonly ok: true; readonly value: Value; readonly etag?: string }
  | { readonly ok: false; readonly problem: RequestProblem };

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * Asks the API and reads the answer by its schema. `null` as schema: no answer's body is expected. Cookies go along, and
 * nothing that the network or the server can do makes it throw. An aborted request is answered as `offline`.
 * `ifMatch`: only while it is still what was read with this ETag.
 */
export async function request<Schema extends v.GenericSchema | null>(
  schema: Schema,
  method: Method,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
  ifMatch?: string,
): Promise<Answer<Schema extends v.GenericSchema ? v.InferOutput<Schema> : null>>;
export async function request(
  schema: v.GenericSchema | null,
  method: Method,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
  ifMatch?: string,
): Promise<Answer<unknown>> {
  const answer = await ask({ method, path, body, signal, ifMatch, accept: "application/json" });
  return answer.ok ? readBy(schema, answer.value) : answer;
}

/** The same for a POST that is done once under its name: sent again under it, it gets the answer of the first. */
export async function requestOnce<Schema extends v.GenericSchema>(
  schema: Schema,
  name: string,
  path: string,
  body: unknown,
): Promise<Answer<v.InferOutput<Schema>>>;
export async function requestOnce(
  schema: v.GenericSchema,
  name: string,
  path: string,
  body: unknown,
): Promise<Answer<unknown>> {
  const answer = await ask({ method: "POST", path, body, name, accept: "application/json" });
  return answer.ok ? readBy(schema, answer.value) : answer;
}

function readBy(schema: v.GenericSchema | null, { status, text, etag }: Sent): Answer<unknown> {
  const tagged = etag === null ? {} : { etag };
  if (schema === null) return { ok: true, value: null, ...tagged };
  const parsed = v.safeParse(schema, jsonIn(text));
  if (!parsed.success) return refused("unreadable", status, "The answer is not what this page expects.");
  return { ok: true, value: parsed.output, ...tagged };
}

/** Reads a list as CSV. */
export async function requestCsv(path: string): Promise<Answer<string>> {
  const answer = await ask({ method: "GET", path, accept: "text/csv" });
  return answer.ok ? { ok: true, value: answer.value.text } : answer;
}

type Question = {
  readonly method: Method;
  readonly path: string;
  readonly accept: string;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  readonly ifMatch?: string | undefined;
  readonly name?: string;
};
type Sent = { readonly status: number; readonly ok: boolean; readonly text: string; readonly etag: string | null };

/**
 * A member's token ends every ten minutes, and nobody should notice: it is renewed and the request made again. While that
 * cannot be told nobody counts as signed out.
 */
async function ask(question: Question): Promise<Answer<Sent>> {
  const first = await send(question);
  if (first?.status !== 401 || isCandidates(question.path)) return answerOf(first);
  if (problemIn(first.text)?.code !== "not-signed-in") return answerOf(first);
  const renewal = await renewSignIn();
  if (renewal === "unanswered") return answerOf(null);
  return answerOf(renewal === "renewed" ? await send(question) : first);
}

function answerOf(sent: Sent | null): Answer<Sent> {
  if (sent === null) return refused("offline", null, "No answer came from the server.");
  if (sent.ok) return { ok: true, value: sent };
  const problem = problemIn(sent.text);
  if (problem === null) return refused("unreadable", sent.status, "The server could not answer.");
  const { code, detail, requestId, status, at = null } = problem;
  return { ok: false, problem: { code, status, detail, requestId, at } };
}

function isCandidates(path: string): boolean {
  return path.startsWith("/v1/sit/") || path === "/v1/check-in";
}

function problemIn(text: string): Problem | null {
  const parsed = v.safeParse(problemSchema, jsonIn(text));
  return parsed.success ? parsed.output : null;
}

/** An empty or foreign body is judged by the schema. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is no JSON lands here.
    return null;
  }
}

async function send({ method, path, accept, body, signal, ifMatch, name }: Question): Promise<Sent | null> {
  const init: Asking = {
    method,
    credentials: "same-origin",
    headers: {
      accept,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(ifMatch === undefined ? {} : { "if-match": ifMatch }),
      ...(name === undefined ? {} : { "idempotency-key": name }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  };
  try {
    const response = await (isCandidates(path) ? provenFetch(path, init) : fetch(path, init));
    const { status, ok } = response;
    return { status, ok, text: await response.text(), etag: response.headers.get("etag") };
  } catch {
    // No network, a name that does not resolve, a connection that breaks, or an abort: all mean that nobody answered.
    return null;
  }
}

function refused(code: "offline" | "unreadable", status: number | null, detail: string): Answer<never> {
  return { ok: false, problem: { code, status, detail, requestId: null, at: null } };
}
