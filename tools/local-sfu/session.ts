import { randomBytes } from "node:crypto";
import type { Environment } from "./environment.ts";
import { Negotiation } from "./negotiation.ts";
import { Publication } from "./publication.ts";
import { Reception } from "./reception.ts";
import { refusal, type Refusal } from "./reply.ts";
import type { MediaKind, ReceivedRtpPacket, RtcpMessage, RtpPacket } from "./rtp-packet.ts";
import { readSdp, type RemoteDescription } from "./sdp-read.ts";
import { MID_EXTENSION, type Section } from "./section.ts";
import { Subscription } from "./subscription.ts";
import { Transport } from "./transport.ts";
import { waitUntil } from "./wait-until.ts";

export type SessionDescription = { readonly type: "offer" | "answer"; readonly sdp: string };

const REPORT_INTERVAL_MS = 1_000;

/** One browser's peer connection: its m-sections, the tracks in them, and the transport that they share. */
export class Session {
  readonly id = randomBytes(16).toString("hex");
  readonly negotiation = new Negotiation();
  readonly #environment: Environment;
  readonly #publications: Publication[] = [];
  readonly #subscriptions: Subscription[] = [];
  /** Which section each incoming stream belongs to. */
  readonly #streams = new Map<number, { readonly section: Section; readonly reception: Reception }>();
  #transport: Transport | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #isClosed = false;
  #lastAliveMs: number;
  #signsOfLife = 0;
  #reportedAtMs = 0;

  private constructor(environment: Environment) {
    this.#environment = environment;
    this.#lastAliveMs = environment.now();
  }

