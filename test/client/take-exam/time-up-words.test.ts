import { expect, it } from "vitest";
import { timeUpWords } from "#client/take-exam/time-up-words.ts";

const offline = { isOnline: false, isDurable: true, unsent: 3, sinceMs: 0 };
const handIn =
  "Whether your exam is handed in can only be said when the connection is back. It is tried again by itself.";

it("a page that is connected waits for the session's word", () => {
  expect(timeUpWords({ ...offline, isOnline: true })).toEqual(["Your exam is being handed in."]);
});

it("a page that is cut off says where the answers are and does not pretend to have handed in", () => {
  expect(timeUpWords(offline)).toEqual([
    "Your answers are saved on this computer and will be sent when the connection is back.",
    "What arrives within 10 seconds after the end counts and is marked late.",
    handIn,
  ]);
});

it("once the grace is over, it says that what comes now is evidence and not in the score", () => {
  expect(timeUpWords({ ...offline, sinceMs: 9_999 })[1]).toContain("counts and is marked late");
  expect(timeUpWords({ ...offline, sinceMs: 10_000 })[1]).toContain("kept as evidence");
});

it("a browser that keeps nothing has to stay open", () => {
  expect(timeUpWords({ ...offline, isDurable: false })[0]).toContain("keep it open");
});

it("where everything had arrived, nothing is said of answers on this computer", () => {
  const words = timeUpWords({ ...offline, unsent: 0 });
  expect(words).toEqual(["Every answer had arrived before the connection was lost.", handIn]);
});
