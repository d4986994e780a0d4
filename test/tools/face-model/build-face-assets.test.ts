import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { buildFaceAssets } from "#tools/face-model/build-face-assets.ts";

it("the face assets are built once, then only what is missing or wrong is written again", async () => {
  const outDir = await mkdtemp(join(tmpdir(), "face-assets-"));
  onTestFinished(() => rm(outDir, { recursive: true }));

  const first = await buildFaceAssets(outDir);
  expect(first.every((asset) => asset.written)).toBe(true);
  expect((await readdir(outDir)).toSorted()).toEqual(first.map((asset) => asset.file).toSorted());
  for (const asset of first) expect((await stat(join(outDir, asset.file))).size).toBe(asset.bytes);

  const second = await buildFaceAssets(outDir);
  expect(second.filter((asset) => asset.written)).toEqual([]);

  await writeFile(join(outDir, "face-detector.tflite"), "cut short");
  const third = await buildFaceAssets(outDir);
  expect(third.filter((asset) => asset.written).map((asset) => asset.file)).toEqual(["face-detector.tflite"]);
});
