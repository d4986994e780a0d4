import * as v from "valibot";
import type { Tally } from "./step.ts";

const reportSchema = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  numFailedTestSuites: v.number(),
  testResults: v.array(
    v.object({
      name: v.string(),
      status: v.string(),
      message: v.optional(v.string()),
      assertionResults: v.array(
        v.object({ status: v.string(), fullName: v.string(), failureMessages: v.nullish(v.array(v.string())) }),
      ),
    }),
  ),
});

/** Reads vitest's JSON report. A file that could not even be loaded counts as one failed test. */
export function readVitestReport(json: unknown): Tally & { readonly failures: readonly string[] } {
  const report = v.parse(reportSchema, json);
  const failures = report.testResults.flatMap((file) => {
    const failed = file.assertionResults.filter(({ status }) => status === "failed");
    if (failed.length > 0) {
      return failed.map((test) => `${file.name} > ${test.fullName}\n${(test.failureMessages ?? []).join("\n")}`);
    }
    return file.status === "failed" ? [`${file.name}\n${file.message ?? ""}`] : [];
  });
  return { passed: report.numPassedTests, failed: failures.length, failures };
}
