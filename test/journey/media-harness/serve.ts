import { join } from "node:path";
import { build, preview } from "vite";

/** Builds the harness page and serves it on a port of its own. */
export async function serveMediaHarness(): Promise<{ readonly origin: string; readonly close: () => Promise<void> }> {
  const built = join(import.meta.dirname, "../../../test-results/media-harness");
  const common = { configFile: false, root: import.meta.dirname, logLevel: "warn" } as const;
  await build({ ...common, build: { outDir: built, emptyOutDir: true, target: "es2024" } });
  const server = await preview({ ...common, build: { outDir: built }, preview: { host: "127.0.0.1", port: 0 } });
  const origin = server.resolvedUrls?.local[0];
  if (origin === undefined) throw new Error("the harness is served nowhere");
  return { origin, close: () => server.close() };
}
