import { describe, expect, it } from "vitest";
import { readNpmAudit } from "#tools/check/dependency-audit.ts";

function answer(high: number, critical: number, found: readonly { name: string; severity: string }[]): string {
  const vulnerabilities = Object.fromEntries(found.map((one) => [one.name, { ...one, range: "<2.0.0", via: [] }]));
  const counts = { info: 0, low: 1, moderate: 2, high, critical, total: 3 + high + critical };
  return JSON.stringify({ auditReportVersion: 2, vulnerabilities, metadata: { vulnerabilities: counts } });
}

describe("an audit of the packages that go into production", () => {
  it("fails for each high and critical advisory, and names the package", () => {
    const found = [
      { name: "left", severity: "high" },
      { name: "right", severity: "critical" },
      { name: "middle", severity: "moderate" },
    ];
    const { passed, failed, notes } = readNpmAudit(answer(1, 1, found));
    expect({ passed, failed, notes }).toEqual({
      passed: 0,
      failed: 2,
      notes: ["high: left <2.0.0", "critical: right <2.0.0"],
    });
  });

  it("passes where the worst is moderate", () => {
    expect(readNpmAudit(answer(0, 0, [{ name: "middle", severity: "moderate" }]))).toEqual({
      passed: 1,
      failed: 0,
      notes: [],
    });
  });

  it.each([
    JSON.stringify({ message: "405 Method Not Allowed - POST https://registry.example/", statusCode: 405, error: {} }),
    "npm error audit endpoint returned an error",
    "",
  ])("is not checked, and says so, where the registry answers %j", (output) => {
    expect(readNpmAudit(output)).toEqual({
      passed: 0,
      failed: 0,
      notes: ["not checked: the registry does not answer audits"],
    });
  });
});
