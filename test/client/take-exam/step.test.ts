import { expect, it } from "vitest";
import { stepOf, stepsWith } from "#client/take-exam/step.ts";

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
  expect(stepOf({ status, checkFirst: false, identity: [] }, hasDevices)).toBe(step);
});

it.each(["open", "paused"] as const)(
  "[A128] an exam that is %s and came from another computer begins with its devices",
  (status) => {
    expect(stepOf({ status, checkFirst: true, identity: [] }, true)).toBe("devices");
  },
);

it("[A140] photographs come between the devices and the waiting room, where the exam asks for them", () => {
  const missing = [{ capture: "face", state: "missing", askedAgain: null }] as const;
  const taken = [{ ...missing[0], state: "taken" }] as const;
  const at = (status: "checked" | "waiting" | "denied", identity: typeof missing | typeof taken, hasDevices = true) =>
    stepOf({ status, checkFirst: false, identity }, hasDevices);
  expect(at("checked", missing)).toBe("identity");
  expect(at("denied", missing)).toBe("identity");
  expect(at("checked", missing, false)).toBe("devices");
  expect(at("checked", taken)).toBe("waiting");
  expect(stepsWith([])).not.toContain("identity");
  expect(stepsWith(missing)).toContain("identity");
});
