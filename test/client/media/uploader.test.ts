import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { SegmentSpool } from "#client/media/segment-spool.ts";
import type { Announced, PutOutcome, UploadBorder } from "#client/media/upload-border.ts";
import { startUploader, type UploadState } from "#client/media/uploader.ts";
import type { Segment } from "#domain/attempt/command.ts";
import { brand, type AttemptId } from "#domain/exam/ids.ts";
import { memorySpool } from "../../support/memory-spool.ts";

const ada = brand<AttemptId>("ada");

function segment(track: Segment["track"], run: number, index: number): Segment {
  return { track, run, index, sha256: `${track}${run}${index}`, bytes: 1, startsAt: index * 4_000, endsAt: 4_000 };
}

const placeText = ({ track, run, index }: Pick<Segment, "track" | "run" | "index">): string =>
  `${track}/${run}/${index}`;

/** The server and the line to it: what it holds, what was put in which order, and how many are under way at once. */
function createServer() {
  const held = new Map<string, string>();
  const puts: string[] = [];
  const outcomes = new Map<string, PutOutcome[]>();
  let announcements = 0;
  let isOnline = true;
  let underWay = 0;
  let mostUnderWay = 0;
  let tellOnline: (() => void) | null = null;
  let hold: Promise<void> | null = null;
  let release = (): void => {};

  const border: UploadBorder = {
    async announce(_attempt, segments) {
      announcements += 1;
      if (!isOnline) return null;
      return segments.map((each): Announced => {
        const { track, run, index, sha256 } = each;
        const stored = held.get(placeText(each));
        if (stored === undefined) return { track, run, index, state: "wanted", url: `${placeText(each)}=${sha256}` };
        return { track, run, index, state: stored === sha256 ? "stored" : "differs" };
      });
    },
    async put(url) {
      const [place = "", sha256 = ""] = url.split("=");
      underWay += 1;
      mostUnderWay = Math.max(mostUnderWay, underWay);
      puts.push(place);
      await (hold ?? Promise.resolve());
      underWay -= 1;
      const outcome = isOnline ? (outcomes.get(place)?.shift() ?? "stored") : "not-now";
      if (outcome === "stored") held.set(place, sha256);
      return outcome;
    },
    async stored() {
      if (!isOnline) return null;
      return [...held].map(([place, sha256]) => {
        const [track, run, index] = place.split("/");
        return { track: track as Segment["track"], run: Number(run), index: Number(index), sha256 };
      });
    },
    whenOnline(callback) {
      tellOnline = callback;
      return () => {
        tellOnline = null;
      };
    },
  };
  return {
    border,
    held,
    puts,
    answerPut: (place: string, ...next: PutOutcome[]) => outcomes.set(place, next),
    announcements: () => announcements,
    isListened: () => tellOnline !== null,
    mostUnderWay: () => mostUnderWay,
    goOffline: () => {
      isOnline = false;
    },
    /** With the browser's event, or without: a server that was down comes back unannounced. */
    goOnline(isTold: boolean) {
      isOnline = true;
      if (isTold) tellOnline?.();
    },
    holdPuts() {
      hold = new Promise((resolve) => {
        release = resolve;
      });
    },
    releasePuts() {
      hold = null;
      release();
    },
  };
}

/** Runs what is due now, and nothing that waits for a time. */
async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

async function fill(spool: SegmentSpool, ...segments: readonly Segment[]): Promise<void> {
  for (const each of segments) await spool.put(ada, each, new Uint8Array([each.index]).buffer);
}

