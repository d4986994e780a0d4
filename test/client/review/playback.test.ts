import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createPlayback } from "#client/review/playback.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const span = { from: 100_000, to: 200_000 };

function started() {
  const playback = createPlayback(span, [], span.from);
  const stop = playback.start();
  return { playback, stop };
}

test("[E35] a stretch is played and stands still at its end", () => {
  const { playback, stop } = started();
  playback.play(120_000, 130_000);
  expect(playback.state.get()).toMatchObject({ playing: true });
  vi.advanceTimersByTime(5_000);
  expect(playback.state.get().at).toBeGreaterThan(124_000);
  vi.advanceTimersByTime(20_000);
  expect(playback.state.get()).toMatchObject({ at: 130_000, playing: false });
  stop();
});

test("[E35] a stretch ends with the recording at the latest, and play goes on from it as ever", () => {
  const { playback, stop } = started();
  playback.play(90_000, 101_000);
  vi.advanceTimersByTime(3_000);
  expect(playback.state.get()).toMatchObject({ at: 101_000, playing: false });
  playback.toggle();
  vi.advanceTimersByTime(3_000);
  expect(playback.state.get().at).toBeGreaterThan(103_000);
  playback.play(195_000, 300_000);
  vi.advanceTimersByTime(20_000);
  expect(playback.state.get()).toMatchObject({ at: span.to, playing: false });
  stop();
});

test("whoever goes elsewhere meanwhile is not stopped where the stretch would have ended", () => {
  const { playback, stop } = started();
  playback.play(120_000, 130_000);
  playback.goTo(128_000);
  vi.advanceTimersByTime(10_000);
  expect(playback.state.get()).toMatchObject({ playing: true });
  expect(playback.state.get().at).toBeGreaterThan(135_000);
  stop();
});
