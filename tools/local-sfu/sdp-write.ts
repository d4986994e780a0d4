import type { TransportParameters } from "./sdp-read.ts";
import { CODECS, type Section } from "./section.ts";

export type LocalTransport = TransportParameters & { readonly port: number };

export type LocalDescription = {
  readonly type: "offer" | "answer";
  /** A number that is the session's own, and one that grows with each description (RFC 8866, 5.2). */
  readonly origin: number;
  readonly version: number;
  readonly transport: LocalTransport;
  readonly sections: readonly Section[];
};

/**
 * Chromium begins at 300 kbit/s and, since we offer no bandwidth feedback, would take many seconds to trust the line.
 * On one machine there is nothing to probe for. In kbit/s.
 */
const START_BITRATE = 2500;

/** Our side of the negotiation, as ICE-lite on one loopback port, everything in one bundle. */
export function writeSdp(description: LocalDescription): string {
  const live = description.sections.filter((section) => section.role !== "stopped");
  const lines = [
    "v=0",
    `o=- ${description.origin} ${description.version} IN IP4 127.0.0.1`,
    "s=-",
    "t=0 0",
    "a=ice-lite",
    `a=group:BUNDLE ${live.map((section) => section.mid).join(" ")}`.trimEnd(),
    "a=extmap-allow-mixed",
    "a=msid-semantic: WMS *",
    ...description.sections.flatMap((section) => sectionLines(section, description)),
  ];
  return `${lines.join("\r\n")}\r\n`;
}

function sectionLines(section: Section, description: LocalDescription): readonly string[] {
  const port = section.role === "stopped" ? 0 : 9;
  // Data channels are not served, so an application section is only ever answered as stopped.
  if (section.kind === "application") {
    return [`m=application ${port} UDP/DTLS/SCTP webrtc-datachannel`, "c=IN IP4 0.0.0.0", `a=mid:${section.mid}`];
  }
  const lines = [
    `m=${section.kind} ${port} UDP/TLS/RTP/SAVPF ${section.payloadType}`,
    "c=IN IP4 0.0.0.0",
    `a=mid:${section.mid}`,
    ...transportLines(description),
    ...(section.role === "stopped" ? [] : candidateLines(description)),
    `a=${directionOf(section)}`,
    "a=rtcp-mux",
    "a=rtcp-rsize",
    `a=rtpmap:${section.payloadType} ${CODECS[section.kind].rtpmap}`,
    ...codecLines(section),
  ];
  if (section.role === "receiving") {
    for (const [uri, id] of section.extensions) lines.push(`a=extmap:${id} ${uri}`);
  }
  if (section.role === "sending") {
    lines.push(`a=msid:${description.origin}-${section.mid} ${section.mid}`, `a=ssrc:${section.ssrc} cname:local-sfu`);
  }
  return lines;
}

function transportLines({ transport, type }: LocalDescription): readonly string[] {
  return [
    `a=ice-ufrag:${transport.usernameFragment}`,
    `a=ice-pwd:${transport.password}`,
    ...transport.fingerprints.map((fingerprint) => `a=fingerprint:${fingerprint.algorithm} ${fingerprint.value}`),
    `a=setup:${type === "offer" ? "actpass" : "passive"}`,
  ];
}

function candidateLines({ transport }: LocalDescription): readonly string[] {
  return [`a=candidate:1 1 udp 2130706431 127.0.0.1 ${transport.port} typ host`, "a=end-of-candidates"];
}

/** No transport-cc and no goog-remb: with either, Chromium holds the bitrate down for want of our estimates. */
function codecLines({ kind, role, payloadType }: Section): readonly string[] {
  if (kind === "audio") return [`a=fmtp:${payloadType} minptime=10;useinbandfec=1`];
  const feedback = [`a=rtcp-fb:${payloadType} nack`, `a=rtcp-fb:${payloadType} nack pli`];
  return role === "receiving"
    ? [...feedback, `a=fmtp:${payloadType} x-google-start-bitrate=${START_BITRATE}`]
    : feedback;
}

function directionOf({ role }: Section): string {
  if (role === "receiving") return "recvonly";
  return role === "sending" ? "sendonly" : "inactive";
}
