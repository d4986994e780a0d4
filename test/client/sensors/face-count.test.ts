import { describe, expect, it } from "vitest";
import {
  countFaces,
  frameSizeFor,
  loadingPatienceMs,
  nextStep,
  patienceMs,
  retryDelayMs,
} from "#client/sensors/face-count.ts";

describe("counting faces", () => {
  it.each([
    { scores: [], count: 0, confidence: 1 },
    { scores: [0.9], count: 1, confidence: 0.9 },
    { scores: [0.6], count: 1, confidence: 0.6 },
    { scores: [0.95, 0.7], count: 2, confidence: 0.7 },
    { scores: [0.5], count: 0, confidence: 0.5 },
    { scores: [0.95, 0.4], count: 1, confidence: 0.6 },
  ])("scores $scores are $count faces with confidence $confidence", ({ scores, count, confidence }) => {
    expect(countFaces(scores).count).toBe(count);
    expect(countFaces(scores).confidence).toBeCloseTo(confidence);
  });
});

it("the frame keeps the camera's shape within 320x240 and enlarges nothing", () => {
  expect(frameSizeFor({ width: 640, height: 480 })).toEqual({ width: 320, height: 240 });
  expect(frameSizeFor({ width: 1280, height: 720 })).toEqual({ width: 320, height: 180 });
  expect(frameSizeFor({ width: 720, height: 1280 })).toEqual({ width: 135, height: 240 });
  expect(frameSizeFor({ width: 160, height: 120 })).toEqual({ width: 160, height: 120 });
});

describe("the next step at a beat", () => {
  const now = 100_000;
  const long = now - patienceMs - 1;
  const loaded = { isLoading: false };
  it("asks when the worker is free and the camera has a picture", () => {
    expect(nextStep(now, { ...loaded, askedAt: null, pictureAt: now, idleBeats: 1 })).toBe("ask");
  });
  it("skips the picture while the worker is busy", () => {
    expect(nextStep(now, { ...loaded, askedAt: now - 900, pictureAt: now, idleBeats: 1 })).toBe("wait");
  });
  it("gives a worker up that has not answered for so long", () => {
    expect(nextStep(now, { ...loaded, askedAt: now - patienceMs, pictureAt: now, idleBeats: 5 })).toBe("wait");
    expect(nextStep(now, { ...loaded, askedAt: long, pictureAt: now, idleBeats: 6 })).toBe("no-answer");
  });
  it("waits longer for a worker that still loads", () => {
    const loading = { isLoading: true, pictureAt: now, idleBeats: 6 };
    expect(nextStep(now, { ...loading, askedAt: long })).toBe("wait");
    expect(nextStep(now, { ...loading, askedAt: now - loadingPatienceMs - 1 })).toBe("no-answer");
  });
  it("says so when the camera gives no picture for so long", () => {
    expect(nextStep(now, { ...loaded, askedAt: null, pictureAt: now - 900, idleBeats: 1 })).toBe("wait");
    expect(nextStep(now, { ...loaded, askedAt: null, pictureAt: long, idleBeats: 6 })).toBe("no-picture");
  });
  it("takes a first beat after a sleep for no loss", () => {
    expect(nextStep(now, { ...loaded, askedAt: long, pictureAt: now, idleBeats: 1 })).toBe("wait");
    expect(nextStep(now, { ...loaded, askedAt: null, pictureAt: long, idleBeats: 1 })).toBe("wait");
  });
});

it("a lost worker is replaced after a pause that doubles up to a minute", () => {
  expect([1, 2, 3, 10].map(retryDelayMs)).toEqual([2000, 4000, 8000, 60_000]);
});
