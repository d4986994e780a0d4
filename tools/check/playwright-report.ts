import * as v from "valibot";
import type { Tally } from "./step.ts";

const reportSchema = v.object({
  stats: v.object({ expected: v.number(), unexpected: v.number(), flaky: v.number(), skipped: v.number() }),
  errors: v.array(v.object({ message: v.optional(v.string()) })),
});

/**
 * Reads Playwright's JSON report. A test that passed only when it was run again is flaky and counts as failed, and so
 * does one that was skipped: nobody looks at what did not run.
 */
export function readPlaywrightReport(json: unknown): Tally & { readonly failures: readonly string[] } {
  const { stats, errors } = v.parse(reportSchema, json);
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + stats.skipped + errors.length,
    failures: errors.map(({ message }) => message ?? "an error without a message"),
  };
}