  static async open(environment: Environment): Promise<Session> {
    const session = new Session(environment);
    session.#transport = await Transport.open({
      onRtp: (packet) => session.#receiveMedia(packet),
      onRtcp: (message) => session.#receiveControl(message),
      onConnected: () => session.#askForStarts(),
      onClosed: () => session.close(),
    });
    return session;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get isConnected(): boolean {
    return !this.#isClosed && this.#connection.isConnected;
  }

  /** All tracks there ever were: closed ones stay listed. */
  get tracks(): readonly (Publication | Subscription)[] {
    return [...this.#publications, ...this.#subscriptions];
  }

  get #connection(): Transport {
    if (this.#transport === null) throw new Error("a session is used only once it is open");
    return this.#transport;
  }

  /** Lets tasks run one after another, in the order of the calls: a description must not change under another one. */
  async inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(task);
    // A task that throws is its caller's to handle, and must not stop the ones behind it.
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** False if descriptions have been exchanged and yet no connection came in time. */
  async isReady(): Promise<boolean> {
    if (!this.#connection.isStarted) return true;
    const connected = () => (this.isConnected || this.#isClosed ? true : null);
    return (await waitUntil(connected, this.#environment.limits.patienceMs)) !== null && !this.#isClosed;
  }

  /** The browser's offer, read, if it can be taken now. Changes nothing. */
  readOffer(description: SessionDescription | undefined): RemoteDescription | Refusal {
    if (description?.type !== "offer") return badDescription("An offer is required");
    const remote = readSdp(description.sdp);
    if (remote === null) return badDescription("The offer cannot be read");
    if (remote.transport === null) return badDescription("The offer has no ICE or DTLS parameters");
    return this.negotiation.refusalOfOffer(remote) ?? remote;
  }

  /** Takes an offer that `readOffer` let pass, and gives the answer to it. */
  answer(offer: RemoteDescription): SessionDescription {
    this.negotiation.takeOffer(offer);
    if (offer.transport !== null) this.#connection.start(offer.transport);
    const sdp = this.negotiation.answer(this.#connection.local);
    return { type: "answer", sdp };
  }

  offer(): SessionDescription {
    return { type: "offer", sdp: this.negotiation.offer(this.#connection.local) };
  }

  takeAnswer(description: SessionDescription): Refusal | null {
    if (description.type !== "answer") return badDescription("An answer is required");
    const remote = readSdp(description.sdp);
    if (remote === null) return badDescription("The answer cannot be read");
    if (remote.transport === null && !this.#connection.isStarted) {
      return badDescription("The answer has no ICE or DTLS parameters");
    }
    const refused = this.negotiation.takeAnswer(remote);
    if (refused === null && remote.transport !== null) this.#connection.start(remote.transport);
    return refused;
  }

  /** The open publication of this name. */
  publicationNamed(trackName: string): Publication | null {
    return this.#publications.find((track) => !track.isClosed && track.trackName === trackName) ?? null;
  }

  publish(section: Section, kind: MediaKind, trackName: string): Publication {
    section.publication?.close();
    const publication = new Publication({
      sessionId: this.id,
      trackName,
      kind,
      section,
      nowMs: this.#environment.now(),
      sendPictureLoss: (mediaSsrc) => {
        this.#environment.counters.keyFramesRequested += 1;
        this.#connection.sendPictureLoss(mediaSsrc);
      },
    });
    this.#publications.push(publication);
    return publication;
  }

  subscribe(publication: Publication): Subscription {
    const section = this.negotiation.addSending(publication.kind);
    const subscription = new Subscription(section, publication, {
      isConnected: () => this.isConnected,
      sendMedia: (packet) => this.#sendMedia(packet),
      sendSenderReport: (report) => this.#connection.sendSenderReport(report),
    });
    this.#subscriptions.push(subscription);
    return subscription;
  }

  /** To be called several times a second: asks for key frames that are awaited, reports, and lets go of what is dead. */
  tick(nowMs: number): void {
    if (this.#isClosed) return;
    const { inactivityMs, disconnectedMs } = this.#environment.limits;
    const signsOfLife = this.#connection.signsOfLife;
    if (this.isConnected && signsOfLife !== this.#signsOfLife) this.#lastAliveMs = nowMs;
    this.#signsOfLife = signsOfLife;
    if (nowMs - this.#lastAliveMs >= disconnectedMs) {
      this.close();
      return;
    }
    for (const subscription of this.#subscriptions) subscription.askForStart(nowMs);
    for (const publication of this.#publications) publication.expire(nowMs, inactivityMs);
    if (nowMs - this.#reportedAtMs >= REPORT_INTERVAL_MS) {
      this.#reportedAtMs = nowMs;
      this.#report(nowMs);
    }
  }

  /** Ends everything at once. The browser is not told: as with a server that goes away, it sees its checks fail. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const track of this.tracks) track.close();
    // Sockets that are closed twice, or before they were open, are nobody's loss.
    void this.#transport?.close().catch(() => undefined);
  }

  #askForStarts(): void {
    const nowMs = this.#environment.now();
    this.#lastAliveMs = nowMs;
    for (const subscription of this.#subscriptions) subscription.askForStart(nowMs);
  }

  #receiveMedia(packet: ReceivedRtpPacket): void {
    const { counters, now } = this.#environment;
    const stream = this.#streamOf(packet);
    const publication = stream?.section.publication ?? null;
    if (stream === null || publication === null || packet.payloadType !== stream.section.payloadType) {
      counters.packetsUnrouted += 1;
      return;
    }
    counters.packetsIn += 1;
    stream.reception.add(packet);
    publication.receive(packet, now());
  }

  /** A stream's first packets carry the mid of its section; later ones only the SSRC. */
  #streamOf(packet: ReceivedRtpPacket) {
    const known = this.#streams.get(packet.ssrc);
    if (known !== undefined) return known;
    const section = this.negotiation.sections.find((candidate) => {
      const id = candidate.extensions.get(MID_EXTENSION);
      const mid = id === undefined ? undefined : packet.extensions.get(id);
      return candidate.role === "receiving" && mid?.toString("utf8") === candidate.mid;
    });
    if (section === undefined) return null;
    const stream = { section, reception: new Reception(packet.ssrc) };
    this.#streams.set(packet.ssrc, stream);
    return stream;
  }

  #receiveControl(message: RtcpMessage): void {
    const { counters, now } = this.#environment;
    switch (message.kind) {
      case "picture-loss":
        this.#subscriptionOf(message.mediaSsrc)?.recover(now());
        break;
      case "lost-packets": {
        const packets = this.#subscriptionOf(message.mediaSsrc)?.lostPackets(message.sequenceNumbers) ?? [];
        counters.packetsResent += packets.length;
        for (const packet of packets) this.#sendMedia(packet);
        break;
      }
      case "sender-report": {
        const stream = this.#streams.get(message.report.ssrc);
        stream?.reception.addSenderReport(message.report, now());
        stream?.section.publication?.receiveSenderReport(message.report);
        break;
      }
    }
  }

  #subscriptionOf(ssrc: number): Subscription | null {
    return this.negotiation.sections.find((section) => section.ssrc === ssrc)?.subscription ?? null;
  }

  #sendMedia(packet: RtpPacket): void {
    const { counters, lossPercent } = this.#environment;
    if (lossPercent > 0 && Math.random() * 100 < lossPercent) {
      counters.packetsDropped += 1;
      return;
    }
    counters.packetsOut += 1;
    this.#connection.sendRtp(packet);
  }

  #report(nowMs: number): void {
    for (const [ssrc, { section }] of this.#streams) {
      if (section.role === "stopped") this.#streams.delete(ssrc);
    }
    const reports = [...this.#streams.values()].map(({ reception }) => reception.report(nowMs));
    this.#connection.sendReceiverReports(reports.filter((report) => report !== null));
  }
}

function badDescription(description: string): Refusal {
  return refusal(406, "invalid_session_description", description);
}
