import { expect, it } from "vitest";
import type { Entry } from "#client/session/command-queue.ts";
import { keepWaiting, type Waiting } from "#client/session/keep-waiting.ts";
import type { PendingCommands } from "#client/session/pending-commands.ts";

const one: Entry<string> = { id: "1", at: 0, body: "one" };
const two: Entry<string> = { id: "2", at: 0, body: "two" };

/** A disk that answers when the test says so. */
function slowDisk(restored: readonly Entry<string>[] = [], isDurable = true) {
  const answers: ((isKept: boolean) => void)[] = [];
  const told: Waiting<string>[] = [];
  const pending: PendingCommands<string> = {
    isDurable,
    restored,
    unreadable: 0,
    receipt: null,
    reread: () => Promise.resolve(null),
    keep: () => new Promise((resolve) => answers.push(resolve)),
    keepReceipt: () => {},
    wipe: () => {},
    written: () => Promise.resolve(),
  };
  const wait = keepWaiting(pending, (waiting) => void told.push(waiting));
  async function answer(isKept: boolean): Promise<void> {
    answers.shift()?.(isKept);
    await Promise.resolve();
    await Promise.resolve();
  }
  return { wait, answer, latest: () => told.at(-1) };
}

it("a command waits at once, and is entered when the disk has it", async () => {
  const { wait, answer, latest } = slowDisk();
  wait([one]);
  expect(latest()).toEqual({ waiting: ["one"], entering: ["one"], isDurable: true });
  wait([one, two]);
  await answer(true);
  expect(latest()).toEqual({ waiting: ["one", "two"], entering: ["two"], isDurable: true });
  await answer(true);
  expect(latest()).toEqual({ waiting: ["one", "two"], entering: [], isDurable: true });
});

it("what an earlier page left is on the disk already", () => {
  const { wait, latest } = slowDisk([one]);
  wait([one, two]);
  expect(latest()?.entering).toEqual(["two"]);
});

it("a disk that takes nothing keeps nobody waiting, and is told of until it does", async () => {
  const { wait, answer, latest } = slowDisk();
  wait([one]);
  await answer(false);
  expect(latest()).toEqual({ waiting: ["one"], entering: [], isDurable: false });
  wait([one, two]);
  expect(latest()).toEqual({ waiting: ["one", "two"], entering: [], isDurable: false });
  await answer(true);
  expect(latest()).toEqual({ waiting: ["one", "two"], entering: [], isDurable: true });
});

it("what was answered is told of no more, though the disk was slow", async () => {
  const { wait, answer, latest } = slowDisk();
  wait([one]);
  wait([]);
  await answer(true);
  expect(latest()).toEqual({ waiting: [], entering: [], isDurable: true });
});
