import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import * as v from "valibot";
import { afterEach, describe, expect, it } from "vitest";

const MAIN = fileURLToPath(import.meta.resolve("#tools/local-sfu/main.ts"));
const SECRETS = { SFU_APP_ID: "an-app", SFU_APP_SECRET: "its secret" };

const started: ChildProcess[] = [];

function run(options: readonly string[], environment: Readonly<Record<string, string>> = SECRETS) {
  const child = spawn(process.execPath, [MAIN, ...options], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  started.push(child);
  return child;
}

/** The one line that a running SFU prints. */
async function readyUrl(child: { readonly stdout: Readable }): Promise<string> {
  const [line] = v.parse(v.tuple([v.instance(Buffer)]), await once(child.stdout, "data"));
  return v.parse(v.object({ url: v.string() }), JSON.parse(line.toString())).url;
}

async function failure(child: ReturnType<typeof run>) {
  const [stderr, stdout, [exitCode]] = await Promise.all([text(child.stderr), text(child.stdout), once(child, "exit")]);
  return { stderr, stdout, exitCode };
}

/** Whatever the process has left behind must not outlive the test. */
function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // ESRCH: all are gone already, as they should be.
  }
}

afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

describe("the command", () => {
  it.each(["SIGTERM", "SIGINT"] as const)("says where it listens, and ends with %s", async (signal) => {
    const child = run(["--port", "0"]);
    const url = await readyUrl(child);
    const response = await fetch(`${url}/apps/an-app/sessions/new`, {
      method: "POST",
      headers: { authorization: "Bearer its secret" },
    });
    expect(response.status).toBe(201);
    const exit = once(child, "exit");
    child.kill(signal);
    expect(await exit).toEqual([0, null]);
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  });

  it("ends, when it is told to, with the process that started it", async () => {
    const script = '"$0" "$1" --port 0 --with-parent & wait';
    const parent = spawn("sh", ["-c", script, process.execPath, MAIN], {
      env: { ...process.env, ...SECRETS },
      stdio: ["ignore", "pipe", "ignore"],
      detached: true,
    });
    try {
      const url = await readyUrl(parent);
      expect((await fetch(url)).status).toBe(401);
      parent.kill("SIGKILL");
      const isThere = () =>
        fetch(url).then(
          () => true,
          () => false,
        );
      await expect.poll(isThere, { timeout: 4_000 }).toBe(false);
    } finally {
      endGroup(parent);
    }
  });

  it("says in one line that the port is taken", async () => {
    const first = run(["--port", "0"]);
    const { port } = new URL(await readyUrl(first));
    expect(await failure(run(["--port", port]))).toEqual({
      stderr: `local SFU: port ${port} is in use\n`,
      stdout: "",
      exitCode: 1,
    });
  });

  it("names what is missing in its environment", async () => {
    expect(await failure(run([], { SFU_APP_ID: "an-app" }))).toEqual({
      stderr: "local SFU: not in the environment: SFU_APP_SECRET\n",
      stdout: "",
      exitCode: 1,
    });
  });

  it.each([
    [["--port", "http"], "--port takes a number from 0 to 65535"],
    [["--loss", "101"], "--loss takes a number from 0 to 100"],
    [["--secret", "x"], "Unknown option '--secret'"],
  ])("does not start with %j", async (options, message) => {
    const { stderr, exitCode } = await failure(run(options));
    expect(stderr).toContain(message);
    expect(exitCode).toBe(1);
  });
});
