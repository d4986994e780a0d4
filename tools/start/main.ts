import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildClient } from "./build-client.ts";
import { projectRoot } from "./child.ts";
import { keepSchedule } from "./keep-schedule.ts";
import { CannotStart, type Stack, startStack, stateOf } from "./stack.ts";

const usage = `npm start                 run Invigil on this computer, with a demo institution
npm start -- --reset      forget all data and begin anew
npm start -- --port N     the address of the pages (8787)
npm start -- --sfu-port N the address of the media server (8790)
npm start -- --state DIR  where the data is kept (.wrangler)`;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new CannotStart(`${text} is not a port.\n${usage}`);
  return port;
}

function optionsOf(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        reset: { type: "boolean", default: false },
        port: { type: "string", default: "8787" },
        "sfu-port": { type: "string", default: "8790" },
        state: { type: "string", default: join(projectRoot, ".wrangler") },
        help: { type: "boolean", default: false },
      },
    });
    return values;
  } catch (error) {
    throw new CannotStart(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

/** Where the local runtime puts what the Worker sends, a folder for each time it starts. */
const mailFolder = join(projectRoot, ".wrangler/tmp/email");

function describe({ demo }: Stack, demoFile: string): string {
  const line = ({ email, password, roles }: Stack["demo"]["staff"][number]) =>
    `  ${email}  ${password}  (${roles.join(", ")})`;
  const links = demo.candidateLinks.map((link) => `  ${link}`);
  return [
    "",
    `Invigil is running at ${demo.origin}`,
    "",
    `Staff sign in at ${demo.origin}/sign-in`,
    ...demo.staff.map(line),
    "and of another institution, which lives in a database of its own",
    ...demo.neighbours.map(line),
    "",
    "Candidates open a link each (a link belongs to the first browser that consents with it)",
    ...links,
    "",
    `The proctors' console: ${demo.origin}/proctor/${demo.examSessionId}`,
    `Mails are not sent but written to files: ${mailFolder}`,
    `The same as JSON: ${demoFile}`,
    "Ctrl-C ends everything.",
  ].join("\n");
}

async function main(): Promise<number> {
  const options = optionsOf(process.argv.slice(2));
  if (options.help) {
    say(usage);
    return 0;
  }
  const state = stateOf(options.state);
  if (options.reset) state.reset();
  const ending = askedToEnd();

  const began = Date.now();
  const onStep = (step: string): void => say(`[${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s] ${step} …`);
  onStep("Building the pages");
  await buildClient();
  const stack = await startStack({
    port: portOf(options.port),
    sfuPort: portOf(options["sfu-port"]),
    stateDirectory: options.state,
    onStep,
    signal: ending,
  });
  keepSchedule(stack.demo.origin, ending);
  say(describe(stack, state.demoFile));

  const broken = await Promise.race([aborted(ending), stack.broken]);
  say(broken ?? "Ending …");
  await stack.stop();
  return broken === null ? 0 : 1;
}

/** Aborted on Ctrl-C, on a signal, or when the process that started us is gone. */
function askedToEnd(): AbortSignal {
  const asked = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => asked.abort());
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) asked.abort();
  }, 1_000).unref();
  return asked.signal;
}

function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener("abort", () => resolve(null));
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
