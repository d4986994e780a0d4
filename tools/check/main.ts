import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildClient } from "../start/build-client.ts";
import { projectRoot } from "../start/child.ts";
import { localSecrets } from "../start/secrets.ts";
import { ensureChromium } from "./chromium.ts";
import { dependencyAudit } from "./dependency-audit.ts";
import { readPlaywrightReport } from "./playwright-report.ts";
import { check, run, type Step, type Tally } from "./step.ts";
import { readVitestReport } from "./vitest-report.ts";

const results = join(projectRoot, "test-results");

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A step whose tests are counted from the report that its runner writes. */
function tests(
  name: string,
  command: string,
  args: readonly string[],
  report: string,
  read: (json: unknown) => Tally & { readonly failures: readonly string[] },
  env: Readonly<Record<string, string>> = {},
): Step {
  return {
    name,
    async run() {
      const file = join(results, report);
      rmSync(file, { force: true });
      const { code, output } = await run(command, args, env);
      if (!existsSync(file)) {
        say(output);
        return { passed: 0, failed: 1 };
      }
      const { passed, failed, failures } = read(JSON.parse(readFileSync(file, "utf8")));
      for (const failure of failures) say(failure);
      if (failed === 0 && code === 0) return { passed, failed };
      say(output.slice(-20_000));
      // A runner that says it failed is believed, even when its report names no failed test.
      return { passed, failed: Math.max(1, failed) };
    },
  };
}

const build: Step = {
  name: "client build",
  async run() {
    await buildClient();
    return { passed: 1, failed: 0 };
  },
};

/** What the server says of its API, held to the rules of OpenAPI (redocly.yaml). */
const apiDescription: Step = {
  name: "api description",
  async run() {
    const file = join(results, "openapi.json");
    const made = await check("made", "node", ["tools/openapi/main.ts", file]).run();
    return made.failed > 0 ? made : check("valid", "redocly", ["lint", file], { REDOCLY_TELEMETRY: "off" }).run();
  },
};

/** Journeys of some projects of playwright.config.ts: those are run beside each other. */
function journeys(name: string, projects: readonly string[]): Step {
  const report = `${name.replaceAll(" ", "-")}.json`;
  const args = ["test", "--workers", String(projects.length), ...projects.map((project) => `--project=${project}`)];
  return {
    name,
    async run() {
      const missing = await ensureChromium(say);
      if (missing !== null) {
        say(missing);
        return { passed: 0, failed: 1 };
      }
      const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: join(results, report) };
      return tests(name, "playwright", args, report, readPlaywrightReport, env).run();
    },
  };
}

function vitest(project: string): Step {
  const report = `${project}.json`;
  const args = ["run", "--project", project, "--reporter=json", `--outputFile=${join(results, report)}`];
  return tests(project, "vitest", args, report, readVitestReport);
}

/** What is run one stage after another. The lanes of a stage go beside each other, and the steps of a lane in order. */
const stages: readonly (readonly (readonly Step[])[])[] = [
  // The worker serves the pages, also to its tests.
  [[build]],
  [
    [
      check("format", "oxfmt", ["--check", "."]),
      check("lint", "oxlint", ["--type-aware", "--deny-warnings"]),
      check("types", "tsc", ["-b"]),
      check("dead code", "knip", []),
      check("specification", "node", ["tools/spec/main.ts"]),
      apiDescription,
      dependencyAudit,
      check("deployable", "wrangler", ["deploy", "--dry-run", "--outdir", join(results, "worker")]),
      vitest("unit"),
    ],
    // Its files share one runtime, which has no use for a second core.
    [vitest("workerd")],
  ],
  // Journeys have the computer to themselves: they are what a person would feel.
  [[journeys("journeys in two lanes", ["staff", "sittings"])]],
  [[journeys("journeys alone", ["alone"])]],
];

async function runStep(step: Step): Promise<Tally> {
  const began = Date.now();
  let tally: Tally;
  try {
    tally = await step.run();
  } catch (error) {
    // A step that could not run at all lands here; it has failed.
    say(error instanceof Error ? error.message : String(error));
    tally = { passed: 0, failed: 1 };
  }
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  const verdict = tally.failed > 0 ? `${tally.failed} failed` : tally.passed > 0 ? "ok" : "unchecked";
  say(`${verdict.padEnd(10)} ${step.name} (${tally.passed} passed, ${seconds} s)`);
  return tally;
}

mkdirSync(results, { recursive: true });
localSecrets(join(projectRoot, ".dev.vars"));
const names = stages.flat(2).map(({ name }) => name);
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  say(`There is no step "${unknown.join('", "')}". There are: ${names.join(", ")}.`);
  process.exit(1);
}
let passed = 0;
let failed = 0;
async function runLane(steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (wanted.length > 0 && !wanted.includes(step.name)) continue;
    const tally = await runStep(step);
    passed += tally.passed;
    failed += tally.failed;
  }
}
for (const lanes of stages) await Promise.all(lanes.map(runLane));
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
