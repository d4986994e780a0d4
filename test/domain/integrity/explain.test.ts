import { describe, expect, test } from "vitest";
import { explain } from "#domain/integrity/explain.ts";
import {
  lastingSignalKinds,
  momentarySignalKinds,
  noDetail,
  type SignalDetail,
  type SignalKind,
} from "#domain/integrity/signal.ts";

const counted = (count: number): SignalDetail => ({ count, confidence: null });

describe("the reason of a violation", () => {
  test.each<readonly [SignalKind, number, SignalDetail, string]>([
    ["tab-hidden", 500, noDetail, "The exam page was hidden for 1 second."],
    ["tab-hidden", 1_499, noDetail, "The exam page was hidden for 1 second."],
    ["tab-hidden", 1_500, noDetail, "The exam page was hidden for 2 seconds."],
    ["window-blurred", 61_000, noDetail, "Another window had the focus for 61 seconds."],
    ["full-screen-left", 2_000, noDetail, "The exam was out of full screen for 2 seconds."],
    ["camera-ended", 2_000, noDetail, "The camera sent no picture for 2 seconds."],
    ["microphone-ended", 2_000, noDetail, "The microphone was off for 2 seconds."],
    ["screen-share-ended", 2_000, noDetail, "The screen was not shared for 2 seconds."],
    ["no-face", 5_000, counted(0), "No face was in the picture for 5 seconds."],
    ["several-faces", 2_000, counted(3), "3 faces were in the picture for 2 seconds."],
    ["several-faces", 2_000, noDetail, "Several faces were in the picture for 2 seconds."],
    [
      "sensor-lost",
      10_000,
      { ...noDetail, subject: "faces" },
      "The sensor for how many faces are in the picture did not work for 10 seconds.",
    ],
    ["sensor-lost", 10_000, { ...noDetail, subject: "?" }, "A sensor did not work for 10 seconds."],
    [
      "virtual-camera",
      1_000,
      { ...noDetail, subject: "OBS Virtual Camera" },
      "The picture came from a program and not from a camera for 1 second (OBS Virtual Camera).",
    ],
    ["several-displays", 5_000, counted(2), "2 displays were connected for 5 seconds."],
    ["burst-typed", 0, counted(80), "Text came faster than hands type (80 characters)."],
    ["shortcut", 0, { ...noDetail, subject: "Ctrl+S" }, "A shortcut was pressed that is off (Ctrl+S)."],
    ["connection-lost", 5_000, noDetail, "The connection was lost for 5 seconds."],
    ["copied", 0, counted(1), "Text was copied from the exam (1 character)."],
    ["cut", 0, counted(0), "Text was cut from the exam (0 characters)."],
    ["pasted", 0, counted(212), "Text was pasted into the exam (212 characters)."],
    ["pasted", 0, noDetail, "Text was pasted into the exam (some text)."],
  ])("[I7] for %s of %i ms with %o is '%4$s'", (kind, lastedMs, detail, reason) => {
    expect(explain(kind, lastedMs, detail)).toBe(reason);
  });

  test.each([...lastingSignalKinds, ...momentarySignalKinds])("[I7] for %s accuses nobody", (kind) => {
    expect(explain(kind, 5_000, counted(2))).not.toMatch(/cheat|suspicious|violat|fraud|you|candidate/i);
  });
});
