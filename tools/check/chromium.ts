import { existsSync, readFileSync } from "node:fs";
import { run } from "./step.ts";

/** What every journey's browser needs on a machine without the internet, and for fake devices. */
export const chromiumFlags: readonly string[] = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--use-fake-ui-for-media-stream",
  "--use-fake-device-for-media-stream",
];

/** Where Debian, and CI images made from it, put the browser. `CHROMIUM_PATH` names another place. */
export function chromiumPath(): string {
  return process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
}

function isDebian(): boolean {
  return existsSync("/etc/debian_version") || /ID=debian/.test(osRelease());
}

function osRelease(): string {
  return existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "";
}

/** Makes sure that there is a browser for the journeys. Answers what to do when there is none and it may not install one. */
export async function ensureChromium(onStep: (step: string) => void): Promise<string | null> {
  if (existsSync(chromiumPath())) return null;
  if (process.getuid?.() !== 0 || !isDebian()) {
    return `The browser journeys need Chromium at ${chromiumPath()}. Install it (on Debian: apt-get install chromium), or name it with CHROMIUM_PATH.`;
  }
  onStep("Installing Debian's chromium with apt-get");
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const update = await run("apt-get", ["update"], env);
  const install = await run(
    "apt-get",
    ["install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core"],
    env,
  );
  return existsSync(chromiumPath()) ? null : `chromium could not be installed:\n${update.output}\n${install.output}`;
}
