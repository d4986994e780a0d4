import type { RecordedTrack } from "#domain/attempt/command.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import { openSegmentSpool, type SegmentSpool } from "./segment-spool.ts";
import { startUploader, type Uploader, type UploadState } from "./uploader.ts";

export type { UploadState } from "./uploader.ts";

export type RecorderOptions = {
  readonly attemptId: AttemptId;
  readonly camera: MediaStream;
  readonly screen: MediaStream;
  /** Milliseconds on the server's clock. */
  readonly serverNow: () => number;
  readonly onState: (state: UploadState) => void;
};

/** `stop` resolves when the last chunk is on the disk, `flush` when the server has everything. */
export type Recorder = { readonly stop: () => Promise<void>; readonly flush: () => Promise<void> };

/** How much of the recording a killed browser can lose at most. */
const sliceMs = 4_000;

const formats: Readonly<Record<RecordedTrack, MediaRecorderOptions>> = {
  camera: { mimeType: "video/webm;codecs=vp8,opus", videoBitsPerSecond: 250_000, audioBitsPerSecond: 32_000 },
  screen: { mimeType: "video/webm;codecs=vp8", videoBitsPerSecond: 200_000 },
};

/**
 * Records the camera with its microphone, and the screen. Each chunk is put on this computer's disk before it is sent,
 * and stays there until the server has it.
 */
export function startRecorder({ attemptId, camera, screen, serverNow, onState }: RecorderOptions): Recorder {
  let fault: string | null = null;
  const tell = (state: UploadState): void => onState({ ...state, failed: fault ?? state.failed });
  const onFault = (text: string): void => {
    fault = text;
    onState({ waiting: 0, failed: text });
  };
  const started = openSegmentSpool().then(async (spool) => {
    const uploader = startUploader(attemptId, spool, tell);
    const tracks = await Promise.all([
      recordTrack("camera", camera, { attemptId, spool, uploader, serverNow, onFault }),
      recordTrack("screen", screen, { attemptId, spool, uploader, serverNow, onFault }),
    ]);
    return { uploader, tracks };
  });
  started.catch(() => onFault("This browser does not let the page keep the recording on this computer."));
  return {
    async stop() {
      const { tracks, uploader } = await started;
      await Promise.all(tracks.map((track) => track.stop()));
      uploader.stop();
    },
    async flush() {
      await (await started).uploader.flush();
    },
  };
}

/** Sends what this or an earlier page left on the disk. */
export function resumeUploads(
  attemptId: AttemptId,
  onState: (state: UploadState) => void,
): { readonly stop: () => void } {
  const started = openSegmentSpool().then((spool) => startUploader(attemptId, spool, onState));
  started.catch(() => onState({ waiting: 0, failed: "What was recorded cannot be read from this computer." }));
  return { stop: () => void started.then((uploader) => uploader.stop()) };
}

type Recording = {
  readonly attemptId: AttemptId;
  readonly spool: SegmentSpool;
  readonly uploader: Uploader;
  readonly serverNow: () => number;
  readonly onFault: (text: string) => void;
};

async function recordTrack(
  track: RecordedTrack,
  stream: MediaStream,
  { attemptId, spool, uploader, serverNow, onFault }: Recording,
): Promise<{ stop(): Promise<void> }> {
  const run = await spool.nextRun(attemptId, track);
  const recorder = new MediaRecorder(stream, formats[track]);
  let index = 0;
  let startsAt = serverNow();
  // One after the other, so that the order on the disk is the order of recording.
  let kept: Promise<void> = Promise.resolve();

  async function keep(chunk: Blob, from: number, until: number, place: number): Promise<void> {
    const content = await chunk.arrayBuffer();
    const sha256 = await sha256Hex(content);
    const segment = { attemptId, track, run, index: place, sha256, bytes: content.byteLength };
    await spool.put({ ...segment, startsAt: from, endsAt: until, content, isRefused: false });
    uploader.poke();
  }

  recorder.addEventListener("dataavailable", ({ data }) => {
    const endsAt = Math.max(startsAt, serverNow());
    if (data.size > 0) {
      const [from, place] = [startsAt, index];
      index += 1;
      kept = kept.then(() => keep(data, from, endsAt, place)).catch((error: unknown) => onFault(diskWords(error)));
    }
    startsAt = endsAt;
  });
  const ended = new Promise<void>((resolve) => recorder.addEventListener("stop", () => resolve()));
  recorder.start(sliceMs);
  return {
    async stop() {
      if (recorder.state !== "inactive") recorder.stop();
      await ended;
      await kept;
    },
  };
}

function diskWords(error: unknown): string {
  return error instanceof DOMException && error.name === "QuotaExceededError"
    ? "This computer's disk is full: the recording cannot go on. Free some space, then load the page again."
    : "A piece of the recording could not be kept on this computer.";
}

async function sha256Hex(content: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
