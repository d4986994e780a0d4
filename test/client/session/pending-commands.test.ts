import { expect, it } from "vitest";
import { openPendingCommands } from "#client/session/pending-commands.ts";
import { type AttemptId, brand } from "#domain/exam/ids.ts";

it("a browser that keeps nothing is told of, and does not stop the exam", async () => {
  // Node has no IndexedDB, which is how a browser behaves that refuses it.
  const pending = await openPendingCommands<string>(brand<AttemptId>("ada"));
  expect(pending.isDurable).toBe(false);
  expect(pending.restored).toEqual([]);
  pending.keep([{ id: "1", at: 0, body: "a" }]);
  await pending.written();
});
