import * as v from "valibot";
import { run, type Step, type Tally } from "./step.ts";

const serious = ["high", "critical"] as const;

const auditSchema = v.object({
  metadata: v.object({ vulnerabilities: v.object({ high: v.number(), critical: v.number() }) }),
  vulnerabilities: v.record(v.string(), v.object({ name: v.string(), severity: v.string(), range: v.string() })),
});

/** What an audit came to; `notes` are for whoever reads the output. */
type Audited = Tally & { readonly notes: readonly string[] };

/**
 * Reads what `npm audit --json` wrote (npm 7 to 11). Only high and critical advisories make it fail. Whatever is no audit, as a
 * registry that answers none, is said to be not checked, and is neither right nor wrong.
 */
export function readNpmAudit(output: string): Audited {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), auditSchema), output.trim());
  if (!parsed.success) return { passed: 0, failed: 0, notes: ["not checked: the registry does not answer audits"] };
  const { metadata, vulnerabilities } = parsed.output;
  const found = Object.values(vulnerabilities).filter(({ severity }) => serious.some((one) => one === severity));
  const failed = metadata.vulnerabilities.high + metadata.vulnerabilities.critical;
  const notes = found.map(({ name, severity, range }) => `${severity}: ${name} ${range}`);
  return { passed: failed === 0 ? 1 : 0, failed, notes };
}

/** Whether a package that goes into production has a known hole. Nobody waits long for a registry that is silent. */
export const dependencyAudit: Step = {
  name: "dependency audit",
  async run() {
    const patience = ["--fetch-retries=0", "--fetch-timeout=1200"];
    const { output } = await run("npm", ["audit", "--omit=dev", "--json", "--silent", ...patience]);
    const { notes, ...tally } = readNpmAudit(output);
    for (const note of notes) process.stdout.write(`${note}\n`);
    return tally;
  },
};
