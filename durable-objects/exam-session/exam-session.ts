import { DurableObject } from "cloudflare:workers";
import type { LiveTrack, ReviewCommand, Segment } from "#domain/attempt/command.ts";
import type { LiveMedia } from "#domain/attempt/state.ts";
import type { Door } from "#domain/attempt/take-over.ts";
import type { AttemptId, MemberId, SignInId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { ServiceFailure } from "#domain/ledger/refund.ts";
import type { Outcome } from "#protocol/session/down.ts";
import type { Accommodations } from "#domain/exam/accommodation.ts";
import type {
  Erasing,
  Erasure,
  ExamSessionRpc,
  NewRegistration,
  PictureCommand,
  Pictures,
  RegistrationAccommodations,
  Accommodating,
  SessionConfig,
  SessionRecord,
  SignedLog,
  Standing,
} from "#protocol/session/rpc.ts";
import type { ExamSessionEnv } from "./env.ts";
import { log } from "./log.ts";
import { migrate } from "./schema.ts";
import type { SegmentPlace } from "./segment-index.ts";
import { createSession, type Session } from "./session.ts";
import { closeQuietly, mayEcho } from "./sockets.ts";

/** One room of a sitting, live. This class has the entry points only; ./session.ts is what it does. */
export class ExamSession extends DurableObject<ExamSessionEnv> implements ExamSessionRpc {
  readonly #session: Session;

  constructor(ctx: DurableObjectState, env: ExamSessionEnv) {
    super(ctx, env);
    migrate(ctx.storage);
    this.#session = createSession(ctx, env);
  }

  override async fetch(request: Request): Promise<Response> {
    const { 0: client, 1: server } = new WebSocketPair();
    this.#session.connect(new URL(request.url), server);
    // The Worker leaves of it what the answer is.
    const protocol = request.headers.get("sec-websocket-protocol");
    const headers = protocol === null ? {} : { "sec-websocket-protocol": protocol };
    return new Response(null, { status: 101, webSocket: client, headers });
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    try {
      await this.#session.hear(socket, message);
    } catch (error) {
      // A broken promise of our own. The runtime would only log it: close, so that the page comes back and resends.
      log("message-failed", {}, error);
      closeQuietly(socket, 1011, "internal error");
    }
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    closeQuietly(socket, mayEcho(code) ? code : 1000, "");
    this.#disconnect(socket);
  }

  override async webSocketError(socket: WebSocket): Promise<void> {
    closeQuietly(socket, 1011, "connection error");
    this.#disconnect(socket);
  }

  #disconnect(socket: WebSocket): void {
    try {
      this.#session.disconnect(socket);
    } catch (error) {
      // The commit failed. The proctors' tiles say it at the next change, and the log when the object starts anew.
      log("close-failed", {}, error);
    }
  }

  override async alarm(): Promise<void> {
    await this.#session.wake();
  }

  async provision(config: SessionConfig): Promise<void> {
    this.#session.provision(config);
  }

  async register(registrations: readonly NewRegistration[]): Promise<void> {
    this.#session.register(registrations);
  }

  async standing(attemptId: AttemptId, browser: string): Promise<Standing> {
    return this.#session.standing(attemptId, browser);
  }

  async door(attemptId: AttemptId, browser: string): Promise<Door | null> {
    return this.#session.door(attemptId, browser);
  }

  async checkIn(attemptId: AttemptId, browser: string): Promise<Door | null> {
    return this.#session.checkIn(attemptId, browser);
  }

  async spendProof(attemptId: AttemptId, id: string, goodUntil: EpochMs): Promise<boolean> {
    return this.#session.spendProof(attemptId, id, goodUntil);
  }

  async goOnElsewhere(attemptId: AttemptId, browser: string): Promise<Door | null> {
    return this.#session.goOnElsewhere(attemptId, browser);
  }

  async release(attemptId: AttemptId, member: { memberId: MemberId; name: string }): Promise<void> {
    this.#session.release(attemptId, member);
  }

  async arranged(attemptId: AttemptId): Promise<Accommodations | null> {
    return this.#session.arranged(attemptId);
  }

  async accommodate(
    attemptId: AttemptId,
    member: { memberId: MemberId; name: string },
    accommodations: Accommodations,
    seen: Accommodations | null,
  ): Promise<Accommodating | "changed-meanwhile"> {
    return this.#session.accommodate(attemptId, member, accommodations, seen);
  }

  async review(
    attemptId: AttemptId,
    member: { memberId: MemberId; name: string },
    command: ReviewCommand,
  ): Promise<Outcome> {
    return this.#session.review(attemptId, member, command);
  }

  async accommodations(): Promise<readonly RegistrationAccommodations[]> {
    return this.#session.accommodations();
  }

  async publishMedia(
    attemptId: AttemptId,
    browser: string,
    sfuSession: string,
    tracks: readonly LiveTrack[],
  ): Promise<Outcome> {
    return this.#session.publishMedia(attemptId, browser, sfuSession, tracks);
  }

  async liveMedia(attemptIds: readonly AttemptId[]): Promise<Readonly<Record<AttemptId, LiveMedia>>> {
    return this.#session.liveMedia(attemptIds);
  }

  async storedHashes(attemptId: AttemptId, places: readonly SegmentPlace[]): Promise<readonly (string | null)[]> {
    return this.#session.storedHashes(attemptId, places);
  }

  async storeSegment(attemptId: AttemptId, browser: string, segment: Segment): Promise<Outcome> {
    return this.#session.storeSegment(attemptId, browser, segment);
  }

  async storePicture(attemptId: AttemptId, browser: string, command: PictureCommand): Promise<Outcome> {
    return this.#session.storePicture(attemptId, browser, command);
  }

  async pictures(attemptId: AttemptId): Promise<Pictures> {
    return this.#session.pictures(attemptId);
  }

  async segments(attemptId: AttemptId): Promise<readonly Segment[]> {
    return this.#session.segments(attemptId);
  }

  async record(attemptId: AttemptId): Promise<SessionRecord | null> {
    return this.#session.record(attemptId);
  }

  async signedLog(attemptId: AttemptId): Promise<SignedLog | null> {
    return this.#session.signedLog(attemptId);
  }

  async failuresOf(attemptIds: readonly AttemptId[]): Promise<Readonly<Record<AttemptId, ServiceFailure>>> {
    return this.#session.failuresOf(attemptIds);
  }

  async eraseLog(attemptId: AttemptId, erasing: Erasing): Promise<Erasure> {
    return this.#session.eraseLog(attemptId, erasing);
  }

  async endSignIns(signInIds: readonly SignInId[]): Promise<void> {
    this.#session.endSignIns(signInIds);
  }

  async dismiss(memberIds: readonly MemberId[]): Promise<void> {
    this.#session.dismiss(memberIds);
  }
}
