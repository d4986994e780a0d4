/*
 * As much of WebM (RFC 8794, RFC 9559) as putting chunks together asks for. MediaRecorder writes one endless stream: a
 * head (EBML, Segment, Tracks), then clusters. A chunk ends between two blocks, so only a cluster's start, which names
 * its time, is a place from which bytes can be read without those before them.
 */
const clusterId = [0x1f, 0x43, 0xb6, 0x75] as const;

/** Where the first cluster begins, or null when none begins in these bytes. */
export function firstClusterIn(bytes: Uint8Array): number | null {
  for (let at = bytes.indexOf(clusterId[0]); at !== -1; at = bytes.indexOf(clusterId[0], at + 1)) {
    if (clusterId.every((byte, place) => bytes[at + place] === byte)) return at;
  }
  return null;
}

/** The head of a run, from its first chunk; null when the chunk does not begin like one or holds no whole head. */
export function headIn(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  const isStart = bytes[0] === 0x1a && bytes[1] === 0x45 && bytes[2] === 0xdf && bytes[3] === 0xa3;
  const end = firstClusterIn(bytes);
  return isStart && end !== null ? bytes.subarray(0, end) : null;
}

/** How the codecs that Chromium, Firefox and Safari record in are named in a head, and in a media type (RFC 6381). */
const codecs = [
  ["V_VP8", "vp8"],
  ["V_VP9", "vp09.00.10.08"],
  ["A_OPUS", "opus"],
] as const;

/** The media type of what the head announces: without a microphone there is no sound, and MediaSource insists on the truth. */
export function mediaTypeOf(head: Uint8Array): string {
  const text = String.fromCharCode(...head.subarray(0, 4096));
  const named = codecs.filter(([id]) => text.includes(id)).map(([, name]) => name);
  return `video/webm;codecs=${named.join(",")}`;
}

/** The bytes from the first cluster on; null when none begins here. */
export function fromFirstCluster(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  const start = firstClusterIn(bytes);
  return start === null ? null : bytes.subarray(start);
}
