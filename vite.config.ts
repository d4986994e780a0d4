import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin, type UserConfig } from "vite";
import { buildFaceAssets } from "./tools/face-model/build-face-assets.ts";

const outDir = join(import.meta.dirname, "dist", "client");

/** The face counter's files lie beside the pages, and the folder is emptied before each build. */
function faceAssets(): Plugin {
  return {
    name: "invigil:face-assets",
    apply: "build",
    async closeBundle(error) {
      if (error === undefined) await buildFaceAssets(join(outDir, "face"));
    },
  };
}

/** How workers are built, also of the pages that the journeys make for themselves. */
export const worker: NonNullable<UserConfig["worker"]> = {
  format: "es",
  // The minifier drops breakpoints, and one worker is there for nothing else: client/sensors/pause-worker.ts.
  rolldownOptions: { output: { minify: { compress: { dropDebugger: false } } } },
};

export default defineConfig({
  root: join(import.meta.dirname, "client"),
  plugins: [react(), faceAssets()],
  worker,
  build: {
    outDir,
    emptyOutDir: true,
    manifest: true,
    modulePreload: { polyfill: false },
    // The content security policy allows no data: in scripts and styles, and a font or picture is cached better as a file.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // The system check uses the exam's own parts. Left to itself the bundler cuts them into many small files, which
        // cost every candidate two kilobytes more than one.
        codeSplitting: {
          groups: [
            {
              name: "exam-parts",
              test: /client\/(take-exam\/(browser-support|device|full-screen|level-meter|live-preview|step-heading|take-exam\.module)|session\/(store|clock)|http\/|media\/devices|ui\/(announcer|format-duration|problem-notice|page-frame|loading))/,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: { "/v1": { target: "http://localhost:8787", ws: true } },
  },
});
