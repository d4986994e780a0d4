import { brand, type ExamSessionId } from "#domain/exam/ids.ts";
import type { Jurisdiction, Region } from "#domain/exam/rooms.ts";
import type { ExamSessionRpc, SessionConfig } from "#protocol/session/rpc.ts";
import type { Env } from "./env.ts";
import { log } from "./log.ts";
import { newId } from "./new-id.ts";

/** An exam session from outside: its RPC, and `fetch` for sockets. */
export type ExamSessionStub = ExamSessionRpc & Pick<Fetcher, "fetch">;

type Sessions = Pick<Env, "EXAM_SESSIONS">;

/** The id of a Durable Object as the platform writes it. Ids that are made here are shorter. */
const ownId = /^[0-9a-f]{64}$/;

/**
 * The Durable Object of an exam session. The caller has checked that it belongs to the tenant that asks.
 * A room under a jurisdiction has its object's own id, of which the jurisdiction is a part (decision 010): whoever has the
 * id finds the object, without a question to the database on the way to an answer. Every other id is a name.
 */
export function examSession(sessions: Sessions, id: ExamSessionId): ExamSessionStub {
  return stubOf(sessions, id, {});
}

/**
 * The cast is the only place where the two sides of the RPC meet: what the class offers is typed by the same
 * `ExamSessionRpc`, and the class itself belongs to another room.
 */
function stubOf(
  { EXAM_SESSIONS }: Sessions,
  id: ExamSessionId,
  options: DurableObjectNamespaceGetDurableObjectOptions,
): ExamSessionStub {
  const objectId = ownId.test(id) ? EXAM_SESSIONS.idFromString(id) : EXAM_SESSIONS.idFromName(id);
  return EXAM_SESSIONS.get(objectId, options) as DurableObjectStub & ExamSessionRpc;
}

/** What a room is and stays: under which id, and what it is bound to. */
export type RoomIdentity = { readonly examSessionId: ExamSessionId; readonly jurisdiction: Jurisdiction | null };

/**
 * The identity of a new room. [R25] Where the platform has no jurisdictions (the local runtime), the room is bound to
 * none, which the log says once and the room's `jurisdiction` for ever.
 */
export function newRoomIdentity({ EXAM_SESSIONS }: Sessions, asked: Jurisdiction | null): RoomIdentity {
  if (asked !== null) {
    try {
      const examSessionId = brand<ExamSessionId>(EXAM_SESSIONS.jurisdiction(asked).newUniqueId().toString());
      return { examSessionId, jurisdiction: asked };
    } catch (error) {
      // The local runtime's words. Anything else must not make an unbound room of one that the platform could bind.
      if (!(error instanceof Error && /not implemented/i.test(error.message))) throw error;
      sayOnce(asked);
    }
  }
  return { examSessionId: newId<ExamSessionId>(), jurisdiction: null };
}

const said = new Set<Jurisdiction>();

function sayOnce(jurisdiction: Jurisdiction): void {
  if (said.has(jurisdiction)) return;
  said.add(jurisdiction);
  log({ event: "jurisdiction-unavailable", jurisdiction });
}

/** Makes the room's object, near the region: a hint that only the first call to an object takes. */
export async function provisionRoom(sessions: Sessions, config: SessionConfig, region: Region | null): Promise<void> {
  const options = region === null ? {} : { locationHint: region };
  await stubOf(sessions, config.examSessionId, options).provision(config);
}
