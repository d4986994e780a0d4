import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { build, preview } from "vite";
import { buildFaceAssets } from "../face-model/build-face-assets.ts";
import { projectRoot } from "../start/child.ts";

/** The product's own policy, as far as it is of scripts and workers. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; img-src data:";

export type Served = { readonly origin: string; readonly close: () => Promise<void> };

/**
 * Builds the benchmark's pages from the product's own modules, as the product itself is built, with the models and the
 * portrait beside them, and serves them on a port of their own.
 */
export async function servePages(): Promise<Served> {
  const root = join(import.meta.dirname, "page");
  const built = join(projectRoot, "test-results", "integrity-benchmark");
  const common = { configFile: false, root, logLevel: "warn" } as const;
  await build({
    ...common,
    build: {
      outDir: built,
      emptyOutDir: true,
      target: "es2024",
      rolldownOptions: { input: [join(root, "index.html"), join(root, "compose.html")] },
    },
    // As in vite.config.ts: the minifier would drop the breakpoint that the developer tools are noticed by.
    worker: { format: "es", rolldownOptions: { output: { minify: { compress: { dropDebugger: false } } } } },
  });
  await buildFaceAssets(join(built, "face"));
  await copyFile(join(projectRoot, "test/journey/assets/one.mjpeg"), join(built, "portrait.jpg"));
  const server = await preview({
    ...common,
    build: { outDir: built },
    preview: { host: "127.0.0.1", port: 0, headers: { "content-security-policy": contentSecurityPolicy } },
  });
  const origin = server.resolvedUrls?.local[0];
  if (origin === undefined) throw new Error("the pages are served nowhere");
  return { origin, close: () => server.close() };
}
