import { join } from "node:path";
import { projectRoot, startNode } from "./child.ts";
import { CannotStart } from "./stack.ts";

/** Builds the pages into dist/client. */
export async function buildClient(): Promise<void> {
  const build = startNode(join(projectRoot, "node_modules/vite/bin/vite.js"), ["build", "--logLevel", "warn"]);
  if ((await build.exited) !== 0) throw new CannotStart(`The client could not be built:\n${build.output()}`);
}
