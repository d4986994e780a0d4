import { type SignalKind, signalKinds } from "#domain/integrity/signal.ts";
import { graceMs, precision, recall, type SignalScore } from "./score.ts";

/** What was measured of one kind of signal, under that preset under which it came out worst. Times are milliseconds. */
export type SignalFigures = {
  readonly clips: number;
  /** In how many of them the condition was there. */
  readonly positives: number;
  readonly precision: number;
  readonly recall: number;
  /** The longest from the beginning of the condition to the violation; null where nothing was detected. */
  readonly timeToDetectMs: number | null;
  /** The same, less the rule's window: what the sensor and the law took. */
  readonly beyondWindowMs: number | null;
  readonly missed: readonly string[];
  /** During which clip something was noted that was not there. */
  readonly falseAlarms: readonly string[];
};

export type BenchmarkReport = {
  readonly signals: Readonly<Partial<Record<SignalKind, SignalFigures>>>;
  /** Alarms above `low` while nothing was there, under the preset with more of them, scaled to an hour of watching. */
  readonly falseAlarmsAboveLowPerHour: number;
  /** How long was really watched while nothing was there. */
  readonly calmMinutes: number;
  /** Tasks of more than 50 ms on the page's thread, in the calm scene alone, where nothing but sensors run. */
  readonly longTasks: number;
  /** How long (ms) the longest of them was; null where there was none. */
  readonly longestTaskMs: number | null;
  /** The same of all scenes: the clips' own doings on the page are among them. */
  readonly longTasksInAllScenes: number;
  /** CPU of the page's process for one look of all sensors at all; null where the calm scene was not played. */
  readonly cpuMsPerLook: number | null;
  readonly clips: number;
  readonly seconds: number;
};

/** [I33] The worst of the presets' scores, kind by kind: a figure is true of every preset that looks for the signal. */
export function figuresOf(
  scores: readonly Readonly<Partial<Record<SignalKind, SignalScore>>>[],
): BenchmarkReport["signals"] {
  const figures: Partial<Record<SignalKind, SignalFigures>> = {};
  for (const kind of signalKinds) {
    const each = scores.flatMap((preset) => preset[kind] ?? []);
    const [first] = each;
    if (first === undefined) continue;
    figures[kind] = {
      clips: first.clips,
      positives: first.positives,
      precision: rounded(Math.min(...each.map(precision))),
      recall: rounded(Math.min(...each.map(recall))),
      timeToDetectMs: longest(each.flatMap(({ timesToDetectMs }) => timesToDetectMs)),
      beyondWindowMs: longest(
        each.flatMap(({ timesToDetectMs, windowMs }) => timesToDetectMs.map((ms) => ms - windowMs)),
      ),
      missed: [...new Set(each.flatMap(({ missed }) => missed))],
      falseAlarms: [
        ...new Set(each.flatMap(({ falseAlarms }) => falseAlarms.map(({ during }) => during ?? "between two clips"))),
      ],
    };
  }
  return figures;
}

/** Whether all targets are met: docs/integrity-benchmark.md says which. */
export function isMet({ signals, falseAlarmsAboveLowPerHour }: BenchmarkReport): boolean {
  return (
    falseAlarmsAboveLowPerHour === 0 &&
    Object.values(signals).every(
      (figures) => figures.precision >= 0.95 && figures.recall >= 0.95 && (figures.beyondWindowMs ?? 0) <= graceMs,
    )
  );
}

/** The report as a person reads it: a line for each signal, then what holds for all. */
export function reportTable(report: BenchmarkReport): string {
  const header = ["signal", "clips", "there", "precision", "recall", "longest to detect", "beyond the window"];
  const rows = Object.entries(report.signals).map(([kind, figures]) => [
    kind,
    String(figures.clips),
    String(figures.positives),
    figures.precision.toFixed(2),
    figures.positives === 0 ? "–" : figures.recall.toFixed(2),
    seconds(figures.timeToDetectMs),
    seconds(figures.beyondWindowMs),
  ]);
  const widths = header.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [
    line(header),
    line(widths.map((width) => "-".repeat(width))),
    ...rows.map(line),
    "",
    ...Object.entries(report.signals).flatMap(([kind, { missed, falseAlarms }]) => [
      ...missed.map((title) => `${kind} missed: ${title}`),
      ...falseAlarms.map((title) => `${kind} noted in vain: ${title}`),
    ]),
    `Clips: ${report.clips}, in ${Math.round(report.seconds)} s`,
    `False alarms above low: ${report.falseAlarmsAboveLowPerHour} an hour, of ${report.calmMinutes.toFixed(1)} calm minutes watched`,
    `Tasks over 50 ms on the page's thread: ${report.longTasks} in the calm scene (the longest ${report.longestTaskMs ?? 0} ms), ${report.longTasksInAllScenes} in all scenes`,
    `CPU of the page's process: ${report.cpuMsPerLook === null ? "not measured" : `${report.cpuMsPerLook} ms`} a look of all sensors`,
  ].join("\n");
}

function longest(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.round(Math.max(...values));
}

function seconds(ms: number | null): string {
  return ms === null ? "–" : `${(ms / 1000).toFixed(2)} s`;
}

function rounded(share: number): number {
  return Math.round(share * 1000) / 1000;
}
