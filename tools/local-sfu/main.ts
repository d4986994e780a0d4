import { constants, setPriority } from "node:os";
import { parseArgs } from "node:util";
import { createLocalSfu, type LocalSfu } from "./local-sfu.ts";

const USAGE = `usage: SFU_APP_ID=... SFU_APP_SECRET=... node tools/local-sfu/main.ts [--port 8790] [--loss 0] [--with-parent]
  --port         TCP port of the API on 127.0.0.1, 0 for any
  --loss         media packets to viewers to throw away, in percent
  --with-parent  end when the process that started this one is gone`;

type Settings = {
  readonly port: number;
  readonly lossPercent: number;
  readonly withParent: boolean;
  readonly appId: string;
  readonly appSecret: string;
};

/** The settings, or what is wrong with them in one line. The secret is not an option: every user can see those. */
function readSettings(): Settings | string {
  const { SFU_APP_ID: appId = "", SFU_APP_SECRET: appSecret = "" } = process.env;
  const missing = [appId === "" ? "SFU_APP_ID" : "", appSecret === "" ? "SFU_APP_SECRET" : ""].filter(Boolean);
  if (missing.length > 0) return `not in the environment: ${missing.join(", ")}`;
  const { port, loss, "with-parent": withParent } = readOptions();
  if (!isBetween(port, 0, 65_535)) return "--port takes a number from 0 to 65535";
  if (!isBetween(loss, 0, 100)) return "--loss takes a number from 0 to 100";
  return { port: Number(port), lossPercent: Number(loss), withParent, appId, appSecret };
}

function readOptions() {
  return parseArgs({
    options: {
      port: { type: "string", default: "8790" },
      loss: { type: "string", default: "0" },
      "with-parent": { type: "boolean", default: false },
    },
  }).values;
}

function isBetween(text: string, least: number, most: number): boolean {
  return /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
}

function fail(message: string): never {
  console.error(`local SFU: ${message}`);
  process.exit(1);
}

async function start({ port, lossPercent, appId, appSecret }: Settings): Promise<LocalSfu> {
  try {
    return await createLocalSfu({ port, lossPercent, appId, appSecret });
  } catch (error) {
    const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    return fail(isTaken ? `port ${port} is in use` : String(error));
  }
}

/** Media suffer at once when browsers take the whole machine, as they do in tests. Only root may go first. */
function goFirst(): void {
  try {
    setPriority(constants.priority.PRIORITY_HIGH);
  } catch {
    // EACCES or EPERM: we are not root, and stay in line.
  }
}

/** A parent that was killed takes no child along: the child is then handed to another process. */
function whenOrphaned(then: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) then();
  }, 500).unref();
}

let settings: Settings | string;
try {
  settings = readSettings();
} catch (error) {
  // An unknown option, or one without its value.
  fail(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
}
if (typeof settings === "string") fail(settings);
goFirst();
const sfu = await start(settings);

let isEnding = false;
function end(): void {
  if (isEnding) return;
  isEnding = true;
  void sfu.close().then(() => process.exit(0));
}
process.on("SIGTERM", end);
process.on("SIGINT", end);
if (settings.withParent) whenOrphaned(end);
console.log(JSON.stringify({ url: sfu.url }));
