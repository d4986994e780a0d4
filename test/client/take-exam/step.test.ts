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
  expect(stepOf({ status, checkFirst: false }, hasDevices)).toBe(step);
});

it.each(["open", "paused"] as const)(
  "[A128] an exam that is %s and came from another computer begins with its devices",
  (status) => {
    expect(stepOf({ status, checkFirst: true }, true)).toBe("devices");
  },
);
