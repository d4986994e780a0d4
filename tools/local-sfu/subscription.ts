import { Forwarder } from "./forwarder.ts";
import type { Publication, Subscriber } from "./publication.ts";
import { ResendCache } from "./resend-cache.ts";
import type { OutgoingSenderReport, ReceivedRtpPacket, RtpPacket, SenderReport } from "./rtp-packet.ts";
import type { Section } from "./section.ts";

/** How a subscription reaches its viewer. */
export type ViewerLink = {
  readonly isConnected: () => boolean;
  readonly sendMedia: (packet: RtpPacket) => void;
  readonly sendSenderReport: (report: OutgoingSenderReport) => void;
};

/** A remote track: one publication after another, sent to one viewer as one stream that never breaks. */
export class Subscription implements Subscriber {
  readonly location = "remote";
  readonly mid: string;
  readonly #section: Section;
  readonly #link: ViewerLink;
  readonly #forwarder: Forwarder;
  readonly #sentVideo = new ResendCache();
  #publication: Publication;
  #isClosed = false;

  constructor(section: Section, publication: Publication, link: ViewerLink) {
    this.mid = section.mid;
    this.#section = section;
    this.#link = link;
    this.#publication = publication;
    this.#forwarder = new Forwarder(publication.kind, { ssrc: section.ssrc, payloadType: section.payloadType });
    publication.addSubscriber(this);
    section.subscription = this;
  }

  get publication(): Publication {
    return this.#publication;
  }

  get sessionId(): string {
    return this.#publication.sessionId;
  }

  get trackName(): string {
    return this.#publication.trackName;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get status(): "active" | "inactive" | "initializing" {
    if (this.#isClosed || this.#publication.isClosed) return "inactive";
    return this.#forwarder.isWaiting ? "initializing" : "active";
  }

  /** From now on shows another publication. The old picture stands still until the new one's key frame is here. */
  moveTo(publication: Publication, nowMs: number): void {
    if (publication === this.#publication) return;
    this.#publication.removeSubscriber(this);
    this.#publication = publication;
    this.#forwarder.restart();
    publication.addSubscriber(this);
    this.askForStart(nowMs);
  }

  /** Until the picture has begun, this is to be called again and again: the request or the key frame may get lost. */
  askForStart(nowMs: number): void {
    if (!this.#isClosed && this.#forwarder.isWaiting && this.#link.isConnected()) {
      this.#publication.requestKeyFrame(nowMs);
    }
  }

  /** The viewer's decoder has lost its way. */
  recover(nowMs: number): void {
    this.#publication.requestKeyFrame(nowMs);
  }

  receive(packet: ReceivedRtpPacket, nowMs: number): void {
    // Without a connection nothing arrives, and a key frame that is lost now would be taken as a beginning.
    if (!this.#link.isConnected()) return;
    const outgoing = this.#forwarder.forward(packet, nowMs);
    if (outgoing === null) return;
    if (this.#publication.kind === "video") this.#sentVideo.keep(outgoing);
    this.#link.sendMedia(outgoing);
  }

  receiveSenderReport(report: SenderReport): void {
    const rtpTimestamp = this.#forwarder.timestampForViewer(report.rtpTimestamp);
    if (rtpTimestamp === null) return;
    this.#link.sendSenderReport({
      ssrc: this.#section.ssrc,
      ntpTimestamp: report.ntpTimestamp,
      rtpTimestamp,
      packetCount: this.#forwarder.packetCount,
      octetCount: this.#forwarder.octetCount,
    });
  }

  /** Packets that the viewer misses, as far as they are kept. */
  lostPackets(sequenceNumbers: readonly number[]): readonly RtpPacket[] {
    return this.#sentVideo.find(sequenceNumbers);
  }

  close(): void {
    this.#isClosed = true;
    this.#publication.removeSubscriber(this);
    if (this.#section.subscription === this) this.#section.subscription = null;
  }
}
