import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { applyDemoMembers } from "../seed/demo-members.ts";
import { type Demo, seedDemo } from "../seed/seed-demo.ts";
import { type Child, projectRoot, runWrangler, startNode, startWrangler } from "./child.ts";
import { migrate } from "./migrate.ts";
import { isFree } from "./ports.ts";
import { localSecrets } from "./secrets.ts";

export type StackOptions = {
  readonly port: number;
  readonly sfuPort: number;
  /** Where workerd keeps D1, R2 and the Durable Objects, and where `demo.json` is written. */
  readonly stateDirectory: string;
  /** Called with a sentence as each step begins. */
  readonly onStep: (step: string) => void;
  /** Aborted while it starts, it ends what was begun and throws `CannotStart`. */
  readonly signal: AbortSignal;
};

export type Stack = {
  readonly demo: Demo;
  /** The output of the Worker and of the SFU, newest last. */
  readonly output: () => string;
  /** Resolves with a sentence when a process ends by itself. */
  readonly broken: Promise<string>;
  stop(): Promise<void>;
};

/** The databases of wrangler.toml, by the home that each is the rows of. */
const homes = [
  { home: "shared", database: "DB" },
  { home: "eu", database: "DB_EU" },
] as const;

/** Something that the person who starts it can mend; the message says how. */
export class CannotStart extends Error {}

export function stateOf(directory: string): { readonly demoFile: string; reset(): void } {
  return {
    demoFile: join(directory, "demo.json"),
    reset() {
      for (const part of ["v3", "demo.json"]) rmSync(join(directory, part), { recursive: true, force: true });
    },
  };
}

/**
 * Starts the whole product on this computer: database, demo tenant, SFU and Worker, and waits until it answers. The
 * client must have been built. Throws `CannotStart`, and leaves nothing running then.
 */
export async function startStack({ port, sfuPort, stateDirectory, onStep, signal }: StackOptions): Promise<Stack> {
  for (const wanted of [port, sfuPort]) {
    if (!(await isFree(wanted))) {
      throw new CannotStart(
        `Port ${wanted} is in use. End the program that uses it, or choose others: npm start -- --port 9787 --sfu-port 9790`,
      );
    }
  }
  mkdirSync(stateDirectory, { recursive: true });
  const origin = `http://localhost:${port}`;
  const secrets = localSecrets(join(projectRoot, ".dev.vars"));
  const persist = ["--persist-to", stateDirectory];

  onStep("Bringing the database up to date");
  await migrate(
    homes.map(({ database }) => database),
    stateDirectory,
  );
  const { demoFile } = stateOf(stateDirectory);
  const isNew = !existsSync(demoFile);
  if (isNew) {
    onStep("Adding the demo institutions and their staff");
    for (const { home, database } of homes) {
      await applyDemoMembers(home, (sqlFile) =>
        runWrangler(["d1", "execute", database, "--local", ...persist, "--file", sqlFile, "--yes"]),
      );
    }
  }

  const children: Child[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(children.map((child) => child.stop()));
  };
  try {
    onStep("Starting the media server (SFU)");
    const sfu = startNode(join(projectRoot, "tools/local-sfu/main.ts"), ["--port", String(sfuPort), "--with-parent"], {
      SFU_APP_ID: secrets["SFU_APP_ID"] ?? "",
      SFU_APP_SECRET: secrets["SFU_APP_SECRET"] ?? "",
    });
    children.push(sfu);
    await waitFor("the media server", sfu, signal, () => Promise.resolve(sfu.output().includes('"url"')));

    onStep("Starting the Worker");
    const sfuUrl = `http://127.0.0.1:${sfuPort}/v1`;
    const flags = ["--ip", "127.0.0.1", "--port", String(port), "--inspector-port", "0"];
    const quiet = ["--local", "--show-interactive-dev-session=false", "--log-level", "info"];
    const worker = startWrangler(["dev", ...flags, ...quiet, ...persist, "--var", `SFU_BASE_URL:${sfuUrl}`]);
    children.push(worker);
    await waitFor("the Worker", worker, signal, () => answers(`${origin}/healthz`));

    if (isNew) onStep("Scheduling the demo exam");
    const demo = isNew ? await seedDemo({ origin }) : movedTo(origin, readDemo(demoFile));
    writeFileSync(demoFile, `${JSON.stringify(demo, null, 2)}\n`);
    const broken = Promise.race([ended("The media server", sfu), ended("The Worker", worker)]);
    return { demo, broken, stop, output: () => `${sfu.output()}\n${worker.output()}` };
  } catch (error) {
    await stop();
    throw error;
  }
}

function readDemo(file: string): Demo {
  return JSON.parse(readFileSync(file, "utf8")) as Demo;
}

/** The data was kept; the address may be another one this time. */
function movedTo(origin: string, demo: Demo): Demo {
  return { ...demo, origin, candidateLinks: demo.candidateLinks.map((link) => link.replace(demo.origin, origin)) };
}

async function ended(name: string, child: Child): Promise<string> {
  const code = await child.exited;
  return `${name} ended by itself (code ${code ?? "none"}):\n${child.output().slice(-2_000)}`;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    // Refused or not yet answering: it is still starting.
    return false;
  }
}

async function waitFor(
  name: string,
  child: Child,
  signal: AbortSignal,
  isReady: () => Promise<boolean>,
): Promise<void> {
  const until = Date.now() + 60_000;
  let hasEnded = false;
  void child.exited.then(() => (hasEnded = true));
  while (!(await isReady())) {
    if (signal.aborted) throw new CannotStart("Ended before it had started.");
    if (hasEnded) throw new CannotStart(`${name} did not start:\n${child.output().slice(-2_000)}`);
    if (Date.now() > until) throw new CannotStart(`${name} did not answer within a minute:\n${child.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
