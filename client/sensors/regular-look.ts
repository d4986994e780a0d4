import type { Sensor, Told } from "./sensor.ts";

const lookEveryMs = 1_000;

/**
 * Looks at once, at each of these events, and each second at what is really the case: an event may not come, such as for
 * a track that an extension stopped. Each look is a heartbeat; one that throws is none, and its sensor becomes lost.
 */
export function lookRegularly(
  beat: Told["beat"],
  look: () => void,
  events: readonly (readonly [target: EventTarget, type: string])[],
): Sensor {
  const lookAndBeat = (): void => {
    look();
    beat("working");
  };
  for (const [target, type] of events) target.addEventListener(type, look);
  const timer = setInterval(lookAndBeat, lookEveryMs);
  lookAndBeat();
  return {
    stop() {
      clearInterval(timer);
      for (const [target, type] of events) target.removeEventListener(type, look);
    },
  };
}
