import type { EpochMs } from "#domain/integrity/signal.ts";
import { closeCodes } from "#protocol/session/version.ts";
import type { Incoming } from "./incoming.ts";
import type { Identity } from "./sockets.ts";
import { type Bucket, fullBucket, type Rate, take, waitMs } from "./token-bucket.ts";

/** What one attempt may say. A page that comes back after an hour without a network has some hundreds of commands. */
const candidateRate: Rate = { burst: 2_000, perSecond: 20 };
/** What one member may say: something to everybody in a large room, twice. */
const proctorRate: Rate = { burst: 2_000, perSecond: 50 };
/** Sockets that one attempt or member may open. A page that fails to come in waits longer each time. */
const openingRate: Rate = { burst: 30, perSecond: 0.5 };
/** How often a console may say that it has read: the session puts a mark at most once a second, or with each 64 k. */
const readingRate: Rate = { burst: 50, perSecond: 10 };
/**
 * What may come although it was asked to wait. A page of ours has at most 200 commands under way when it is asked, and
 * asks again with as many each time that it has waited.
 */
const patience: Rate = { burst: 1_000, perSecond: 100 };
/** Who was asked to wait is let in again when there is room for so many. */
const roomAfterWait = 100;

/** What becomes of a message: heard, not heard, told to wait, or the reason to close its socket. */
export type Passage =
  | { readonly kind: "pass" }
  | { readonly kind: "ignored" }
  | { readonly kind: "slowDown"; readonly id: string; readonly retryAfterMs: number }
  | { readonly kind: "flood"; readonly code: number; readonly reason: string };

type Acceptable = Exclude<Incoming, { kind: "unacceptable" }>;

export type Turnstile = ReturnType<typeof createTurnstile>;

/**
 * Lets through what people do and their pages send, and nobody's flood. In memory alone: an object that starts anew is
 * generous once, and a flood keeps it awake.
 */
export function createTurnstile() {
  const buckets = new Map<string, Bucket>();
  /** Of a socket that was asked to wait: the command from which it has to go on. */
  const waiting = new Map<WebSocket, string>();

  function spend(key: string, rate: Rate, now: EpochMs): boolean {
    const after = take(buckets.get(key) ?? fullBucket(rate, now), rate, now);
    if (after !== null) buckets.set(key, after);
    return after !== null;
  }

  function ignore(who: string, now: EpochMs): Passage {
    if (spend(`patience ${who}`, patience, now)) return { kind: "ignored" };
    return { kind: "flood", code: closeCodes.tooMuch, reason: "it went on after it was asked to slow down" };
  }

  return {
    /** Whether one more socket of theirs may open. */
    mayOpen: (identity: Identity, now: EpochMs): boolean => spend(`opening ${whoIs(identity)}`, openingRate, now),

    /**
     * Before a message is read at all: of a socket that was asked to wait, nothing is heard but the command from which it
     * goes on, and how far a console has read. Done in another order, a later answer would be overwritten by an earlier
     * one.
     */
    glance(socket: WebSocket, identity: Identity, message: string | ArrayBuffer, now: EpochMs): Passage {
      const from = waiting.get(socket);
      if (from === undefined) return { kind: "pass" };
      if (typeof message === "string" && (message.includes(from) || isShortReading(message))) return { kind: "pass" };
      return ignore(whoIs(identity), now);
    },

    /** A message that was read. Only a command is told to wait: a question is not asked again. */
    pass(socket: WebSocket, identity: Identity, incoming: Acceptable, now: EpochMs): Passage {
      const who = whoIs(identity);
      if (incoming.kind === "heard") {
        return spend(`reading ${who}`, readingRate, now) ? { kind: "pass" } : ignore(who, now);
      }
      const id = incoming.kind === "order" ? incoming.order.commandId : null;
      const from = waiting.get(socket);
      if (from !== undefined && from !== id) return ignore(who, now);
      const rate = identity.role === "candidate" ? candidateRate : proctorRate;
      if (spend(who, rate, now)) {
        waiting.delete(socket);
        return { kind: "pass" };
      }
      const ignored = ignore(who, now);
      if (ignored.kind === "flood" || id === null) return ignored;
      waiting.set(socket, id);
      const bucket = buckets.get(who) ?? fullBucket(rate, now);
      return { kind: "slowDown", id, retryAfterMs: waitMs(bucket, rate, roomAfterWait, now) };
    },

    leave: (socket: WebSocket): boolean => waiting.delete(socket),
  };
}

/** So short that reading it costs nothing, whatever else it is. */
function isShortReading(message: string): boolean {
  return message.length < 64 && message.includes('"heard"');
}

function whoIs(identity: Identity): string {
  return identity.role === "candidate" ? `attempt ${identity.attemptId}` : `member ${identity.memberId}`;
}
