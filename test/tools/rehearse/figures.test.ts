import { describe, expect, it } from "vitest";
import { createMeasurements } from "#tools/rehearse/measurements.ts";
import { percentile } from "#tools/rehearse/percentile.ts";
import { ratio, type RehearsalReport, reportTable } from "#tools/rehearse/rehearsal-report.ts";
import { allWithin, DidNotCome } from "#tools/rehearse/within.ts";

describe("a percentile", () => {
  it("is the nearest rank, whatever the order", () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(percentile(values, 0.5)).toBe(50);
    expect(percentile(values, 0.95)).toBe(95);
    expect(percentile(values, 0.99)).toBe(99);
    expect(percentile(values, 1)).toBe(100);
  });

  it("is the one value of one, and null of nothing", () => {
    expect(percentile([7.26], 0.99)).toBe(7.3);
    expect(percentile([], 0.99)).toBeNull();
  });
});

describe("a ratio", () => {
  it("has two decimals, and is null when one side was not measured", () => {
    expect(ratio(149.9, 77)).toBe(1.95);
    expect(ratio(null, 77)).toBeNull();
    expect(ratio(150, null)).toBeNull();
    expect(ratio(150, 0)).toBeNull();
  });
});

const remote: RehearsalReport = {
  candidates: 20,
  rooms: 2,
  proctors: 3,
  seconds: 10,
  acksPerSecond: 1234,
  ackP50Ms: 1.5,
  ackP95Ms: 3,
  ackP99Ms: 9.1,
  violationP50Ms: 50,
  violationP99Ms: 101,
  startP50Ms: 20,
  startP99Ms: 80,
  extensionP99Ms: 6,
  handInP99Ms: 30,
  cpuMicrosPerAck: null,
  memoryKbPerCandidate: null,
  bound: null,
  cpuRatio: null,
  throughputRatio: null,
  lost: 0,
  duplicated: 0,
  late: 0,
  refused: 0,
};

describe("the report", () => {
  it("shows a person what was measured, and a dash for what was not", () => {
    const lines = reportTable(remote).split("\n");
    expect(lines.find((line) => line.startsWith("Acknowledged at saturation"))).toMatch(/1,234 \/s$/);
    expect(lines.find((line) => line.startsWith("CPU an acknowledgement"))).toMatch(/–$/);
    expect(lines.find((line) => line.startsWith("Bare bound"))).toMatch(/not measured$/);
  });

  it("shows the bound beside it", () => {
    const table = reportTable({ ...remote, bound: { acksPerSecond: 11_600, cpuMicrosPerAck: 77 }, cpuRatio: 1.9 });
    expect(table).toContain("11,600 /s, 77 µs");
    expect(table).toContain("1.9 x");
  });
});

describe("what a load measures", () => {
  it("keeps acknowledgements of the time that is measured, and counts all", () => {
    const measured = createMeasurements();
    measured.acknowledged(900, null);
    measured.count(true);
    measured.acknowledged(3, null);
    measured.acknowledged(4, "paused");
    expect(measured.count(false)).toEqual([3, 4]);
    measured.acknowledged(900, null);
    expect(measured.total()).toBe(4);
    expect(measured.refused()).toBe(1);
    expect([...measured.refusals]).toEqual([["paused", 1]]);
  });

  it("measures a violation from the moment at which it was due, once, by the first console that shows it", () => {
    const measured = createMeasurements();
    measured.pasted("ada", performance.now() - 500);
    measured.violationCame("ada");
    measured.violationCame("ada");
    measured.violationCame("grace");
    expect(measured.violations).toHaveLength(1);
    expect(measured.violations[0]).toBeGreaterThanOrEqual(500);
  });

  it("measures added time by its own reason", () => {
    const measured = createMeasurements();
    measured.timeGiven("ada", "Rehearsed 1");
    measured.timeCame("ada", "Duration of the exam");
    measured.timeCame("grace", "Rehearsed 1");
    expect(measured.extensions).toHaveLength(0);
    measured.timeCame("ada", "Rehearsed 1");
    measured.timeCame("ada", "Rehearsed 1");
    expect(measured.extensions).toHaveLength(1);
  });
});

describe("a wait", () => {
  it("gives what came, in its order", async () => {
    expect(await allWithin(1_000, "papers", [Promise.resolve(1), Promise.resolve(2)])).toEqual([1, 2]);
  });

  it("ends, and says how much came", async () => {
    const never = new Promise<number>(() => {});
    const wait = allWithin(20, "papers", [Promise.resolve(1), never, never]);
    await expect(wait).rejects.toThrow(new DidNotCome("papers: 1 of 3 came within 0 s"));
  });

  it("passes on what was refused", async () => {
    await expect(allWithin(1_000, "sockets", [Promise.reject(new Error("refused"))])).rejects.toThrow("refused");
  });
});
