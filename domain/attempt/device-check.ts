import type { RuleException } from "../exam/accommodation.ts";
import type { DeviceCheck } from "./command.ts";

/** [A8] [A103] Whether every part passed that the candidate is not excused from. */
export function passesWith(exceptions: readonly Pick<RuleException, "kind">[], check: DeviceCheck): boolean {
  const excused = new Set(exceptions.map(({ kind }) => kind));
  return (
    (check.camera === "passed" || excused.has("no-camera")) &&
    (check.fullScreen === "passed" || excused.has("may-leave-full-screen")) &&
    check.microphone === "passed" &&
    check.screen === "passed"
  );
}
