import { join } from "node:path";
import { build, preview } from "vite";
import { worker } from "../../vite.config.ts";
import { buildFaceAssets } from "#tools/face-model/build-face-assets.ts";

/** The product's own policy, as far as it is of scripts and workers. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; img-src data:";

/** Builds a harness page of sensors, with the models beside it, and serves it on a port of its own. */
export async function serveSensors(
  folder: string,
): Promise<{ readonly origin: string; readonly close: () => Promise<void> }> {
  const root = join(import.meta.dirname, folder);
  const built = join(import.meta.dirname, "../../test-results", folder);
  const common = { configFile: false, root, logLevel: "warn" } as const;
  await build({
    ...common,
    build: { outDir: built, emptyOutDir: true, target: "es2024" },
    worker,
  });
  await buildFaceAssets(join(built, "face"));
  const server = await preview({
    ...common,
    build: { outDir: built },
    preview: { host: "127.0.0.1", port: 0, headers: { "content-security-policy": contentSecurityPolicy } },
  });
  const origin = server.resolvedUrls?.local[0];
  if (origin === undefined) throw new Error("the harness is served nowhere");
  return { origin, close: () => server.close() };
}
