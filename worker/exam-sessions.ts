import type { ExamSessionId } from "#domain/exam/ids.ts";
import type { ExamSessionRpc } from "#protocol/session/rpc.ts";
import type { Env } from "./env.ts";

/** An exam session from outside: its RPC, and `fetch` for sockets. */
export type ExamSessionStub = ExamSessionRpc & Pick<Fetcher, "fetch">;

/**
 * The Durable Object of an exam session. The caller has checked that it belongs to the tenant that asks.
 * The cast is the only place where the two sides of the RPC meet: what the class offers is typed by the same
 * `ExamSessionRpc`, and the class itself belongs to another room.
 */
export function examSession({ EXAM_SESSIONS }: Pick<Env, "EXAM_SESSIONS">, id: ExamSessionId): ExamSessionStub {
  return EXAM_SESSIONS.get(EXAM_SESSIONS.idFromName(id)) as DurableObjectStub & ExamSessionRpc;
}
