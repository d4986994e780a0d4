import type { Segment } from "#domain/attempt/command.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import { announcedSegmentsSchema, segmentListSchema } from "#protocol/http/sit.ts";
import { request } from "../http/request.ts";
import { backoffMs } from "../session/backoff.ts";
import type { SegmentSpool, SpooledSegment } from "./segment-spool.ts";

export type UploadState = { readonly waiting: number; readonly failed: string | null };

/** What the server says of announced segments; null when it gave no answer that can be used. */
export type Announced = readonly ({ readonly url: string | null } & Pick<Segment, "track" | "run" | "index"> & {
    readonly state: "stored" | "differs" | "wanted";
  })[];

/** The network, as much of it as an upload needs. */
export type UploadBorder = {
  announce(attemptId: AttemptId, segments: readonly Segment[]): Promise<Announced | null>;
  /** True when the server has stored the bytes. */
  put(url: string, content: ArrayBuffer): Promise<boolean>;
  stored(attemptId: AttemptId): Promise<readonly Pick<Segment, "track" | "run" | "index" | "sha256">[] | null>;
};

export type Uploader = {
  /** There is something new, or the network is back: try now. */
  poke(): void;
  /** Resolves when nothing waits any more. */
  flush(): Promise<void>;
  stop(): void;
};

/** Segments of one announcement, and uploads at the same time: few, because answers go first. */
const batch = 8;
const atOnce = 2;

/** Sends what the spool holds, oldest first, for as long as it takes; a chunk leaves the spool when the server has it. */
export function startUploader(
  attemptId: AttemptId,
  spool: SegmentSpool,
  onState: (state: UploadState) => void,
  border: UploadBorder = httpBorder,
): Uploader {
  let isStopped = false;
  let isRunning = false;
  let isPoked = false;
  let isReconciled = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitingForEmpty: (() => void)[] = [];

  async function report(): Promise<number> {
    const { waiting, refused } = await spool.count(attemptId);
    const failed = refused === 0 ? null : `${refused} pieces of the recording differ from what the server holds.`;
    onState({ waiting, failed });
    if (waiting === 0) {
      for (const resolve of waitingForEmpty) resolve();
      waitingForEmpty = [];
    }
    return waiting;
  }

  /** An earlier page may have sent chunks whose acknowledgement it never heard. */
  async function reconcile(): Promise<boolean> {
    const stored = await border.stored(attemptId);
    if (stored === null) return false;
    const held = new Map(stored.map((segment) => [placeOf(segment), segment.sha256]));
    for (const segment of await spool.oldest(attemptId, Number.POSITIVE_INFINITY)) {
      if (held.get(placeOf(segment)) === segment.sha256) await spool.remove(attemptId, segment);
    }
    return true;
  }

  async function pass(): Promise<boolean> {
    isReconciled ||= await reconcile();
    if (!isReconciled) return false;
    for (;;) {
      const segments = await spool.oldest(attemptId, batch);
      if (segments.length === 0 || isStopped) return true;
      const announced = await border.announce(attemptId, segments.map(announcementOf));
      if (announced === null) return false;
      const sent = await inTurns(segments, (segment) => send(segment, announced));
      await report();
      if (!sent.every(Boolean)) return false;
    }
  }

  async function send(segment: SpooledSegment, announced: Announced): Promise<boolean> {
    const answer = announced.find((each) => placeOf(each) === placeOf(segment));
    if (answer === undefined) return false;
    if (answer.state === "differs") {
      await spool.setAside(attemptId, segment);
      return true;
    }
    if (answer.state === "wanted" && !(answer.url !== null && (await border.put(answer.url, segment.content)))) {
      return false;
    }
    await spool.remove(attemptId, segment);
    return true;
  }

  async function run(): Promise<void> {
    if (isStopped) return;
    if (isRunning) {
      isPoked = true;
      return;
    }
    clearTimeout(timer);
    isRunning = true;
    isPoked = false;
    const isDone = await pass().catch(() => false); // the disk refused to be read: it is tried again like the network
    isRunning = false;
    const waiting = await report().catch(() => 1);
    if (isStopped) return;
    failures = isDone ? 0 : failures + 1;
    if (isPoked || (isDone && waiting > 0)) return void run();
    if (!isDone) timer = setTimeout(() => void run(), backoffMs(failures, Math.random()));
  }

  function onOnline(): void {
    failures = 0;
    void run();
  }

  window.addEventListener("online", onOnline);
  void run();
  return {
    poke: () => void report().then(run),
    async flush() {
      if ((await report()) === 0) return;
      await new Promise<void>((resolve) => waitingForEmpty.push(resolve));
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
      window.removeEventListener("online", onOnline);
    },
  };
}

async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += atOnce) {
    results.push(...(await Promise.all(items.slice(start, start + atOnce).map(work))));
  }
  return results;
}

function placeOf({ track, run, index }: Pick<Segment, "track" | "run" | "index">): string {
  return `${track}/${run}/${index}`;
}

function announcementOf({ track, run, index, sha256, bytes, startsAt, endsAt }: SpooledSegment): Segment {
  return { track, run, index, sha256, bytes, startsAt, endsAt };
}

const httpBorder: UploadBorder = {
  async announce(attemptId, segments) {
    const answer = await request(announcedSegmentsSchema, "POST", `/v1/sit/${attemptId}/segments`, { segments });
    if (!answer.ok) return null;
    return answer.value.segments.map((segment) => ({ ...segment, url: "url" in segment ? segment.url : null }));
  },
  async put(url, content) {
    try {
      const response = await fetch(url, {
        method: "PUT",
        body: content,
        headers: { "content-type": "application/octet-stream" },
      });
      return response.ok;
    } catch {
      // The network broke while sending: the chunk is still here and is announced again.
      return false;
    }
  },
  async stored(attemptId) {
    const answer = await request(segmentListSchema, "GET", `/v1/sit/${attemptId}/segments`);
    return answer.ok ? answer.value.segments : null;
  },
};
