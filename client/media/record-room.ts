/** A recording under way. `stop` ends it early; `done` resolves with what was recorded, or null where nothing was. */
export type RoomRecording = {
  readonly stop: () => void;
  readonly done: Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly sha256: string } | null>;
};

export const roomRecordingMs = 15_000;

/** 15 s of this are 2 MB: enough to look around a room by. */
const bitsPerSecond = 1_200_000;

/** Records the camera's picture, without sound, for as long as `roomRecordingMs`. Null where the browser cannot. */
export function recordRoom(track: MediaStreamTrack): RoomRecording | null {
  const mimeType = "video/webm;codecs=vp8";
  if (typeof MediaRecorder === "undefined" || !MediaRecorder.isTypeSupported(mimeType)) return null;
  const recorder = new MediaRecorder(new MediaStream([track]), { mimeType, videoBitsPerSecond: bitsPerSecond });
  const chunks: Blob[] = [];
  recorder.addEventListener("dataavailable", ({ data }) => chunks.push(data));
  const stop = (): void => {
    if (recorder.state !== "inactive") recorder.stop();
  };
  const timer = setTimeout(stop, roomRecordingMs);
  const done = new Promise<Awaited<RoomRecording["done"]>>((resolve) => {
    recorder.addEventListener("stop", () => {
      clearTimeout(timer);
      void joined(chunks).then(resolve);
    });
    // A stop follows an error too.
    recorder.start();
  });
  return { stop, done };
}

async function joined(chunks: readonly Blob[]): Promise<Awaited<RoomRecording["done"]>> {
  const bytes = new Uint8Array(await new Blob([...chunks]).arrayBuffer());
  if (bytes.byteLength === 0) return null;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return { bytes, sha256: Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("") };
}
