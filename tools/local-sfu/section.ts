import { randomInt } from "node:crypto";
import type { Publication } from "./publication.ts";
import type { MediaKind } from "./rtp-packet.ts";
import type { Subscription } from "./subscription.ts";

/** What we do in an m-section: take media in, send it out, nothing for now, or nothing ever again (port 0). */
export type SectionRole = "receiving" | "sending" | "idle" | "stopped";

/** One m-section of a session. Its place in the description never changes; what it carries does. */
export type Section = {
  readonly mid: string;
  readonly kind: MediaKind | "application";
  role: SectionRole;
  /** True once both sides have seen it stopped: only then may another section take its place (RFC 8829, 5.2.2). */
  isRecyclable: boolean;
  payloadType: number;
  /** Identifies the stream that we send in this section. */
  readonly ssrc: number;
  /** Header extension URI -> id, of those that we want from the publisher. */
  extensions: ReadonlyMap<string, number>;
  publication: Publication | null;
  subscription: Subscription | null;
};

/** The one codec of each kind that this SFU speaks, and the payload type it gets when we are the first to offer. */
export const CODECS = {
  video: { name: "vp8", rtpmap: "VP8/90000", payloadType: 96 },
  audio: { name: "opus", rtpmap: "opus/48000/2", payloadType: 111 },
} as const satisfies Record<MediaKind, { name: string; rtpmap: string; payloadType: number }>;

/** Carries the section's mid in the first packets of a stream, before its SSRC is known (RFC 9143, section 15). */
export const MID_EXTENSION = "urn:ietf:params:rtp-hdrext:sdes:mid";

export function newSection(mid: string, kind: Section["kind"], role: SectionRole): Section {
  return {
    mid,
    kind,
    role,
    isRecyclable: false,
    payloadType: kind === "application" ? 0 : CODECS[kind].payloadType,
    ssrc: randomInt(1, 2 ** 31),
    extensions: new Map(),
    publication: null,
    subscription: null,
  };
}
