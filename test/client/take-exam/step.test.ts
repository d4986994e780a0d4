import { expect, it } from "vitest";
import { stepOf } from "#client/take-exam/step.ts";

it.each([
  ["registered", false, "consent"],
  ["consented", true, "devices"],
  ["checked", true, "waiting"],
  ["waiting", true, "waiting"],
  ["waiting", false, "devices"],
  ["denied", true, "waiting"],
  ["admitted", false, "devices"],
  ["admitted", true, "waiting"],
  ["open", false, "exam"],
  ["paused", true, "exam"],
  ["handed-in", true, "end"],
  ["terminated", false, "end"],
] as const)("who is %s, with devices shared: %s, is at %s", (status, hasDevices, step) => {
  expect(stepOf(status, hasDevices)).toBe(step);
});
