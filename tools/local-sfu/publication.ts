import type { MediaKind, ReceivedRtpPacket, SenderReport } from "./rtp-packet.ts";
import type { Section } from "./section.ts";

/** Whoever gets what is published. */
export type Subscriber = {
  receive(packet: ReceivedRtpPacket, nowMs: number): void;
  receiveSenderReport(report: SenderReport): void;
};

/** Encoders take their time over a key frame, and each is large: asking again sooner only makes a queue of them. */
const KEY_FRAME_PAUSE_MS = 300;

/** A local track: media that a browser sends us under a name. */
export class Publication {
  readonly location = "local";
  readonly sessionId: string;
  readonly trackName: string;
  readonly mid: string;
  readonly kind: MediaKind;
  readonly #section: Section;
  readonly #sendPictureLoss: (mediaSsrc: number) => void;
  readonly #subscribers = new Set<Subscriber>();
  #ssrc: number | null = null;
  #lastPacketAtMs: number | null = null;
  #lastActiveMs: number;
  #keyFrameAskedAtMs = -Infinity;
  #isClosed = false;

  constructor(input: {
    readonly sessionId: string;
    readonly trackName: string;
    readonly kind: MediaKind;
    readonly section: Section;
    readonly nowMs: number;
    readonly sendPictureLoss: (mediaSsrc: number) => void;
  }) {
    this.sessionId = input.sessionId;
    this.trackName = input.trackName;
    this.mid = input.section.mid;
    this.kind = input.kind;
    this.#section = input.section;
    this.#lastActiveMs = input.nowMs;
    this.#sendPictureLoss = input.sendPictureLoss;
    input.section.publication = this;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** True once media, not just padding, has come and the track is still open. */
  get isFlowing(): boolean {
    return !this.#isClosed && this.#lastPacketAtMs !== null;
  }

  get status(): "active" | "inactive" | "initializing" {
    if (this.#isClosed) return "inactive";
    return this.isFlowing ? "active" : "initializing";
  }

  addSubscriber(subscriber: Subscriber): void {
    this.#subscribers.add(subscriber);
  }

  removeSubscriber(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
  }

  receive(packet: ReceivedRtpPacket, nowMs: number): void {
    this.#ssrc = packet.ssrc;
    if (packet.payload.length > 0) {
      this.#lastPacketAtMs = nowMs;
      this.#lastActiveMs = nowMs;
    }
    for (const subscriber of this.#subscribers) subscriber.receive(packet, nowMs);
  }

  receiveSenderReport(report: SenderReport): void {
    for (const subscriber of this.#subscribers) subscriber.receiveSenderReport(report);
  }

  requestKeyFrame(nowMs: number): void {
    if (this.kind !== "video" || this.#ssrc === null || this.#isClosed) return;
    if (nowMs - this.#keyFrameAskedAtMs < KEY_FRAME_PAUSE_MS) return;
    this.#keyFrameAskedAtMs = nowMs;
    this.#sendPictureLoss(this.#ssrc);
  }

  /** Ends a track that has been silent for too long. */
  expire(nowMs: number, inactivityMs: number): void {
    if (nowMs - this.#lastActiveMs >= inactivityMs) this.close();
  }

  close(): void {
    this.#isClosed = true;
    this.#subscribers.clear();
    if (this.#section.publication === this) this.#section.publication = null;
  }
}
