import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createChunkKeeper, type KeeperState } from "#client/media/chunk-keeper.ts";

const diskFull = new DOMException("no space", "QuotaExceededError");

let disk: string[];
let states: KeeperState[];
let fault: Error | null;

function newKeeper() {
  return createChunkKeeper<string>(
    async (chunk) => {
      if (fault !== null) throw fault;
      disk.push(chunk);
    },
    (state) => states.push(state),
  );
}

beforeEach(() => {
  vi.useFakeTimers();
  disk = [];
  states = [];
  fault = null;
});
afterEach(() => vi.useRealTimers());

test("chunks reach the disk in the order in which they come, and nothing is said of what goes well", async () => {
  const keeper = newKeeper();
  for (const chunk of ["a", "b", "c"]) keeper.keep(chunk);
  await keeper.finish();
  expect(disk).toEqual(["a", "b", "c"]);
  expect(states).toEqual([]);
});

test("a full disk is told at once, and what was recorded meanwhile is kept when there is space again", async () => {
  fault = diskFull;
  const keeper = newKeeper();
  keeper.keep("a");
  keeper.keep("b");
  await vi.advanceTimersByTimeAsync(30_000);
  expect(states).toEqual([{ fault: "disk-full", lost: 0 }]);
  fault = null;
  await vi.advanceTimersByTimeAsync(15_000);
  expect(disk).toEqual(["a", "b"]);
  expect(states.at(-1)).toEqual({ fault: null, lost: 0 });
});

test("a disk that stays full loses the piece, and that is said for good", async () => {
  fault = diskFull;
  const keeper = newKeeper();
  keeper.keep("a");
  await vi.advanceTimersByTimeAsync(200_000);
  fault = null;
  keeper.keep("b");
  await vi.advanceTimersByTimeAsync(0);
  expect(disk).toEqual(["b"]);
  expect(states.at(-1)).toEqual({ fault: null, lost: 1 });
});

test("another fault of the disk has another name", async () => {
  fault = new DOMException("gone", "InvalidStateError");
  newKeeper().keep("a");
  await vi.advanceTimersByTimeAsync(0);
  expect(states).toEqual([{ fault: "not-written", lost: 0 }]);
});

test("at the end each piece is tried once more without waiting, and what cannot be kept is counted", async () => {
  fault = diskFull;
  const keeper = newKeeper();
  keeper.keep("a");
  keeper.keep("b");
  await vi.advanceTimersByTimeAsync(0);
  // No time passes: a clock that stands still must not hold up the end.
  await keeper.finish();
  expect(states.at(-1)).toEqual({ fault: "disk-full", lost: 2 });
});
