/** The mark of the camera file came into the picture (`isThere`) or went. */
export type Mark = { readonly at: number; readonly isThere: boolean };

/** https://www.w3.org/TR/mediacapture-transform/, not in TypeScript's library; only Chromium has it on the page. */
declare class MediaStreamTrackProcessor {
  constructor(init: { readonly track: MediaStreamTrack });
  readonly readable: ReadableStream<VideoFrame>;
}

/**
 * Tells when the camera shows the mark that the file has between two clips: where a clip really begins and ends, however
 * late the browser plays the file. Read in a worker, so that it costs the page's thread nothing.
 */
export function readMarks(track: MediaStreamTrack, onMark: (mark: Mark) => void): void {
  const worker = new Worker(new URL("./mark-worker.ts", import.meta.url), { type: "module" });
  worker.addEventListener("message", ({ data }: MessageEvent<Mark>) => onMark(data));
  const { readable } = new MediaStreamTrackProcessor({ track });
  worker.postMessage(readable, [readable]);
}
