import { join } from "node:path";
import { makeCameraFiles } from "./camera-files.ts";
import { projectRoot } from "#tools/start/child.ts";
import { freePort } from "#tools/start/ports.ts";
import { startStack, stateOf } from "#tools/start/stack.ts";

/**
 * The whole product, started once for all journeys, with data of its own. The client must have been built. Where
 * INVIGIL_DEMO already holds the `demo.json` of a running one, the journeys use that: quicker while writing them.
 */
export default async function startProduct(): Promise<() => Promise<void>> {
  await makeCameraFiles();
  if (process.env["INVIGIL_DEMO"] !== undefined) return async () => {};
  const stateDirectory = join(projectRoot, "test-results", "state");
  stateOf(stateDirectory).reset();
  const stack = await startStack({
    port: await freePort(),
    sfuPort: await freePort(),
    stateDirectory,
    onStep: () => {},
    signal: new AbortController().signal,
  });
  process.env["INVIGIL_DEMO"] = JSON.stringify(stack.demo);
  return async () => {
    await stack.stop();
  };
}
