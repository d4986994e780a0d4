import { recordedTracks, type Segment } from "#domain/attempt/command.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import { backoffMs } from "../session/backoff.ts";
import type { SegmentPlace, SegmentSpool } from "./segment-spool.ts";
import { type Announced, httpUploadBorder, type UploadBorder } from "./upload-border.ts";

/** `waiting`: pieces on this computer that are to be sent. `failed`: what went wrong for good, in words for a person. */
export type UploadState = { readonly waiting: number; readonly failed: string | null };

export type Uploader = {
  /** There is something new to send. */
  poke(): void;
  /** Resolves when nothing waits any more; never when it is stopped before. */
  flush(): Promise<void>;
  stop(): void;
};

/** Segments of a track in one announcement. Few, because answers go first on a slow line. */
const batch = 8;
/** Bytes that arrive damaged this often are damaged here. */
const mostDamaged = 3;

/**
 * Sends what the spool holds for as long as it takes: each track in the order of recording, both tracks at the same time.
 * A chunk leaves the spool when the server has it.
 */
export function startUploader(
  attemptId: AttemptId,
  spool: SegmentSpool,
  onState: (state: UploadState) => void,
  border: UploadBorder = httpUploadBorder,
): Uploader {
  let isStopped = false;
  let isRunning = false;
  let isReconciled = false;
  /** Asked for while at work: once more after a success (`poked`), or whatever comes of it (`online`). */
  let asked: "poked" | "online" | null = null;
  let failures = 0;
  let rest: ReturnType<typeof setTimeout> | null = null;
  let waitingForEmpty: (() => void)[] = [];
  const damaged = new Map<string, number>();

  async function report(): Promise<number> {
    const { waiting, refused } = await spool.count(attemptId);
    onState({ waiting, failed: refused === 0 ? null : refusedWords(refused) });
    if (waiting > 0) return waiting;
    for (const resolve of waitingForEmpty) resolve();
    waitingForEmpty = [];
    return 0;
  }

  /** An earlier page may have sent chunks whose acknowledgement it never heard. */
  async function reconcile(): Promise<boolean> {
    const stored = await border.stored(attemptId);
    if (stored === null) return false;
    const held = new Map(stored.map((segment) => [placeText(segment), segment.sha256]));
    for (const track of recordedTracks) {
      for (const segment of await spool.oldest(attemptId, track, Number.MAX_SAFE_INTEGER)) {
        if (held.get(placeText(segment)) === segment.sha256) await spool.remove(attemptId, segment);
      }
    }
    return true;
  }

  /** True when nothing is left that could be sent now. */
  async function pass(): Promise<boolean> {
    isReconciled ||= await reconcile();
    if (!isReconciled) return false;
    for (;;) {
      if (isStopped) return true;
      const lanes = await Promise.all(recordedTracks.map((track) => spool.oldest(attemptId, track, batch)));
      const segments = lanes.flat();
      if (segments.length === 0) return true;
      const announced = await border.announce(attemptId, segments);
      if (announced === null) return false;
      const areSent = await Promise.all(lanes.map((lane) => sendInOrder(lane, announced)));
      if (!areSent.every(Boolean)) return false;
    }
  }

  /** Stops at the first that cannot be sent now, so that the track's order is kept. */
  async function sendInOrder(lane: readonly Segment[], announced: readonly Announced[]): Promise<boolean> {
    for (const segment of lane) {
      if (isStopped) return true;
      const answer = announced.find((each) => placeText(each) === placeText(segment));
      if (answer === undefined || !(await settle(segment, answer))) return false;
      await report();
    }
    return true;
  }

  /** True when the segment needs nothing more. */
  async function settle(segment: Segment, answer: Announced): Promise<boolean> {
    switch (answer.state) {
      case "stored":
        await spool.remove(attemptId, segment);
        return true;
      case "differs":
        await spool.setAside(attemptId, segment);
        return true;
      case "wanted":
        return send(segment, answer.url);
    }
  }

  async function send(segment: Segment, url: string): Promise<boolean> {
    const content = await spool.content(attemptId, segment);
    if (content === null) return true;
    switch (await border.put(url, content)) {
      case "stored":
        await spool.remove(attemptId, segment);
        return true;
      case "refused":
        await spool.setAside(attemptId, segment);
        return true;
      case "damaged": {
        const times = (damaged.get(placeText(segment)) ?? 0) + 1;
        damaged.set(placeText(segment), times);
        if (times < mostDamaged) return false;
        await spool.setAside(attemptId, segment);
        return true;
      }
      case "not-now":
        return false;
    }
  }

  async function run(): Promise<void> {
    if (isRunning || isStopped) return;
    isRunning = true;
    if (rest !== null) clearTimeout(rest);
    rest = null;
    asked = null;
    // A disk that cannot be read just now is tried again like a network that is down.
    const isDone = await pass().catch(() => false);
    await report().catch(() => null);
    isRunning = false;
    if (isStopped) return;
    failures = isDone ? 0 : failures + 1;
    if (asks("online") || (isDone && asks("poked"))) return run();
    if (!isDone) rest = setTimeout(() => void run(), backoffMs(failures, Math.random()));
  }

  /** A function, because what is written while a promise is awaited is beyond the compiler's narrowing. */
  function asks(what: "poked" | "online"): boolean {
    return asked === what;
  }

  const endOnline = border.whenOnline(() => {
    failures = 0;
    asked = "online";
    void run();
  });
  void run();

  return {
    poke() {
      asked ??= "poked";
      if (rest === null) void run();
      else void report().catch(() => null); // resting after a failure: what is new waits with the others
    },
    flush: () =>
      new Promise((resolve, reject) => {
        waitingForEmpty.push(resolve);
        report().catch(reject);
      }),
    stop() {
      isStopped = true;
      if (rest !== null) clearTimeout(rest);
      endOnline();
    },
  };
}

function placeText({ track, run, index }: SegmentPlace): string {
  return `${track}/${run}/${index}`;
}

function refusedWords(refused: number): string {
  return refused === 1
    ? "The server does not take one piece of the recording. It is kept on this computer."
    : `The server does not take ${refused} pieces of the recording. They are kept on this computer.`;
}
