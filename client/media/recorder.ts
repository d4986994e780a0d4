import { type RecordedTrack, recordedTracks } from "#domain/attempt/command.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { KeeperState } from "./chunk-keeper.ts";
import { recordingWords } from "./recording-words.ts";
import { runAfter } from "./run-number.ts";
import { openSegmentSpool, type SegmentPlace } from "./segment-spool.ts";
import { recordTrack } from "./track-recorder.ts";
import { httpUploadBorder } from "./upload-border.ts";
import { startUploader, type UploadState } from "./uploader.ts";

export type { UploadState } from "./uploader.ts";

export type RecorderOptions = {
  readonly attemptId: AttemptId;
  readonly camera: MediaStream;
  readonly screen: MediaStream;
  /** Milliseconds on the server's clock. */
  readonly serverNow: () => number;
  readonly onState: (state: UploadState) => void;
};

/**
 * `stop` resolves when the last chunk is on the disk, and ends the sending too; `flush` resolves when the server has
 * everything, also after `stop`. Both reject when this browser cannot keep a recording at all.
 */
export type Recorder = { readonly stop: () => Promise<void>; readonly flush: () => Promise<void> };

/** The recording does not wait longer for the server's list of what it holds. */
const listPatienceMs = 3_000;

/**
 * Records the camera with its microphone, and the screen. Each chunk is put on this computer's disk before it is sent,
 * and stays there until the server has it.
 */
export function startRecorder({ attemptId, camera, screen, serverNow, onState }: RecorderOptions): Recorder {
  const streams: Readonly<Record<RecordedTrack, MediaStream>> = { camera, screen };
  const keepers = new Map<RecordedTrack, KeeperState>();
  const broken = new Set<RecordedTrack>();
  let uploads: UploadState = { waiting: 0, failed: null };

  function tell(): void {
    onState({ ...uploads, failed: recordingWords([...keepers.values()], [...broken]) ?? uploads.failed });
  }

  function onUploads(state: UploadState): void {
    uploads = state;
    tell();
  }

  const started = openSegmentSpool().then(async (spool) => {
    const uploader = startUploader(attemptId, spool, onUploads);
    const held = await serversList(attemptId);
    const recordings = recordedTracks.map((track) =>
      recordTrack({
        track,
        stream: streams[track],
        serverNow,
        nextRun: () => spool.nextRun(attemptId, track, runAfter(held, track)),
        async put(segment, content) {
          await spool.put(attemptId, segment, content);
          uploader.poke();
        },
        onState(state) {
          keepers.set(track, state);
          tell();
        },
        onBegin(hasBegun) {
          if (hasBegun) broken.delete(track);
          else broken.add(track);
          tell();
        },
      }),
    );
    return { spool, uploader, recordings };
  });
  started.catch(() => onUploads({ waiting: 0, failed: "This browser does not let the page keep the recording." }));

  let isStopped = false;
  return {
    async stop() {
      isStopped = true;
      const { recordings, uploader } = await started;
      await Promise.all(recordings.map((recording) => recording.stop()));
      uploader.stop();
    },
    async flush() {
      const { spool, uploader } = await started;
      if (!isStopped) return uploader.flush();
      const rest = startUploader(attemptId, spool, onUploads);
      await rest.flush().finally(() => rest.stop());
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
  return {
    stop: () =>
      void started.then(
        (uploader) => uploader.stop(),
        () => {}, // told above
      ),
  };
}

/** Empty when the server does not answer in time: then this browser's own memory of its runs has to do. */
async function serversList(attemptId: AttemptId): Promise<readonly SegmentPlace[]> {
  const late = new Promise<null>((resolve) => setTimeout(resolve, listPatienceMs, null));
  return (await Promise.race([httpUploadBorder.stored(attemptId), late])) ?? [];
}
