import * as v from "valibot";
import { type Actor, candidate } from "#domain/attempt/actor.ts";
import type { Attempt, Registered } from "#domain/attempt/state.ts";
import type { AttemptId, MemberId, SignInId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { CandidateDown } from "#protocol/session/down.ts";
import { closeCodes } from "#protocol/session/version.ts";
import { log } from "./log.ts";

/** Who a socket is. The Worker has verified it; no message can change it. */
export type Identity =
  | { readonly role: "candidate"; readonly attemptId: AttemptId; readonly browser: string; readonly page: string }
  | {
      readonly role: "proctor";
      readonly memberId: MemberId;
      readonly name: string;
      /** By which sign-in; null for a console of before sign-ins were told apart. */
      readonly signInId: SignInId | null;
    };

const identitySchema: v.GenericSchema<unknown, Identity> = v.variant("role", [
  v.object({
    role: v.literal("candidate"),
    attemptId: v.pipe(
      v.string(),
      v.transform((text) => text as AttemptId),
    ),
    browser: v.string(),
    page: v.string(),
  }),
  v.object({
    role: v.literal("proctor"),
    memberId: v.pipe(
      v.string(),
      v.transform((text) => text as MemberId),
    ),
    name: v.string(),
    signInId: v.optional(
      v.nullable(
        v.pipe(
          v.string(),
          v.transform((text) => text as SignInId),
        ),
      ),
      null,
    ),
  }),
]);

const sinceSchema = v.object({ since: v.number() });
const owedSchema = v.object({ owedAfter: v.nullable(v.number()) });

export function actorOf(identity: Identity): Actor {
  if (identity.role === "candidate") return candidate;
  return { kind: "proctor", memberId: identity.memberId, name: identity.name };
}

const proctorTag = "proctor";
function candidateTag(attemptId: AttemptId): string {
  return `candidate ${attemptId}`;
}
function pageTag(attemptId: AttemptId, page: string): string {
  return `page ${attemptId} ${page}`;
}
function memberTag(memberId: MemberId): string {
  return `member ${memberId}`;
}

/** The close codes that a peer may be answered with: 1005 and 1006 never travel (RFC 6455, 7.4.1). */
export function mayEcho(code: number): boolean {
  return code === 1000 || (code >= 3000 && code <= 4999);
}

export function closeQuietly(socket: WebSocket, code: number, reason: string): void {
  try {
    socket.close(code, reason);
  } catch {
    // It was closed already, by the other side or by us.
  }
}

/**
 * The Worker has verified these; nothing else can reach this object. A page that does not say which it is counts as the
 * only one of its browser.
 */
export function identityIn({ pathname, searchParams }: URL): Identity | null {
  const attempt = searchParams.get("attempt");
  const browser = searchParams.get("browser");
  if (pathname === "/candidate" && attempt !== null && browser !== null) {
    const page = searchParams.get("page") ?? browser;
    return { role: "candidate", attemptId: attempt as AttemptId, browser, page };
  }
  const member = searchParams.get("member");
  const name = searchParams.get("name");
  if (pathname === "/proctor" && member !== null && name !== null) {
    return {
      role: "proctor",
      memberId: member as MemberId,
      name,
      signInId: searchParams.get("signIn") as SignInId | null,
    };
  }
  return null;
}

/** A browser cannot read the status of a refused upgrade, so the socket opens and says why it closes. */
export function turnAway(socket: WebSocket, reason: string, code: number = closeCodes.notAllowed): void {
  log("socket-refused", { reason });
  socket.accept();
  closeQuietly(socket, code, reason);
}

/** The session's hibernatable sockets, by who they are. */
export function createSockets(ctx: DurableObjectState) {
  /** What a socket was let in as is fixed then, and asked with every message. */
  const identities = new WeakMap<WebSocket, Identity>();

  function identityOf(socket: WebSocket): Identity {
    const known = identities.get(socket) ?? v.parse(identitySchema, socket.deserializeAttachment());
    identities.set(socket, known);
    return known;
  }

  function openOf(tag: string): WebSocket[] {
    return ctx.getWebSockets(tag).filter((socket) => socket.readyState === WebSocket.OPEN);
  }

  function sendText(socket: WebSocket, text: string): void {
    try {
      socket.send(text);
    } catch (error) {
      // The peer has gone and its close event is on the way; after a reconnect it gets everything anew.
      log("socket-send-failed", {}, error);
    }
  }

  return {
    accept(socket: WebSocket, identity: Identity): void {
      const tags =
        identity.role === "candidate"
          ? [candidateTag(identity.attemptId), pageTag(identity.attemptId, identity.page)]
          : [proctorTag, memberTag(identity.memberId)];
      ctx.acceptWebSocket(socket, tags);
      socket.serializeAttachment({ ...identity, since: Date.now(), owedAfter: null });
    },

    /** When the page at the other end last showed by a ping that it is there. */
    heardAt(socket: WebSocket): EpochMs {
      const { since } = v.parse(sinceSchema, socket.deserializeAttachment());
      return Math.max(since, ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0);
    },

    /** Who the socket is. Throws when it was not accepted by `accept`. */
    identityOf,

    candidate: (attemptId: AttemptId): readonly WebSocket[] => openOf(candidateTag(attemptId)),
    proctors: (): readonly WebSocket[] => openOf(proctorTag),

    member: (memberId: MemberId): readonly WebSocket[] => openOf(memberTag(memberId)),

    page: (attemptId: AttemptId, page: string): readonly WebSocket[] => openOf(pageTag(attemptId, page)),

    /** Whether the page that writes is connected: one that only reads watches nobody. Before one writes, any page. [A123] */
    isOnline(attemptId: AttemptId, attempt: Attempt | undefined): boolean {
      const writer = attempt === undefined || attempt.status === "unregistered" ? null : attempt.file.writing.page;
      return openOf(writer === null ? candidateTag(attemptId) : pageTag(attemptId, writer)).length > 0;
    },

    /** Whether the page at the other end wrote before a change and still does after it. */
    writes(socket: WebSocket, before: Registered | null, after: Registered): boolean {
      const identity = identityOf(socket);
      const page = identity.role === "candidate" ? identity.page : null;
      return page === after.file.writing.page && (before === null || page === before.file.writing.page);
    },

    toCandidate(socket: WebSocket, down: CandidateDown): void {
      sendText(socket, JSON.stringify(down));
    },
    sendText,

    /** Notes at a console's socket that not everything after this position of the feed was sent to it; null: it was. */
    owe(socket: WebSocket, owedAfter: number | null): void {
      const { since } = v.parse(sinceSchema, socket.deserializeAttachment());
      socket.serializeAttachment({ ...identityOf(socket), since, owedAfter });
    },
    owedAfter: (socket: WebSocket): number | null => v.parse(owedSchema, socket.deserializeAttachment()).owedAfter,

    farewells: {
      /** Ends the sockets of members who may no longer be here. */
      dismiss(memberIds: readonly MemberId[]): void {
        for (const socket of memberIds.flatMap((memberId) => openOf(memberTag(memberId)))) {
          closeQuietly(socket, closeCodes.notAllowed, "no longer assigned");
        }
      },

      /** Ends the consoles of members who were signed out. */
      endSignIns(signInIds: readonly SignInId[]): void {
        for (const socket of openOf(proctorTag)) {
          const identity = identityOf(socket);
          const by = identity.role === "proctor" ? identity.signInId : null;
          if (by !== null && signInIds.includes(by)) closeQuietly(socket, closeCodes.notAllowed, "signed out");
        }
      },
    },
  };
}

export type Sockets = ReturnType<typeof createSockets>;
