import { describe, expect, test } from "vitest";
import { pictureReason, timeLeft } from "#client/proctor/tile-words.ts";
import { formatTime } from "#client/ui/format-moment.ts";
import type { AttemptFact } from "#domain/attempt/event.ts";
import { noDetail } from "#domain/integrity/signal.ts";
import { minutes, nine, seconds } from "#test/domain/attempt/given.ts";
import { livePictures, tileOf } from "./tiles.ts";

describe("the time on a tile", () => {
  test("runs while the exam is open, and ends at zero", () => {
    const { time } = tileOf("Ada", "open").view;
    expect(timeLeft(time, nine + minutes(10) + seconds(1))).toBe("19:59");
    expect(timeLeft(time, nine + minutes(31))).toBe("0:00");
  });

  test("stands still while the exam is paused, whatever the time is", () => {
    const { time } = tileOf("Ada", "paused").view;
    expect(timeLeft(time, nine + minutes(7))).toBe("25:00");
    expect(timeLeft(time, nine + minutes(20))).toBe("25:00");
  });

  test("is not there before the exam is open", () => {
    expect(timeLeft(tileOf("Ada", "waiting").view.time, nine)).toBe("");
  });
});

describe("in the place of a picture stands why there is none", () => {
  test.each([
    [tileOf("Ada", "registered", { online: false }), "Not here yet"],
    [tileOf("Ada", "handed-in"), "Finished"],
    [tileOf("Ada", "terminated", { online: false }), "Finished"],
    [tileOf("Ada", "open", { online: false, later: [livePictures] }), "Offline"],
    [tileOf("Ada", "open"), "Camera not connected yet"],
    [tileOf("Ada", "open", { later: [livePictures] }), "Waiting for video…"],
  ] as const)("%#", (tile, reason) => {
    expect(pictureReason(tile)).toBe(reason);
  });

  test("and since when the line is lost", () => {
    const lost: AttemptFact = { type: "signalBegan", kind: "connection-lost", since: nine, detail: noDetail };
    const tile = tileOf("Ada", "open", { online: false, later: [lost] });
    expect(pictureReason(tile)).toBe(`Offline since ${formatTime(nine)}`);
  });
});
