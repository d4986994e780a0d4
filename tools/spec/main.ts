import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../start/child.ts";
import { checkSpec, type Text } from "./check-spec.ts";

function textsOf(...patterns: readonly string[]): readonly Text[] {
  const paths = globSync(patterns, { cwd: projectRoot });
  return paths.toSorted().map((path) => ({ path, text: readFileSync(join(projectRoot, path), "utf8") }));
}

const faults = checkSpec({
  spec: textsOf("docs/spec/*.md"),
  tests: textsOf("test/**/*.test.{ts,tsx}", "test/**/*.spec.ts"),
  code: textsOf("{domain,protocol,durable-objects,worker,client}/**/*.{ts,tsx}"),
});
for (const fault of faults) process.stdout.write(`${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
