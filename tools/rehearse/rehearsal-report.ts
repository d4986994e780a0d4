/**
 * What a rehearsal measured. The keys are stable: whoever watches figures over time reads them. Times are milliseconds,
 * CPU is that of the runtime, and what was not measured is null. docs/guides/rehearse.md says what each is.
 */
export type RehearsalReport = {
  readonly candidates: number;
  readonly rooms: number;
  readonly proctors: number;
  readonly seconds: number;
  readonly acksPerSecond: number | null;
  readonly ackP50Ms: number | null;
  readonly ackP95Ms: number | null;
  readonly ackP99Ms: number | null;
  readonly violationP50Ms: number | null;
  readonly violationP99Ms: number | null;
  readonly startP50Ms: number | null;
  readonly startP99Ms: number | null;
  readonly extensionP99Ms: number | null;
  readonly handInP99Ms: number | null;
  readonly cpuMicrosPerAck: number | null;
  readonly memoryKbPerCandidate: number | null;
  readonly bound: { readonly acksPerSecond: number; readonly cpuMicrosPerAck: number } | null;
  /** Ours over the bound's. */
  readonly cpuRatio: number | null;
  readonly throughputRatio: number | null;
  /** Answers that were acknowledged and are not in the log, or were sent and never acknowledged. */
  readonly lost: number;
  /** Answers that are in the log more than once. */
  readonly duplicated: number;
  /** Answers that were taken after the deadline. */
  readonly late: number;
  /** Commands that were refused; none should be. */
  readonly refused: number;
};

const lines: readonly (readonly [string, (report: RehearsalReport) => string])[] = [
  ["Candidates, rooms, consoles a room", (of) => `${of.candidates}, ${of.rooms}, ${of.proctors}`],
  ["Acknowledged at saturation", (of) => amount(of.acksPerSecond, "/s")],
  [
    "Acknowledgement p50, p95, p99",
    (of) => `${amount(of.ackP50Ms, "ms")}, ${amount(of.ackP95Ms, "ms")}, ${amount(of.ackP99Ms, "ms")}`,
  ],
  ["Violation to proctor p50, p99", (of) => `${amount(of.violationP50Ms, "ms")}, ${amount(of.violationP99Ms, "ms")}`],
  ["Connect to paper p50, p99", (of) => `${amount(of.startP50Ms, "ms")}, ${amount(of.startP99Ms, "ms")}`],
  ["Added time to candidate p99", (of) => amount(of.extensionP99Ms, "ms")],
  ["Hand-in of all p99", (of) => amount(of.handInP99Ms, "ms")],
  ["CPU an acknowledgement", (of) => amount(of.cpuMicrosPerAck, "µs")],
  ["Memory a candidate", (of) => amount(of.memoryKbPerCandidate, "kB")],
  [
    "Bare bound",
    (of) =>
      of.bound === null
        ? "not measured"
        : `${amount(of.bound.acksPerSecond, "/s")}, ${amount(of.bound.cpuMicrosPerAck, "µs")}`,
  ],
  ["CPU, throughput against the bound", (of) => `${amount(of.cpuRatio, "x")}, ${amount(of.throughputRatio, "x")}`],
  ["Lost, duplicated, late, refused", (of) => `${of.lost}, ${of.duplicated}, ${of.late}, ${of.refused}`],
];

/** The report as a person reads it, a line each. */
export function reportTable(report: RehearsalReport): string {
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, value]) => `${name.padEnd(width)}  ${value(report)}`).join("\n");
}

function amount(value: number | null, unit: string): string {
  return value === null ? "–" : `${value.toLocaleString("en")} ${unit}`;
}

/** `one / other` to two decimals; null when either was not measured. */
export function ratio(one: number | null, other: number | null): number | null {
  return one === null || other === null || other === 0 ? null : Math.round((one / other) * 100) / 100;
}
