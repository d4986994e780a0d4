import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

export const projectRoot: string = join(import.meta.dirname, "..", "..");

const wrangler = join(projectRoot, "node_modules", "wrangler", "bin", "wrangler.js");

/** What keeps workerd and wrangler quick and quiet on a machine without the internet. */
const offline = {
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_SEND_METRICS: "false",
  X_LOCAL_OBSERVABILITY: "false",
};

/** A process that was started and is ended with the stack. `output` grows as it speaks; the newest is at the end. */
export type Child = {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly exited: Promise<number | null>;
  stop(): Promise<void>;
};

export function startNode(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Child {
  // A process group of its own: Ctrl-C reaches only us, and we end what we started, in order.
  const child = spawn(process.execPath, [script, ...args], {
    cwd: projectRoot,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
    env: { ...offline, ...process.env, ...env },
  });
  let output = "";
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-64 * 1024);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const exited = new Promise<number | null>((resolve) => {
    child.on("exit", (code) => resolve(code));
    child.on("error", () => resolve(null));
  });
  return { process: child, output: () => output, exited, stop: () => end(child, exited) };
}

export function startWrangler(args: readonly string[]): Child {
  return startNode(wrangler, args);
}

/** Runs wrangler to its end. Throws with its output when it fails. */
export async function runWrangler(args: readonly string[]): Promise<string> {
  const child = startWrangler(args);
  const code = await child.exited;
  if (code !== 0) throw new Error(`wrangler ${args.join(" ")} failed:\n${child.output()}`);
  return child.output();
}

async function end(child: ChildProcess, exited: Promise<number | null>): Promise<void> {
  signalGroup(child, "SIGTERM");
  const late = setTimeout(() => signalGroup(child, "SIGKILL"), 4_000);
  await exited;
  clearTimeout(late);
  // wrangler may be gone before the workerd that it started.
  signalGroup(child, "SIGKILL");
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // ESRCH lands here: the whole group is gone already, which is what was asked for.
  }
}
