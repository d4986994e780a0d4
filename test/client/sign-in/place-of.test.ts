import { expect, test } from "vitest";
import { placeOf, returnTo, signInAddress } from "#client/sign-in/place-of.ts";

test("who only proctors goes to the live sessions", () => {
  expect(placeOf(["proctor"])).toBe("/proctor");
});

test.each([[["write-exams"]], [["read-results"]], [["proctor", "read-results"]], [[]]] as const)(
  "who may %s goes to the exams and sittings",
  (held) => {
    expect(placeOf(held)).toBe("/manage");
  },
);

test.each(["/manage", "/manage/exams/e1", "/proctor/s1", "/review/a1?at=5", "/manage?x=1"])(
  "the way back to %s is kept",
  (here) => {
    expect(returnTo(here)).toBe(here);
    expect(returnTo(new URLSearchParams(signInAddress(here).split("?")[1]).get("next"))).toBe(here);
  },
);

test.each([null, "", "//evil.example", "/\\evil.example", "https://evil.example/manage", "/sign-in", "/managed", "/"])(
  "%s is no page to go back to",
  (next) => {
    expect(returnTo(next)).toBeNull();
  },
);
