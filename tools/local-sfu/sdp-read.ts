import type { MediaKind } from "./rtp-packet.ts";

type Direction = "sendrecv" | "sendonly" | "recvonly" | "inactive";

type Fingerprint = { readonly algorithm: string; readonly value: string };

/** How to reach and recognise a peer (RFC 8839, RFC 8842). */
export type TransportParameters = {
  readonly usernameFragment: string;
  readonly password: string;
  readonly fingerprints: readonly Fingerprint[];
};

/** One m-section of a browser's description. */
export type RemoteSection = {
  readonly mid: string;
  readonly kind: MediaKind | "application";
  /** Port 0: this section is refused, or was used once and is stopped for good. */
  readonly isStopped: boolean;
  readonly direction: Direction;
  /** Codec name in lower case -> payload type. Of several with one name, the first, which the peer likes best. */
  readonly payloadTypes: ReadonlyMap<string, number>;
  /** Header extension URI -> id. */
  readonly extensions: ReadonlyMap<string, number>;
};

export type RemoteDescription = {
  readonly sections: readonly RemoteSection[];
  /** Null when any of it is missing. All sections are bundled, so there is one. */
  readonly transport: TransportParameters | null;
};

/** Reads the parts of a browser's SDP (RFC 8866) that a router needs; null when it is not SDP that we can serve. */
export function readSdp(sdp: string): RemoteDescription | null {
  const blocks = sdp.split(/\r?\n(?=m=)/);
  const head = blocks[0] ?? "";
  if (!head.startsWith("v=0")) return null;

  const sections: RemoteSection[] = [];
  for (const block of blocks.slice(1)) {
    const section = readSection(block.split(/\r?\n/));
    if (section === null) return null;
    sections.push(section);
  }
  const mids = new Set(sections.map((section) => section.mid));
  if (mids.size !== sections.length) return null;
  return { sections, transport: readTransport(sdp.split(/\r?\n/)) };
}

function readSection(lines: readonly string[]): RemoteSection | null {
  const media = /^m=(audio|video|application) (\d+) /.exec(lines[0] ?? "");
  const mid = valueOf(lines, /^a=mid:(\S+)$/);
  const kind = media?.[1];
  if (mid === null || (kind !== "audio" && kind !== "video" && kind !== "application")) return null;
  return {
    mid,
    kind,
    isStopped: Number(media?.[2]) === 0,
    direction: readDirection(lines),
    payloadTypes: readPayloadTypes(lines),
    extensions: readExtensions(lines),
  };
}

function readDirection(lines: readonly string[]): Direction {
  const direction = valueOf(lines, /^a=(sendonly|recvonly|inactive)$/);
  return direction === "sendonly" || direction === "recvonly" || direction === "inactive" ? direction : "sendrecv";
}

function readPayloadTypes(lines: readonly string[]): ReadonlyMap<string, number> {
  const payloadTypes = new Map<string, number>();
  for (const line of lines) {
    const [, payloadType, name] = /^a=rtpmap:(\d+) ([^/]+)\//.exec(line) ?? [];
    if (payloadType === undefined || name === undefined) continue;
    const codec = name.toLowerCase();
    if (!payloadTypes.has(codec)) payloadTypes.set(codec, Number(payloadType));
  }
  return payloadTypes;
}

function readExtensions(lines: readonly string[]): ReadonlyMap<string, number> {
  const extensions = new Map<string, number>();
  for (const line of lines) {
    const [, id, uri] = /^a=extmap:(\d+)(?:\/\w+)? (\S+)/.exec(line) ?? [];
    if (id !== undefined && uri !== undefined) extensions.set(uri, Number(id));
  }
  return extensions;
}

function readTransport(lines: readonly string[]): TransportParameters | null {
  const usernameFragment = valueOf(lines, /^a=ice-ufrag:(\S+)$/);
  const password = valueOf(lines, /^a=ice-pwd:(\S+)$/);
  const fingerprints = new Map<string, Fingerprint>();
  for (const line of lines) {
    const [, algorithm, value] = /^a=fingerprint:(\S+) (\S+)$/.exec(line) ?? [];
    if (algorithm !== undefined && value !== undefined) fingerprints.set(value, { algorithm, value });
  }
  if (usernameFragment === null || password === null || fingerprints.size === 0) return null;
  return { usernameFragment, password, fingerprints: [...fingerprints.values()] };
}

function valueOf(lines: readonly string[], pattern: RegExp): string | null {
  for (const line of lines) {
    const value = pattern.exec(line)?.[1];
    if (value !== undefined) return value;
  }
  return null;
}
