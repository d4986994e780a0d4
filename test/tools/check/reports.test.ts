import { describe, expect, it } from "vitest";
import { readPlaywrightReport } from "#tools/check/playwright-report.ts";
import { readVitestReport } from "#tools/check/vitest-report.ts";

function vitestFile(status: string, tests: readonly string[], message = "") {
  return {
    name: "a.test.ts",
    status,
    message,
    assertionResults: tests.map((each) => ({ status: each, fullName: "it works", failureMessages: ["broken"] })),
  };
}

function vitestReport(passed: number, failed: number, files: readonly object[]) {
  return { numPassedTests: passed, numFailedTests: failed, numFailedTestSuites: 0, testResults: files };
}

describe("the closing line counts every test of every runner", () => {
  it("counts vitest's passed and failed tests and keeps what a failure says", () => {
    const read = readVitestReport(vitestReport(1, 1, [vitestFile("failed", ["passed", "failed"])]));
    expect(read).toMatchObject({ passed: 1, failed: 1 });
    expect(read.failures[0]).toContain("broken");
  });

  it("counts a file that could not be loaded as failed, although no test of it ran", () => {
    expect(readVitestReport(vitestReport(0, 0, [vitestFile("failed", [], "no such module")]))).toMatchObject({
      passed: 0,
      failed: 1,
    });
  });

  it("counts a journey that was flaky or skipped as failed", () => {
    const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 1 };
    expect(readPlaywrightReport({ stats, errors: [{ message: "no server" }] })).toMatchObject({ passed: 3, failed: 4 });
  });

  it("refuses a report of another shape instead of counting nothing", () => {
    expect(() => readPlaywrightReport({})).toThrow();
    expect(() => readVitestReport({})).toThrow();
  });
});
