import { mediaTypeOf } from "./webm.ts";

/** The bytes of one run in a video element, through MediaSource: it plays what has no duration and seeks in it. */
export type RunBuffer = {
  /** Appends in turn; the first bytes begin with a head. Rejects when this browser cannot play or parse them. */
  readonly append: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  /** Whether there is a picture at `offset`, in seconds of the run's clock, or one within `tolerance` after it. */
  readonly has: (offset: number, tolerance: number) => boolean;
  /** `offset` itself, or the first moment after it that there is a picture for. */
  readonly nearest: (offset: number) => number;
  /** How far the picture reaches, in seconds; minus infinity while there is none. */
  readonly end: () => number;
  /** Nothing more follows: without it the browser waits for more before it shows the last picture. */
  readonly finish: () => void;
  readonly close: () => void;
};

/** What is kept behind the picture, in seconds, when the browser has no more room. */
const keptBehind = 30;

export function openRunBuffer(video: HTMLVideoElement): RunBuffer {
  const source = new MediaSource();
  const url = URL.createObjectURL(source);
  const opened = new Promise<void>((resolve) => {
    source.addEventListener("sourceopen", () => resolve(), { once: true });
  });
  let ranges: SourceBuffer | null = null;
  let isClosed = false;
  let last: Promise<void> = Promise.resolve();
  video.src = url;

  async function appendNow(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await opened;
    if (isClosed) return;
    const buffer = ranges ?? source.addSourceBuffer(mediaTypeOf(bytes));
    ranges = buffer;
    try {
      await done(buffer, () => buffer.appendBuffer(bytes));
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== "QuotaExceededError") throw error;
      await done(buffer, () => buffer.remove(0, Math.max(0.1, video.currentTime - keptBehind)));
      await done(buffer, () => buffer.appendBuffer(bytes));
    }
  }

  function spans(): (readonly [number, number])[] {
    if (ranges === null || isClosed) return [];
    const { buffered } = ranges;
    return Array.from({ length: buffered.length }, (_, at) => [buffered.start(at), buffered.end(at)] as const);
  }

  return {
    append(bytes) {
      last = last.then(() => appendNow(bytes));
      return last;
    },
    has: (offset, tolerance) => spans().some(([from, to]) => from - tolerance <= offset && offset < to),
    nearest(offset) {
      const within = spans().find(([from, to]) => from <= offset && offset < to);
      if (within !== undefined) return offset;
      return spans().find(([from]) => from > offset)?.[0] ?? offset;
    },
    end: () => spans().at(-1)?.[1] ?? Number.NEGATIVE_INFINITY,
    finish() {
      last = last.then(() => {
        if (!isClosed && source.readyState === "open") source.endOfStream();
      });
      last.catch(() => undefined); // an append before it failed, and has said so
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      URL.revokeObjectURL(url);
      video.removeAttribute("src");
      video.load();
    },
  };
}

/** Runs one step of a source buffer to its end. */
function done(buffer: SourceBuffer, step: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const listening = new AbortController();
    const { signal } = listening;
    function settle(finish: () => void) {
      listening.abort();
      finish();
    }
    buffer.addEventListener("updateend", () => settle(resolve), { signal });
    buffer.addEventListener("error", () => settle(() => reject(new Error("The bytes cannot be parsed."))), { signal });
    try {
      step();
    } catch (error) {
      settle(() => reject(error instanceof Error ? error : new Error(String(error))));
    }
  });
}
