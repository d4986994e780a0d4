import { describe, expect, test } from "vitest";
import { headOf, placeAt, planOf, type RecordedSegment, rowFor, spanOf } from "#client/review/playback-plan.ts";

const noon = Date.UTC(2030, 0, 1, 12);
const chunkMs = 4_000;

/** A chunk of four seconds; `at` is when its run began, in milliseconds after noon. */
function chunk(run: number, index: number, at: number, change: Partial<RecordedSegment> = {}): RecordedSegment {
  const startsAt = noon + at + index * chunkMs;
  return {
    track: "camera",
    run,
    index,
    sha256: "0".repeat(64),
    bytes: 1000,
    startsAt,
    endsAt: startsAt + chunkMs,
    present: true,
    url: `/segments/${run}/${index}`,
    ...change,
  };
}

function chunks(run: number, indexes: readonly number[], at: number): RecordedSegment[] {
  return indexes.map((index) => chunk(run, index, at));
}

describe("a whole run", () => {
  const plan = planOf("camera", chunks(0, [2, 0, 1], 0));

  test("has no gaps, whatever the order of the manifest", () => {
    expect(plan.gaps).toEqual([]);
    expect(plan.runs[0]?.segments.map(({ index }) => index)).toEqual([0, 1, 2]);
  });

  test.each([
    [0, 0, 0],
    [3_999, 0, 3.999],
    [4_000, 1, 4],
    [9_500, 2, 9.5],
  ])("has %i ms after its start in chunk %i, %d s into the run", (at, index, offset) => {
    const place = placeAt(plan, noon + at);
    expect(place).toMatchObject({ kind: "recorded", segment: { index }, offset });
  });

  test("is not there before its start, and says when it begins", () => {
    expect(placeAt(plan, noon - 1)).toEqual({ kind: "missing", reason: "not-recorded", until: noon });
  });

  test("is over at its end, and nothing follows", () => {
    expect(placeAt(plan, noon + 12_000)).toEqual({ kind: "missing", reason: "not-recorded", until: null });
  });

  test("has nothing to do with the other track", () => {
    expect(planOf("screen", chunks(0, [0, 1], 0))).toEqual({ track: "screen", runs: [], gaps: [] });
  });
});

describe("a seam between chunks", () => {
  const late = chunk(0, 1, 300);

  test("that the estimate of the clock opened is played through", () => {
    const plan = planOf("camera", [chunk(0, 0, 0), late]);
    expect(plan.gaps).toEqual([]);
    expect(placeAt(plan, noon + 4_100)).toMatchObject({ kind: "recorded", segment: { index: 0 } });
  });
});

describe("a hole in a run", () => {
  test("is named as never arrived when its index is missing", () => {
    const plan = planOf("camera", chunks(0, [0, 1, 4], 0));
    expect(plan.gaps).toEqual([{ track: "camera", from: noon + 8_000, to: noon + 16_000, reason: "never-arrived" }]);
    expect(placeAt(plan, noon + 9_000)).toEqual({ kind: "missing", reason: "never-arrived", until: noon + 16_000 });
  });

  test("at the run's beginning is found too, and later chunks keep their place", () => {
    const plan = planOf("camera", chunks(0, [2, 3], 0));
    expect(plan.gaps).toEqual([{ track: "camera", from: noon, to: noon + 8_000, reason: "never-arrived" }]);
    expect(placeAt(plan, noon + 9_000)).toMatchObject({ kind: "recorded", segment: { index: 2 }, offset: 9 });
  });

  test("is named as lost when the store has it no more", () => {
    const plan = planOf("camera", [
      chunk(0, 0, 0),
      chunk(0, 1, 0, { present: false, url: null }),
      chunk(0, 2, 0, { present: false, url: null }),
      chunk(0, 3, 0),
    ]);
    expect(plan.gaps).toEqual([{ track: "camera", from: noon + 4_000, to: noon + 12_000, reason: "lost" }]);
    expect(placeAt(plan, noon + 5_000)).toEqual({ kind: "missing", reason: "lost", until: noon + 12_000 });
  });

  test("of which nothing is left makes no run, only a gap", () => {
    const plan = planOf("camera", [chunk(0, 0, 0, { present: false, url: null })]);
    expect(plan.runs).toEqual([]);
    expect(plan.gaps).toEqual([{ track: "camera", from: noon, to: noon + 4_000, reason: "lost" }]);
  });
});

describe("several runs", () => {
  test("with a pause between them leave a gap in which nothing was recorded", () => {
    const plan = planOf("camera", [...chunks(0, [0], 0), ...chunks(1, [0], 30_000)]);
    expect(plan.gaps).toEqual([{ track: "camera", from: noon + 4_000, to: noon + 30_000, reason: "not-recorded" }]);
    expect(placeAt(plan, noon + 31_000)).toMatchObject({ kind: "recorded", run: { run: 1 }, offset: 1 });
  });

  test("that follow each other within a restart of the recorder leave none", () => {
    expect(planOf("camera", [...chunks(0, [0], 0), ...chunks(1, [0], 5_600)]).gaps).toEqual([]);
  });

  test("that overlap show the newer one", () => {
    const plan = planOf("camera", [...chunks(0, [0, 1], 0), ...chunks(1, [0], 6_000)]);
    expect(plan.gaps).toEqual([]);
    expect(placeAt(plan, noon + 7_000)).toMatchObject({ kind: "recorded", run: { run: 1 }, offset: 1 });
    expect(placeAt(plan, noon + 5_999)).toMatchObject({ kind: "recorded", run: { run: 0 } });
  });

  test("lend their head to a run whose first chunk is missing", () => {
    const plan = planOf("camera", [...chunks(0, [0], 0), ...chunks(1, [1], 30_000)]);
    const [first, second] = plan.runs;
    if (first === undefined || second === undefined) throw new Error("two runs were made");
    expect(headOf(plan, second)).toEqual(first.segments[0]);
    expect(headOf(plan, first)).toEqual(first.segments[0]);
  });

  test("without any first chunk have no head", () => {
    const plan = planOf("camera", chunks(0, [1], 0));
    expect(plan.runs.map((run) => headOf(plan, run))).toEqual([null]);
  });
});

describe("the row of chunks to append", () => {
  function row(indexes: readonly number[], at: number, leadMs: number): number[] {
    const [run] = planOf("camera", chunks(0, indexes, 0)).runs;
    const segment = run?.segments.find(({ index }) => index === at);
    if (run === undefined || segment === undefined) throw new Error("the run was made with that chunk");
    return rowFor(run, segment, leadMs).map(({ index }) => index);
  }

  test("begins as far before the chunk as asked and goes on to the run's end", () => {
    expect(row([0, 1, 2, 3, 4, 5], 4, 8_000)).toEqual([2, 3, 4, 5]);
  });

  test("never crosses a hole, neither backwards nor forwards", () => {
    expect(row([0, 1, 3, 4, 6], 4, 60_000)).toEqual([3, 4]);
  });

  test("begins at the run's start when there is no more before", () => {
    expect(row([0, 1, 2], 1, 60_000)).toEqual([0, 1, 2]);
  });
});

test("the time axis reaches over recordings and events", () => {
  const plans = [planOf("camera", chunks(0, [0, 1], 0))];
  expect(spanOf(plans, [noon - 60_000, noon + 1_000])).toEqual({ from: noon - 60_000, to: noon + 8_000 });
  expect(spanOf([], [])).toBeNull();
});
