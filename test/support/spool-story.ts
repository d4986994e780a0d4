import type { Segment } from "#domain/attempt/command.ts";
import { brand, type AttemptId } from "#domain/exam/ids.ts";
import type { SegmentSpool } from "#client/media/segment-spool.ts";

const ada = brand<AttemptId>("ada");
const noor = brand<AttemptId>("noor");

function segment(track: Segment["track"], run: number, index: number): Segment {
  return { track, run, index, sha256: "0".repeat(64), bytes: 3, startsAt: 1_000, endsAt: 5_000 };
}

/** Takes a new spool through all that is asked of one, and tells what was seen; JSON, so that a page can tell it. */
export async function spoolStory(spool: SegmentSpool) {
  const places = async (attemptId: AttemptId, track: Segment["track"], limit: number): Promise<readonly string[]> =>
    (await spool.oldest(attemptId, track, limit)).map(({ run, index }) => `${run}/${index}`);
  const content = async (place: Segment): Promise<readonly number[] | null> => {
    const bytes = await spool.content(ada, place);
    return bytes === null ? null : [...new Uint8Array(bytes)];
  };
  const bytes = (value: number): ArrayBuffer => new Uint8Array([value, value, value]).buffer;

  // Not in order: two runs may be written at the same time, and 10 must not come before 2.
  for (const [run, index] of [
    [0, 10],
    [1, 0],
    [0, 2],
  ] as const) {
    await spool.put(ada, segment("camera", run, index), bytes(run * 16 + index));
  }
  await spool.put(ada, segment("screen", 0, 0), bytes(99));
  await spool.put(noor, segment("camera", 0, 0), bytes(7));
  const [whole] = await spool.oldest(ada, "screen", 1);
  const put = {
    whole,
    order: await places(ada, "camera", 10),
    oldestTwo: await places(ada, "camera", 2),
    all: await places(ada, "camera", Number.MAX_SAFE_INTEGER),
  };
  const contents = [await content(segment("camera", 0, 10)), await content(segment("camera", 5, 5))];

  await spool.setAside(ada, segment("camera", 0, 2));
  const aside = {
    toSend: await places(ada, "camera", 10),
    count: await spool.count(ada),
    keptContent: await content(segment("camera", 0, 2)),
  };

  await spool.remove(ada, segment("camera", 0, 10));
  await spool.remove(ada, segment("camera", 9, 9));
  const removed = {
    toSend: await places(ada, "camera", 10),
    count: await spool.count(ada),
    othersCount: await spool.count(noor),
    content: await content(segment("camera", 0, 10)),
  };

  const runs = [
    await spool.nextRun(ada, "camera", 0),
    await spool.nextRun(ada, "camera", 0),
    await spool.nextRun(ada, "camera", 7),
    await spool.nextRun(ada, "camera", 3),
    await spool.nextRun(ada, "screen", 0),
    await spool.nextRun(noor, "camera", 0),
  ];
  return { put, contents, aside, removed, runs };
}

export type SpoolStory = Awaited<ReturnType<typeof spoolStory>>;

export const spoolStoryAsItShouldBe: SpoolStory = {
  put: {
    whole: segment("screen", 0, 0),
    order: ["0/2", "0/10", "1/0"],
    oldestTwo: ["0/2", "0/10"],
    all: ["0/2", "0/10", "1/0"],
  },
  contents: [[10, 10, 10], null],
  aside: { toSend: ["0/10", "1/0"], count: { waiting: 3, refused: 1 }, keptContent: [2, 2, 2] },
  removed: {
    toSend: ["1/0"],
    count: { waiting: 2, refused: 1 },
    othersCount: { waiting: 1, refused: 0 },
    content: null,
  },
  runs: [0, 1, 7, 8, 0, 0],
};