describe("The uploader", () => {
  let spool: SegmentSpool;
  let server: ReturnType<typeof createServer>;
  let states: UploadState[];

  beforeEach(() => {
    vi.useFakeTimers();
    spool = memorySpool();
    server = createServer();
    states = [];
  });
  afterEach(() => vi.useRealTimers());

  const start = () => startUploader(ada, spool, (state) => states.push(state), server.border);

  test("puts what waits, and forgets it only when the server has it", async () => {
    await fill(spool, segment("camera", 0, 0));
    server.holdPuts();
    start();
    await settle();
    expect(server.puts).toEqual(["camera/0/0"]);
    expect(await spool.count(ada)).toEqual({ waiting: 1, refused: 0 });
    server.releasePuts();
    await settle();
    expect(await spool.count(ada)).toEqual({ waiting: 0, refused: 0 });
    expect(states.at(-1)).toEqual({ waiting: 0, failed: null });
  });

  test("sends each track in the order of recording, two pieces at once and never more", async () => {
    const indexes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    await fill(spool, ...indexes.toReversed().flatMap((at) => [segment("camera", 0, at), segment("screen", 0, at)]));
    start();
    await settle();
    for (const track of ["camera", "screen"]) {
      const ofTrack = server.puts.filter((place) => place.startsWith(track));
      expect(ofTrack).toEqual(indexes.map((at) => `${track}/0/${at}`));
    }
    expect(server.mostUnderWay()).toBe(2);
  });

  test("does not send a later piece of a track while an earlier one cannot be sent; the other track goes on", async () => {
    await fill(
      spool,
      segment("camera", 0, 0),
      segment("camera", 0, 1),
      segment("screen", 0, 0),
      segment("screen", 0, 1),
    );
    server.answerPut("camera/0/0", "not-now");
    start();
    await settle();
    expect([...server.held.keys()]).toEqual(["screen/0/0", "screen/0/1"]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([...server.held.keys()].slice(2)).toEqual(["camera/0/0", "camera/0/1"]);
  });

  test("announces again when an address is no longer good", async () => {
    await fill(spool, segment("camera", 0, 0));
    server.answerPut("camera/0/0", "not-now", "stored");
    start();
    await settle();
    expect(server.announcements()).toBe(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(server.announcements()).toBe(2);
    expect(await spool.count(ada)).toEqual({ waiting: 0, refused: 0 });
  });

  test("keeps what differs from what the server holds, says so, and goes on with the next", async () => {
    await fill(spool, segment("camera", 0, 0), segment("camera", 0, 1));
    start().stop();
    server.held.set("camera/0/0", "other bytes");
    start();
    await settle();
    expect(server.held.get("camera/0/1")).toBe("camera01");
    expect(await spool.count(ada)).toEqual({ waiting: 0, refused: 1 });
    expect(await spool.content(ada, segment("camera", 0, 0))).not.toBeNull();
    expect(states.at(-1)).toEqual({
      waiting: 0,
      failed: "The server does not take one piece of the recording. It is kept on this computer.",
    });
  });

  test("a piece that the server refuses when it is put holds up no other", async () => {
    await fill(spool, segment("camera", 0, 0), segment("camera", 0, 1));
    server.answerPut("camera/0/0", "refused");
    start();
    await settle();
    expect([...server.held.keys()]).toEqual(["camera/0/1"]);
    expect(await spool.count(ada)).toEqual({ waiting: 0, refused: 1 });
  });

  test("bytes that arrive damaged are sent again, and set aside after the third time", async () => {
    await fill(spool, segment("camera", 0, 0), segment("camera", 0, 1), segment("screen", 0, 0));
    server.answerPut("camera/0/0", "damaged", "damaged", "damaged");
    server.answerPut("screen/0/0", "damaged", "stored");
    start();
    await vi.advanceTimersByTimeAsync(10_000);
    expect([...server.held.keys()].toSorted()).toEqual(["camera/0/1", "screen/0/0"]);
    expect(server.puts.filter((place) => place === "camera/0/0")).toHaveLength(3);
    expect(await spool.count(ada)).toEqual({ waiting: 0, refused: 1 });
  });

  test("deletes at the start what an earlier page had sent, and only if the hash is the same", async () => {
    server.held.set("camera/0/0", "camera00");
    server.held.set("camera/0/1", "something else");
    await fill(spool, segment("camera", 0, 0), segment("camera", 0, 1), segment("camera", 1, 0));
    start();
    await settle();
    expect(server.puts).toEqual(["camera/1/0"]);
    expect(await spool.count(ada)).toEqual({ waiting: 0, refused: 1 });
  });

  test("announces nothing when all that is left was sent by an earlier page", async () => {
    server.held.set("camera/0/0", "camera00");
    await fill(spool, segment("camera", 0, 0));
    start();
    await settle();
    expect(await spool.count(ada)).toEqual({ waiting: 0, refused: 0 });
    expect(server.announcements()).toBe(0);
  });

  test("a piece that comes in the very moment in which the last one is done is not forgotten", async () => {
    const plain = spool;
    let isLate = false;
    spool = {
      ...plain,
      async count(attemptId) {
        const counted = await plain.count(attemptId);
        if (!isLate && counted.waiting === 0) {
          isLate = true;
          await fill(plain, segment("camera", 0, 0));
          uploader.poke();
        }
        return counted;
      },
    };
    const uploader = start();
    await settle();
    expect([...server.held.keys()]).toEqual(["camera/0/0"]);
  });

  test("waits longer and longer while there is no network, and new pieces do not hurry it", async () => {
    server.goOffline();
    const uploader = start();
    await settle();
    server.goOnline(false);
    await vi.advanceTimersByTimeAsync(1_000);
    server.goOffline();
    await fill(spool, segment("camera", 0, 0));
    uploader.poke();
    await settle();
    for (let at = 1; at <= 30; at += 1) {
      await vi.advanceTimersByTimeAsync(4_000);
      await fill(spool, segment("camera", 0, at));
      uploader.poke();
      await settle();
    }
    // Two minutes: 0.5, 1, 2, 4, 8, then 15 s at most each, of which half is chance.
    expect(server.announcements()).toBeLessThan(24);
    expect(server.announcements()).toBeGreaterThan(7);
    expect(states.at(-1)).toEqual({ waiting: 31, failed: null });
  });

  test("sends at once when the browser says that it is on line, and loses nothing of an outage", async () => {
    server.goOffline();
    await fill(spool, segment("camera", 0, 0), segment("screen", 0, 0));
    start();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(server.held.size).toBe(0);
    server.goOnline(true);
    await settle();
    expect(server.held.size).toBe(2);
  });

  test("a piece that comes while another is under way is sent after it, without being asked again", async () => {
    await fill(spool, segment("camera", 0, 0));
    server.holdPuts();
    const uploader = start();
    await settle();
    await fill(spool, segment("camera", 0, 1));
    uploader.poke();
    await settle();
    server.releasePuts();
    await settle();
    expect([...server.held.keys()]).toEqual(["camera/0/0", "camera/0/1"]);
  });

  test("flush resolves when the last piece is stored, and not before", async () => {
    await fill(spool, segment("camera", 0, 0), segment("screen", 0, 0));
    server.holdPuts();
    const uploader = start();
    const flushed = vi.fn();
    void uploader.flush().then(flushed);
    await settle();
    expect(flushed).not.toHaveBeenCalled();
    server.releasePuts();
    await settle();
    expect(flushed).toHaveBeenCalledOnce();
  });

  test("sends nothing after it is stopped, not even when the network comes back", async () => {
    server.goOffline();
    await fill(spool, segment("camera", 0, 0));
    const uploader = start();
    await settle();
    uploader.stop();
    expect(server.isListened()).toBe(false);
    server.goOnline(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.puts).toEqual([]);
  });
});
