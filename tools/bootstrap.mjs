// Runs a TypeScript tool of the project from a bare clone. Plain JavaScript for Node 20, because that may be all there
// is: it installs what package-lock.json says, then hands over to the Node that came with the packages.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, "node_modules", ".invigil-lock");
const bundledNode = join(root, "node_modules", ".bin", "node");

function fail(message) {
  console.error(message);
  process.exit(1);
}

function isAtLeast(version, wantedMajor, wantedMinor) {
  const [major, minor] = version.split(".").map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

function install() {
  const wanted = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.log("Installing packages (npm ci) …");
  const npm = spawnSync("npm", ["ci", "--no-fund", "--no-audit", "--loglevel=error"], { cwd: root, stdio: "inherit" });
  if (npm.status !== 0) fail("npm ci failed: see above. Is the npm registry reachable?");
  writeFileSync(stamp, wanted);
}

const [tool, ...rest] = process.argv.slice(2);
if (tool === undefined) fail("usage: node tools/bootstrap.mjs <tool.ts> [options]");
if (!isAtLeast(process.versions.node, 20, 0)) fail(`Node 20 or newer is needed; this is ${process.versions.node}.`);
install();

const node = existsSync(bundledNode) ? bundledNode : process.execPath;
if (node === process.execPath && !isAtLeast(process.versions.node, 22, 22)) {
  fail(`On this system Node 22.22 or newer is needed; this is ${process.versions.node}.`);
}

const path = `${join(root, "node_modules", ".bin")}:${process.env.PATH}`;
const child = spawn(node, [join(root, tool), ...rest], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, PATH: path },
});
// Ctrl-C reaches the tool by itself; a signal sent to this process alone is passed on, and both wait for the tool's end.
process.on("SIGINT", () => {});
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
// A tool that was killed has not done what it was for: checks that ran out of memory did not pass.
child.on("exit", (code) => process.exit(code ?? 1));
