import * as v from "valibot";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { type ProblemCode, problemSchema } from "#protocol/http/problem.ts";
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
  | { readonly ok: true; readonly value: Value }
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
  const { sent, content } = await ask(method, path, body, signal, ifMatch);
  if (sent === null) return refused("offline", null, "No answer came from the server.");
  if (!sent.ok) return problemOf(sent, content);
  if (schema === null) return { ok: true, value: null };
  const parsed = v.safeParse(schema, content);
  if (!parsed.success) return refused("unreadable", sent.status, "The answer is not what this page expects.");
  return { ok: true, value: parsed.output };
}

type Asked = { readonly sent: Response | null; readonly content: unknown };

/**
 * A member's token ends every ten minutes, and nobody should notice: it is renewed and the request made again. While that
 * cannot be told nobody counts as signed out.
 */
async function ask(
  method: Method,
  path: string,
  body: unknown,
  signal: AbortSignal | undefined,
  ifMatch: string | undefined,
): Promise<Asked> {
  const first = await askOnce(method, path, body, signal, ifMatch);
  if (first.sent?.status !== 401 || isCandidates(path)) return first;
  if (problemCodeIn(first.content) !== "not-signed-in") return first;
  const renewal = await renewSignIn();
  if (renewal === "unanswered") return { sent: null, content: null };
  return renewal === "renewed" ? askOnce(method, path, body, signal, ifMatch) : first;
}

async function askOnce(
  method: Method,
  path: string,
  body: unknown,
  signal: AbortSignal | undefined,
  ifMatch: string | undefined,
): Promise<Asked> {
  const sent = await send(method, path, body, signal, ifMatch);
  // An empty or foreign body is judged by the schema.
  return { sent, content: sent === null ? null : await sent.json().catch(() => null) };
}

function isCandidates(path: string): boolean {
  return path.startsWith("/v1/sit/") || path === "/v1/check-in";
}

function problemCodeIn(content: unknown): ProblemCode | null {
  const parsed = v.safeParse(problemSchema, content);
  return parsed.success ? parsed.output.code : null;
}

async function send(
  method: Method,
  path: string,
  body: unknown,
  signal: AbortSignal | undefined,
  ifMatch: string | undefined,
): Promise<Response | null> {
  const init: Asking = {
    method,
    credentials: "same-origin",
    headers: {
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(ifMatch === undefined ? {} : { "if-match": ifMatch }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  };
  try {
    return await (isCandidates(path) ? provenFetch(path, init) : fetch(path, init));
  } catch {
    // No network, a name that does not resolve, a connection that breaks, or an abort: all mean that nobody answered.
    return null;
  }
}

function problemOf(response: Response, content: unknown): Answer<never> {
  const parsed = v.safeParse(problemSchema, content);
  if (!parsed.success) return refused("unreadable", response.status, "The server could not answer.");
  const { code, detail, requestId, status, at = null } = parsed.output;
  return { ok: false, problem: { code, status, detail, requestId, at } };
}

function refused(code: "offline" | "unreadable", status: number | null, detail: string): Answer<never> {
  return { ok: false, problem: { code, status, detail, requestId: null, at: null } };
}
