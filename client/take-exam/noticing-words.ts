import type { MessageView } from "#domain/attempt/view.ts";
import { whatSensorNotices, wordsOf } from "#domain/integrity/explain.ts";
import { noticedBy, type SensorName, type SensorState } from "#domain/integrity/sensor.ts";
import type { SignalKind } from "#domain/integrity/signal.ts";

export type SensorStates = Readonly<Partial<Record<SensorName, SensorState>>>;

/** One sensor as its candidate reads of it: what it looks at, which rules that serves, and how it is. */
export type NoticingRow = {
  readonly sensor: SensorName;
  readonly looksAt: string;
  readonly rules: string;
  readonly sign: string;
  readonly state: string;
};

const stateWords: Readonly<Record<SensorState | "starting", { readonly sign: string; readonly state: string }>> = {
  starting: { sign: "○", state: "Starting" },
  working: { sign: "✓", state: "Working" },
  degraded: { sign: "△", state: "Looking less often, because this computer is busy. You need not do anything." },
  lost: { sign: "△", state: "Stopped, and tries again by itself. You need not do anything." },
  "not-available": { sign: "–", state: "Not in use here" },
};

/** [A151] What runs on this page, why, and how it is, in the policy's own words. */
export function noticingRows(
  sensors: readonly SensorName[],
  lookedFor: readonly SignalKind[],
  states: SensorStates,
): readonly NoticingRow[] {
  return sensors.map((sensor) => {
    const looksAt = whatSensorNotices(sensor);
    const kinds = noticedBy[sensor].filter((kind) => lookedFor.includes(kind));
    return {
      sensor,
      looksAt: looksAt.charAt(0).toUpperCase() + looksAt.slice(1),
      rules: [...new Set(kinds.map((kind) => wordsOf(kind).rule))].join(" "),
      ...stateWords[states[sensor] ?? "starting"],
    };
  });
}

/** How all of them are together: what stands behind the button. */
export function noticingSummary(sensors: readonly SensorName[], states: SensorStates): { sign: string; words: string } {
  const isTroubled = sensors.some((sensor) => states[sensor] === "lost");
  return isTroubled ? { sign: "△", words: "works in part" } : { sign: "✓", words: "works" };
}

/** [A152] The latest notice that came after the message `after`; null where none did. A warning is not one: it has a dialog. */
export function latestNotice(messages: readonly MessageView[], after: number): MessageView | null {
  return messages.findLast(({ kind, seq }) => kind === "notice" && seq > after) ?? null;
}
