import {
  GenericNack,
  PictureLossIndication,
  RTCDtlsFingerprint,
  RTCDtlsParameters,
  RTCDtlsTransport,
  RTCIceGatherer,
  RTCIceParameters,
  RTCIceTransport,
  RtcpPayloadSpecificFeedback,
  RtcpReceiverInfo,
  RtcpRrPacket,
  RtcpSenderInfo,
  RtcpSrPacket,
  RtcpTransportLayerFeedback,
  RtpHeader,
  type RtcpPacket,
  type RtpPacket as WeriftRtpPacket,
} from "werift";
import type { OutgoingSenderReport, ReceivedRtpPacket, ReceiverReport, RtcpMessage, RtpPacket } from "./rtp-packet.ts";
import type { TransportParameters } from "./sdp-read.ts";
import type { LocalTransport } from "./sdp-write.ts";

export type TransportListener = {
  readonly onRtp: (packet: ReceivedRtpPacket) => void;
  readonly onRtcp: (message: RtcpMessage) => void;
  readonly onConnected: () => void;
  /** The peer has said goodbye, or the handshake has failed. A peer that just vanishes is not noticed here. */
  readonly onClosed: () => void;
};

/** SRTP protection profiles (RFC 7714, RFC 5764). AES-GCM first: it takes a third less time than AES-CM with SHA-1. */
const AEAD_AES_128_GCM = 7;
const AES128_CM_HMAC_SHA1_80 = 1;

/** Names us in our RTCP packets. We send no media of our own, so that any number will do. */
const OWN_SSRC = 1;
/** An RTCP packet counts its reports in five bits. */
const REPORTS_PER_PACKET = 31;

/** ICE-lite, DTLS and SRTP with one browser, on a UDP port of the loopback interface. */
export class Transport {
  readonly #ice: RTCIceTransport;
  readonly #dtls: RTCDtlsTransport;
  readonly #listener: TransportListener;
  #isStarted = false;

  private constructor(ice: RTCIceTransport, dtls: RTCDtlsTransport, listener: TransportListener) {
    this.#ice = ice;
    this.#dtls = dtls;
    this.#listener = listener;
    dtls.onRtp.subscribe((packet) => listener.onRtp(readRtp(packet)));
    dtls.onRtcp.subscribe((packet) => {
      const message = readRtcp(packet);
      if (message !== null) listener.onRtcp(message);
    });
    dtls.onStateChange.subscribe((state) => {
      if (state === "connected") listener.onConnected();
      if (state === "closed" || state === "failed") listener.onClosed();
    });
  }

  static async open(listener: TransportListener): Promise<Transport> {
    const loopback = "127.0.0.1";
    const gatherer = new RTCIceGatherer({
      iceLite: true,
      useIpv4: true,
      useIpv6: false,
      additionalHostAddresses: [loopback],
      // Without this, the sockets would listen on every interface.
      interfaceAddresses: { udp4: loopback },
    });
    const ice = new RTCIceTransport(gatherer);
    const certificate = await RTCDtlsTransport.SetupCertificate();
    const dtls = new RTCDtlsTransport({}, ice, certificate, [AEAD_AES_128_GCM, AES128_CM_HMAC_SHA1_80]);
    // As a client, the library waits 100 ms before its first packet.
    dtls.role = "server";
    await ice.gather();
    return new Transport(ice, dtls, listener);
  }

  get isStarted(): boolean {
    return this.#isStarted;
  }

  get isConnected(): boolean {
    return this.#dtls.state === "connected";
  }

  /** Grows whenever the peer gives a sign of life: media, reports or the checks that ICE repeats for ever. */
  get signsOfLife(): number {
    const checks = this.#ice.connection.candidatePairs.reduce((sum, pair) => sum + pair.requestsReceived, 0);
    return checks + this.#dtls.packetsReceived;
  }

  get local(): LocalTransport {
    const { usernameFragment, password } = this.#ice.localParameters;
    const candidate = this.#ice.localCandidates.find(({ ip }) => ip === "127.0.0.1");
    if (candidate === undefined) throw new Error("no UDP port could be opened on 127.0.0.1");
    const { fingerprints } = this.#dtls.localParameters;
    return { usernameFragment, password, fingerprints, port: candidate.port };
  }

