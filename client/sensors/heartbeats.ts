import type { SensorName, SensorReason, SensorState } from "#domain/integrity/sensor.ts";

/** A sensor that was silent for this long (ms) is lost. With the look after it, that is known within five seconds. */
export const silenceMs = 4_000;
/** A sensor that has yet to load something may take this long (ms) for its first beat. */
export const firstBeatMs = 20_000;
/** How often (ms) the board looks who is silent. */
const lookEveryMs = 500;
/** What one look counts at most as silence (ms). */
const longestStepMs = 2 * lookEveryMs;

export type OnSensor = (sensor: SensorName, state: SensorState, reason: SensorReason | null) => void;

export type Heartbeats = {
  /** Expects beats of this sensor from now on. Returns where it beats, at least every two seconds. */
  readonly expect: (sensor: SensorName) => (state: SensorState, reason?: SensorReason) => void;
  /** To be called every `lookEveryMs`, and late where the page stood still. */
  readonly look: () => void;
};

type Heard = {
  state: SensorState | null;
  reason: SensorReason | null;
  /** How long (ms) it has been silent, as far as the page was awake to hear it. */
  silentMs: number;
};

/**
 * Hears each sensor's beats, tells on only what changes, and calls a sensor lost that is silent (`no-answer`).
 *
 * Silence is summed up look by look, and a look counts for a second at most: after a sleep, a frozen page or a throttled
 * timer the first look comes late, and before the beats that are waiting in line.
 *
 * @param now milliseconds of a clock that does not jump, such as `performance.now`
 */
export function createHeartbeats(onSensor: OnSensor, now: () => number): Heartbeats {
  const board = new Map<SensorName, Heard>();
  let lookedAt = now();

  function become(sensor: SensorName, heard: Heard, state: SensorState, reason: SensorReason | null): void {
    if (heard.state === state && heard.reason === reason) return;
    heard.state = state;
    heard.reason = reason;
    onSensor(sensor, state, reason);
  }

  return {
    expect(sensor) {
      const heard: Heard = { state: null, reason: null, silentMs: 0 };
      board.set(sensor, heard);
      return (state, reason) => {
        // The next look adds the whole time since the last one, of which a part was before this beat.
        heard.silentMs = -Math.min(now() - lookedAt, longestStepMs);
        become(sensor, heard, state, reason ?? null);
      };
    },
    look() {
      const step = Math.min(now() - lookedAt, longestStepMs);
      lookedAt = now();
      for (const [sensor, heard] of board) {
        heard.silentMs += step;
        // It said itself that it does not run, and why: it has nothing to beat for.
        if (heard.state === "not-available" || heard.state === "lost") continue;
        if (heard.silentMs > (heard.state === null ? firstBeatMs : silenceMs))
          become(sensor, heard, "lost", "no-answer");
      }
    },
  };
}

/** The same, looking by itself until it is stopped. */
export function startHeartbeats(onSensor: OnSensor): Pick<Heartbeats, "expect"> & { readonly stop: () => void } {
  const { expect, look } = createHeartbeats(onSensor, () => performance.now());
  const timer = setInterval(look, lookEveryMs);
  return { expect, stop: () => clearInterval(timer) };
}
