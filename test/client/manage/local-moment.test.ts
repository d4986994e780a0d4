import { expect, test } from "vitest";
import { localFieldOf, momentOfField } from "#client/manage/local-moment.ts";

test("a moment goes into the field and comes back, to the minute", () => {
  const noon = Date.UTC(2030, 6, 9, 12, 34);
  expect(momentOfField(localFieldOf(noon))).toBe(noon);
});

test("the field is read in this computer's zone", () => {
  expect(momentOfField("2030-01-31T09:05")).toBe(new Date(2030, 0, 31, 9, 5).getTime());
});

test.each(["", "2030-01-31", "2030-13-01T00:00", "soon"])("%s names no moment", (text) => {
  expect(momentOfField(text)).toBeNull();
});
