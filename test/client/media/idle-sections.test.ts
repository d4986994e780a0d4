import { expect, test } from "vitest";
import { createIdleSections } from "#client/media/idle-sections.ts";
import { brand, type AttemptId } from "#domain/exam/ids.ts";

const ada = brand<AttemptId>("ada");

test("a section serves another track of its own kind only", () => {
  const idle = createIdleSections();
  idle.putAway({ attemptId: ada, track: "microphone", mid: "3" });
  expect(idle.take("screen")).toBeNull();
  expect(idle.take("microphone")?.mid).toBe("3");
  expect(idle.take("microphone")).toBeNull();
  idle.putAway({ attemptId: ada, track: "focus", mid: "4" });
  expect(idle.take("thumbnail")?.mid).toBe("4");
});

test("one that could not be turned is tried again after all others", () => {
  const idle = createIdleSections();
  idle.putAway({ attemptId: ada, track: "thumbnail", mid: "0" });
  idle.putBack({ attemptId: ada, track: "thumbnail", mid: "1" });
  expect([idle.take("thumbnail")?.mid, idle.take("thumbnail")?.mid]).toEqual(["0", "1"]);
});

test("six of a kind are kept, and the oldest beyond them are to be closed, once", () => {
  const idle = createIdleSections();
  idle.putAway({ attemptId: ada, track: "microphone", mid: "sound" });
  for (let mid = 0; mid < 8; mid += 1) idle.putAway({ attemptId: ada, track: "thumbnail", mid: `${mid}` });
  expect(idle.hasWork()).toBe(true);
  expect(idle.takeSurplus()).toEqual(["0", "1"]);
  expect(idle.takeSurplus()).toEqual([]);
  expect(idle.hasWork()).toBe(false);
  expect(idle.take("microphone")?.mid).toBe("sound");
});

test("large pictures that nobody looks at are turned to the small picture of the same candidate, once", () => {
  const idle = createIdleSections();
  idle.putAway({ attemptId: ada, track: "focus", mid: "1" });
  idle.putAway({ attemptId: ada, track: "thumbnail", mid: "2" });
  idle.putAway({ attemptId: ada, track: "screen", mid: "3" });
  expect(idle.takeCostly()).toEqual([
    { attemptId: ada, track: "thumbnail", mid: "1" },
    { attemptId: ada, track: "thumbnail", mid: "3" },
  ]);
  expect(idle.takeCostly()).toEqual([]);
  expect(idle.hasWork()).toBe(false);
  expect(idle.take("focus")?.mid).toBe("3");
});

test("nothing is left of a line that is gone", () => {
  const idle = createIdleSections();
  for (let mid = 0; mid < 8; mid += 1) idle.putAway({ attemptId: ada, track: "focus", mid: `${mid}` });
  idle.clear();
  expect(idle.hasWork()).toBe(false);
  expect(idle.take("focus")).toBeNull();
});
