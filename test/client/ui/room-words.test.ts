import { expect, test } from "vitest";
import { openedWords, unboundWords } from "#client/ui/room-words.ts";

test("[R23] why a room was opened is said in words", () => {
  expect(openedWords({ number: 2, region: null, why: "rooms-full" })).toBe(
    "Room 2 was opened, because there was no place left.",
  );
  expect(openedWords({ number: 3, region: "apac", why: "first-of-region" })).toBe(
    "Room 3 was opened near Asia and Pacific, the first one there.",
  );
});

test("[R25] rooms that are not bound as the institution asks are named, and nothing is said when all are", () => {
  const rooms = [
    { number: 1, jurisdiction: null },
    { number: 2, jurisdiction: "eu" },
  ] as const;
  expect(unboundWords("eu", rooms)).toContain("Room 1 is not bound");
  expect(unboundWords("us", rooms)).toContain("Room 1, Room 2 are not bound");
  expect(unboundWords("eu", rooms.slice(1))).toBeNull();
  expect(unboundWords(null, rooms)).toBeNull();
});
