import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import { candidateBundle, type Manifest } from "#tools/client-size/candidate-bundle.ts";
import { projectRoot } from "#tools/start/child.ts";

const built = join(projectRoot, "dist", "client");

test("every candidate loads at most 150 kB of script before the exam opens", async () => {
  const manifest = JSON.parse(await readFile(join(built, ".vite", "manifest.json"), "utf8")) as Manifest;
  const files = candidateBundle(manifest);
  const sizes = await Promise.all(files.map(async (file) => gzipSync(await readFile(join(built, file))).length));
  const total = sizes.reduce((sum, bytes) => sum + bytes, 0);
  expect(total, `${files.join(", ")} have ${total} bytes, gzipped`).toBeLessThanOrEqual(150_000);
});
