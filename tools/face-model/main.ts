import { buildFaceAssets } from "./build-face-assets.ts";

const outDir = process.argv[2];
if (outDir === undefined) {
  console.error("usage: node tools/face-model/main.ts <outDir>, for example dist/client/face");
  process.exit(2);
}
for (const { file, bytes, written } of await buildFaceAssets(outDir)) {
  console.log(`${written ? "wrote" : "kept "} ${file} (${bytes} bytes)`);
}
