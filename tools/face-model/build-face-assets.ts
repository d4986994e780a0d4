import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { addNormalization } from "./add-normalization.ts";
import { buildLandmarker } from "./build-landmarker.ts";

export type FaceAsset = {
  readonly file: string;
  readonly bytes: number;
  /** False when the file was there already, byte for byte. */
  readonly written: boolean;
};

/**
 * Puts what the sensors of faces and of the head load into a folder that the page's own origin serves: MediaPipe's runtime (in the one
 * variant that a module worker needs), the face detector with its metadata, the face landmarker made of its parts, the
 * licence and the notice of the changes.
 * Does not touch a file that is right already, so that it can run at each build. Rejects if a package is missing.
 */
export async function buildFaceAssets(outDir: string): Promise<readonly FaceAsset[]> {
  await mkdir(outDir, { recursive: true });
  const runtime = join(packageFolder("@mediapipe/tasks-vision"), "wasm");
  const models = packageFolder("@mediapipe/face_detection");
  const model = await readFile(join(models, "face_detection_full_range_sparse.tflite"));
  const mesh = await readFile(join(packageFolder("@mediapipe/face_mesh"), "face_mesh_solution_packed_assets.data"));
  return Promise.all([
    writeIfDifferent(outDir, "face-detector.tflite", addNormalization(model, { mean: 127.5, std: 127.5 })),
    writeIfDifferent(outDir, "face-landmarker.task", buildLandmarker(mesh)),
    copyIfDifferent(join(runtime, "vision_wasm_module_internal.js"), outDir, "vision_wasm_module_internal.js"),
    copyIfDifferent(join(runtime, "vision_wasm_module_internal.wasm"), outDir, "vision_wasm_module_internal.wasm"),
    // Neither package ships a licence file, but the licence asks for its text and for word of every change.
    copyIfDifferent(join(import.meta.dirname, "apache-2.0.txt"), outDir, "LICENSE.txt"),
    copyIfDifferent(join(import.meta.dirname, "notice.txt"), outDir, "NOTICE.txt"),
  ]);
}

/** Found from a package's entry, because their export maps do not let the other files be resolved. */
function packageFolder(name: string): string {
  return dirname(fileURLToPath(import.meta.resolve(name)));
}

async function copyIfDifferent(source: string, outDir: string, file: string): Promise<FaceAsset> {
  return writeIfDifferent(outDir, file, await readFile(source));
}

async function writeIfDifferent(outDir: string, file: string, wanted: Uint8Array): Promise<FaceAsset> {
  const path = join(outDir, file);
  const present = await readFile(path).catch(() => null); // not there yet, or unreadable: writing tells which
  const written = present === null || !present.equals(wanted);
  if (written) await writeFile(path, wanted);
  return { file, bytes: wanted.length, written };
}
