import type { EpochMs } from "#domain/integrity/signal.ts";
import { createStore, type Store } from "../session/store.ts";
import type { Span } from "./playback-plan.ts";
import type { TrackPlayer } from "./track-player.ts";

/** `at` is on the server's clock, as everything in the log is. `waiting`: a picture is being fetched. */
export type PlaybackState = {
  readonly at: EpochMs;
  readonly playing: boolean;
  readonly waiting: boolean;
  readonly rate: 1 | 2;
};

/** One clock for all that is recorded of an attempt: what is seen on the screen happened while the camera saw this. */
export type Playback = {
  readonly state: Store<PlaybackState>;
  readonly span: Span;
  readonly players: readonly TrackPlayer[];
  readonly goTo: (at: EpochMs) => void;
  /** Plays this stretch and then stands still. */
  readonly play: (from: EpochMs, to: EpochMs) => void;
  readonly toggle: () => void;
  readonly setRate: (rate: 1 | 2) => void;
  /** Lets the clock tick; what it gives back stops everything. */
  readonly start: () => () => void;
};

const stepMs = 100;
/** A page in the background gets few ticks: a long one must not jump over a minute of evidence. */
const longestStepMs = 1_000;

export function createPlayback(span: Span, players: readonly TrackPlayer[], startAt: EpochMs): Playback {
  const state = createStore<PlaybackState>({ at: within(span, startAt), playing: false, waiting: false, rate: 1 });
  let before = performance.now();
  /** Where a stretch that is played ends. */
  let stopAt = span.to;

  function tick(): void {
    const now = performance.now();
    const passed = Math.min(now - before, longestStepMs);
    before = now;
    const { at, playing, rate } = state.get();
    for (const player of players) player.follow(at, playing && !state.get().waiting, rate);
    const waiting = !players.every((player) => player.isReady());
    if (waiting !== state.get().waiting) state.update((old) => ({ ...old, waiting }));
    if (!playing || waiting) return;
    const next = Math.min(within(span, at + passed * rate), Math.max(at, stopAt));
    state.update((old) => ({ ...old, at: next, playing: next < stopAt }));
    if (next >= stopAt) stopAt = span.to;
  }

  return {
    state,
    span,
    players,
    goTo(at) {
      stopAt = span.to;
      state.update((old) => ({ ...old, at: within(span, at) }));
      tick();
    },
    play(from, to) {
      stopAt = within(span, to);
      state.update((old) => ({ ...old, at: within(span, from), playing: true }));
      tick();
    },
    toggle() {
      stopAt = span.to;
      const isOver = state.get().at >= span.to;
      state.update((old) => ({ ...old, at: isOver ? span.from : old.at, playing: !old.playing }));
    },
    setRate(rate) {
      state.update((old) => ({ ...old, rate }));
    },
    start() {
      const timer = setInterval(tick, stepMs);
      return () => {
        clearInterval(timer);
        for (const player of players) player.close();
      };
    },
  };
}

function within(span: Span, at: EpochMs): EpochMs {
  return Math.min(Math.max(at, span.from), span.to);
}