  /** Begins to connect; does nothing the second time. Ours is the lite side: the browser's checks come to us. */
  start(remote: TransportParameters): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    const { usernameFragment, password, fingerprints } = remote;
    this.#ice.setRemoteParams(new RTCIceParameters({ usernameFragment, password, iceLite: false }));
    this.#dtls.setRemoteParams(
      new RTCDtlsParameters(
        fingerprints.map(({ algorithm, value }) => new RTCDtlsFingerprint(algorithm, value)),
        "client",
      ),
    );
    void this.#connect();
  }

  async #connect(): Promise<void> {
    try {
      await this.#ice.addRemoteCandidate(undefined);
      await this.#ice.start();
      await this.#dtls.start();
    } catch {
      // No check ever came, the handshake failed, or this transport was closed meanwhile.
      this.#listener.onClosed();
    }
  }

  sendRtp(packet: RtpPacket): void {
    if (!this.isConnected) return;
    const { payload, ssrc, payloadType, sequenceNumber, timestamp, marker } = packet;
    // Never rejects: the library takes a send error as a lost packet, as the network would.
    void this.#dtls.sendRtp(payload, new RtpHeader({ ssrc, payloadType, sequenceNumber, timestamp, marker }));
  }

  sendPictureLoss(mediaSsrc: number): void {
    const feedback = new PictureLossIndication({ senderSsrc: OWN_SSRC, mediaSsrc });
    this.#sendRtcp(new RtcpPayloadSpecificFeedback({ feedback }));
  }

  sendSenderReport({ ssrc, ntpTimestamp, rtpTimestamp, packetCount, octetCount }: OutgoingSenderReport): void {
    const senderInfo = new RtcpSenderInfo({
      ntpTimestamp,
      rtpTimestamp,
      packetCount: packetCount >>> 0,
      octetCount: octetCount >>> 0,
    });
    this.#sendRtcp(new RtcpSrPacket({ ssrc, senderInfo }));
  }

  sendReceiverReports(reports: readonly ReceiverReport[]): void {
    for (let from = 0; from < reports.length; from += REPORTS_PER_PACKET) {
      const batch = reports.slice(from, from + REPORTS_PER_PACKET).map(writeReceiverReport);
      this.#sendRtcp(new RtcpRrPacket({ ssrc: OWN_SSRC, reports: batch }));
    }
  }

  #sendRtcp(packet: RtcpPacket): void {
    if (this.isConnected) void this.#dtls.sendRtcp([packet]);
  }

  async close(): Promise<void> {
    await this.#dtls.stop();
  }
}

function readRtp({ header, payload }: WeriftRtpPacket): ReceivedRtpPacket {
  const { ssrc, payloadType, sequenceNumber, timestamp, marker } = header;
  const extensions = new Map(header.extensions.map(({ id, payload: value }) => [id, value]));
  return { ssrc, payloadType, sequenceNumber, timestamp, marker, payload, extensions };
}

function readRtcp(packet: RtcpPacket): RtcpMessage | null {
  if (packet instanceof RtcpSrPacket) {
    const { ntpTimestamp, rtpTimestamp } = packet.senderInfo;
    return { kind: "sender-report", report: { ssrc: packet.ssrc, ntpTimestamp, rtpTimestamp } };
  }
  if (packet instanceof RtcpPayloadSpecificFeedback && packet.feedback instanceof PictureLossIndication) {
    return { kind: "picture-loss", mediaSsrc: packet.feedback.mediaSsrc };
  }
  if (packet instanceof RtcpTransportLayerFeedback && packet.feedback instanceof GenericNack) {
    const { mediaSourceSsrc, lost } = packet.feedback;
    return { kind: "lost-packets", mediaSsrc: mediaSourceSsrc, sequenceNumbers: lost };
  }
  return null;
}

/**
 * The fraction lost is always told as none: what goes missing here does so because this machine is too busy, and
 * an encoder that backs off for that would make every test's picture depend on the load.
 */
function writeReceiverReport(report: ReceiverReport): RtcpReceiverInfo {
  return new RtcpReceiverInfo({
    ssrc: report.ssrc,
    fractionLost: 0,
    packetsLost: report.packetsLost,
    highestSequence: report.highestSequence,
    jitter: 0,
    lsr: report.lastSenderReport,
    dlsr: report.delaySinceLastSenderReport,
  });
}
