import type { RecordedTrack, Segment } from "#domain/attempt/command.ts";
import { createChunkKeeper, type KeeperState } from "./chunk-keeper.ts";

type TrackRecording = {
  readonly track: RecordedTrack;
  readonly stream: MediaStream;
  /** Milliseconds on the server's clock. */
  readonly serverNow: () => number;
  readonly nextRun: () => Promise<number>;
  readonly put: (segment: Segment, content: ArrayBuffer) => Promise<void>;
  readonly onState: (state: KeeperState) => void;
  /** False while the browser cannot begin to record the track: it is tried again. */
  readonly onBegin: (hasBegun: boolean) => void;
};

type Chunk = { readonly data: Blob } & Omit<Segment, "sha256" | "bytes">;

/** How much of the recording a killed browser can lose at most. */
const sliceMs = 4_000;
/** A recorder that stopped by itself is followed by another after this long. */
const restartMs = 1_000;
/** One that could not begin is tried again after this long. */
const retryMs = 10_000;

const formats: Readonly<Record<RecordedTrack, MediaRecorderOptions>> = {
  camera: { mimeType: "video/webm;codecs=vp8,opus", videoBitsPerSecond: 250_000, audioBitsPerSecond: 32_000 },
  screen: { mimeType: "video/webm;codecs=vp8", videoBitsPerSecond: 200_000 },
};

/** Of a candidate who sits without a camera. */
const soundOnly: MediaRecorderOptions = { mimeType: "audio/webm;codecs=opus", audioBitsPerSecond: 32_000 };

/** Records one track in chunks, each start of the browser's recorder being a run of its own, until it is stopped. */
export function recordTrack({ track, stream, serverNow, nextRun, put, onState, onBegin }: TrackRecording): {
  stop(): Promise<void>;
} {
  const keeper = createChunkKeeper<Chunk>(async ({ data, ...place }) => {
    const content = await data.arrayBuffer();
    await put({ ...place, bytes: content.byteLength, sha256: await sha256Hex(content) }, content);
  }, onState);
  let isStopped = false;
  let recorder: MediaRecorder | null = null;
  let ended: Promise<void> = Promise.resolve();
  let restart: ReturnType<typeof setTimeout> | undefined;

  async function begin(): Promise<void> {
    const run = await nextRun();
    if (isStopped || !stream.active) return;
    const begun = new MediaRecorder(stream, stream.getVideoTracks().length === 0 ? soundOnly : formats[track]);
    let index = 0;
    let startsAt = serverNow();
    begun.addEventListener("dataavailable", ({ data }) => {
      // A slice without bytes is one in which nothing moved: the next one tells of its time too.
      if (data.size === 0) return;
      const endsAt = Math.max(startsAt, serverNow());
      keeper.keep({ data, track, run, index, startsAt, endsAt });
      index += 1;
      startsAt = endsAt;
    });
    ended = new Promise((resolve) => begun.addEventListener("stop", () => resolve()));
    begun.addEventListener("stop", () => {
      // By itself: its tracks ended, and then there is nothing to record, or the encoder failed.
      if (!isStopped && stream.active) restart = setTimeout(() => void tryToBegin(), restartMs);
    });
    begun.start(sliceMs);
    recorder = begun;
    onBegin(true);
  }

  async function tryToBegin(): Promise<void> {
    try {
      await begin();
    } catch {
      // No codec, a disk that takes no run number, or tracks that ended this very moment.
      onBegin(false);
      if (!isStopped) restart = setTimeout(() => void tryToBegin(), retryMs);
    }
  }

  const first = tryToBegin();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(restart);
      await first;
      if (recorder !== null && recorder.state !== "inactive") recorder.stop();
      if (recorder !== null) await ended;
      await keeper.finish();
    },
  };
}

async function sha256Hex(content: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
