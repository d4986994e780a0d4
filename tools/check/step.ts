import { spawn } from "node:child_process";
import { projectRoot } from "../start/child.ts";

/** How many tests a step ran and how they ended. A step that is one check counts as one. */
export type Tally = { readonly passed: number; readonly failed: number };

export type Step = {
  readonly name: string;
  run(): Promise<Tally>;
};

export type Ran = { readonly code: number; readonly output: string };

/** Runs a program of node_modules/.bin (they are first on the path) to its end. Its output is kept, not shown. */
export function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: projectRoot,
      stdio: ["ignore", "pipe", "pipe"],
      env: { CLOUDFLARE_CF_FETCH_ENABLED: "false", WRANGLER_SEND_METRICS: "false", ...process.env, ...env },
    });
    let output = "";
    const keep = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => resolve({ code: 1, output: `${output}\n${error.message}` }));
    child.on("exit", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** A step that is right or wrong as a whole. Its output is shown when it is wrong. */
export function check(
  name: string,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Step {
  return {
    name,
    async run() {
      const { code, output } = await run(command, args, env);
      if (code === 0) return { passed: 1, failed: 0 };
      process.stdout.write(`${output.trim()}\n`);
      return { passed: 0, failed: 1 };
    },
  };
}
