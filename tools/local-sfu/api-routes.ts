import * as v from "valibot";
import { closeTracks } from "./close-tracks.ts";
import { publishTracks } from "./publish-tracks.ts";
import { pullTracks } from "./pull-tracks.ts";
import { isRefusal, refusal, refusalReply, type Reply } from "./reply.ts";
import { ClosedTracks, IceServers, NewSession, NewTracks, Renegotiation, UpdatedTracks } from "./request-body.ts";
import type { Session } from "./session.ts";
import type { Sessions } from "./sessions.ts";
import { updateTracks } from "./update-tracks.ts";

/** An authorised call. `body` is parsed JSON, or undefined when there was none. */
export type ApiCall = { readonly method: string; readonly path: string; readonly body: unknown };

export type ApiContext = { readonly sessions: Sessions; readonly appId: string; readonly turnKeyId: string };

type SessionOperation = (context: ApiContext, session: Session, body: unknown) => Promise<Reply>;

/** Calls on one session; all but the last change it, and take their turns. */
const OPERATIONS: Readonly<Record<string, SessionOperation>> = {
  "POST /tracks/new": inTurn(async ({ sessions }, session, body) => {
    const request = parse(NewTracks, body);
    if (!request.ok) return request.reply;
    if (!(await session.isReady())) return notReady(session);
    return request.value.kind === "publish"
      ? publishTracks(session, request.value.tracks, request.value.sessionDescription)
      : pullTracks(sessions, session, request.value.tracks);
  }),
  "PUT /renegotiate": inTurn(async (_context, session, body) => {
    const request = parse(Renegotiation, body);
    if (!request.ok) return request.reply;
    const refused = session.takeAnswer(request.value.sessionDescription);
    return refused === null ? { status: 200, body: {} } : refusalReply(refused);
  }),
  "PUT /tracks/update": inTurn(async ({ sessions }, session, body) => {
    const request = parse(UpdatedTracks, body);
    if (!request.ok) return request.reply;
    if (!(await session.isReady())) return notReady(session);
    return updateTracks(sessions, session, request.value.tracks);
  }),
  "PUT /tracks/close": inTurn(async (_context, session, body) => {
    const request = parse(ClosedTracks, body);
    return request.ok ? closeTracks(session, request.value) : request.reply;
  }),
  "GET ": async (_context, session) => ({ status: 200, body: describe(session) }),
};

/** The part of Cloudflare's API that is served here, by the paths below `/v1`. */
export async function answerApiCall(context: ApiContext, call: ApiCall): Promise<Reply> {
  const [, turnKeyId] = /^\/turn\/keys\/([^/]+)\/credentials\/generate-ice-servers$/.exec(call.path) ?? [];
  if (turnKeyId !== undefined && call.method === "POST") return iceServers(context, turnKeyId, call.body);

  const [, appId, sessionId, operation] = /^\/apps\/([^/]+)\/sessions\/([^/]+)(\/[a-z/]+)?$/.exec(call.path) ?? [];
  if (appId === undefined || sessionId === undefined) return notFound("No such path");
  if (appId !== context.appId) return notFound("App not found");
  if (sessionId === "new" && operation === undefined && call.method === "POST") return openSession(context, call.body);

  const operate = OPERATIONS[`${call.method} ${operation ?? ""}`];
  if (operate === undefined) return notFound("No such operation");
  const session = context.sessions.find(sessionId);
  return session === null ? gone() : operate(context, session, call.body);
}

async function openSession({ sessions }: ApiContext, body: unknown): Promise<Reply> {
  const request = parse(NewSession, body ?? {});
  if (!request.ok) return request.reply;
  const session = await sessions.open();
  if (request.value.sessionDescription === undefined) return { status: 201, body: { sessionId: session.id } };
  const offer = session.readOffer(request.value.sessionDescription);
  if (isRefusal(offer)) {
    session.close();
    return refusalReply(offer);
  }
  return { status: 201, body: { sessionId: session.id, sessionDescription: session.answer(offer) } };
}

/** On one machine every peer is next door: there is nothing to discover and nothing to relay through. */
function iceServers({ turnKeyId }: ApiContext, askedKeyId: string, body: unknown): Reply {
  if (askedKeyId !== turnKeyId) return notFound("TURN key not found");
  const request = parse(IceServers, body);
  return request.ok ? { status: 201, body: { iceServers: [] } } : request.reply;
}

function describe(session: Session): object {
  const tracks = session.tracks.map((track) => ({
    location: track.location,
    mid: track.mid,
    trackName: track.trackName,
    status: track.status,
    ...(track.location === "remote" ? { sessionId: track.sessionId } : {}),
  }));
  return { tracks, dataChannels: [] };
}

/** A session can end while a call waits for its turn. */
function inTurn(operate: SessionOperation): SessionOperation {
  return async (context, session, body) =>
    session.inTurn(async () => (session.isClosed ? gone() : operate(context, session, body)));
}

type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reply: Reply };

/** Says where a body is wrong, and never repeats what was in it. */
export function parse<Schema extends v.GenericSchema>(schema: Schema, body: unknown): Parsed<v.InferOutput<Schema>> {
  const result = v.safeParse(schema, body);
  if (result.success) return { ok: true, value: result.output };
  const path = v.getDotPath(result.issues[0]) ?? "the body";
  return { ok: false, reply: refusalReply(refusal(400, "invalid_params", `Invalid value at ${path}`)) };
}

function notReady(session: Session): Reply {
  if (session.isClosed) return gone();
  return refusalReply(refusal(425, "session_error", "The session is not connected yet"));
}

function gone(): Reply {
  return refusalReply(refusal(410, "session_error", "The session is unknown or closed"));
}

function notFound(description: string): Reply {
  return refusalReply(refusal(404, "not_found", description));
}
