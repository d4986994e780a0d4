/**
 * Takes the numbers that the speech sensor needs out of Silero's published model: those of the branch for 16 kHz, one after
 * the other, byte for byte. docs/decisions/012-speech-detection.md says where the model comes from.
 */
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { speechTensors } from "#client/sensors/speech-weights.ts";
import { readTensors } from "./read-tensors.ts";

const [modelPath, outPath] = process.argv.slice(2);
if (modelPath === undefined || outPath === undefined) {
  console.error("usage: node tools/speech-model/main.ts <silero_vad_v6.onnx> <out>");
  process.exit(2);
}
const tensors = readTensors(await readFile(modelPath));
const weights = Buffer.concat(
  speechTensors.map(({ name, size }) => {
    const tensor = tensors.get(`If_0_then_branch__Inline_0__${name}`);
    if (tensor?.bytes.length !== size * 4) throw new Error(`the model has no ${name} of ${size} numbers`);
    return tensor.bytes;
  }),
);
await writeFile(outPath, weights);
console.log(`${outPath}: ${weights.length} bytes, sha256 ${createHash("sha256").update(weights).digest("hex")}`);
