import { readFile } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { buildLandmarker } from "#tools/face-model/build-landmarker.ts";
import { joinLandmarks } from "#tools/face-model/join-landmarks.ts";
import {
  fieldPosition,
  int32sOf,
  itemsOf,
  openFlatbuffer,
  referencedBy,
  rootTable,
} from "#tools/face-model/read-flatbuffer.ts";

const packed = await readFile("node_modules/@mediapipe/face_mesh/face_mesh_solution_packed_assets.data");
const bundle = Buffer.from(buildLandmarker(packed));
const files = filesIn(bundle);

describe("the bundle of the face landmarker", () => {
  it("holds the three files that MediaPipe asks for by name, uncompressed and whole", () => {
    expect(files.map(({ name }) => name)).toEqual([
      "face_detector.tflite",
      "face_landmarks_detector.tflite",
      "geometry_pipeline_metadata_landmarks.binarypb",
    ]);
    for (const { method, bytes, sum } of files) {
      expect(method).toBe(0);
      expect(crc32(bytes)).toBe(sum);
    }
    expect(files[2]!.bytes).toHaveLength(19_376);
  });

  it("has a landmark model with two outputs: 478 points of three numbers, and the presence of a face", () => {
    const model = openFlatbuffer(files[1]!.bytes);
    const graph = itemsOf(model, referencedBy(model, rootTable(model), 2))[0]!;
    const tensors = itemsOf(model, referencedBy(model, graph, 0));
    const outputs = int32sOf(model, referencedBy(model, graph, 2));
    const shapes = outputs.map((place) => int32sOf(model, referencedBy(model, tensors[place]!, 0)));
    expect(shapes).toEqual([
      [1, 1, 1, 478 * 3],
      [1, 1, 1, 1],
    ]);
  });

  it("has only tensors and buffers in its operators that are there", () => {
    const model = openFlatbuffer(files[1]!.bytes);
    const root = rootTable(model);
    const graph = itemsOf(model, referencedBy(model, root, 2))[0]!;
    const tensors = itemsOf(model, referencedBy(model, graph, 0));
    const buffers = itemsOf(model, referencedBy(model, root, 4));
    const codes = itemsOf(model, referencedBy(model, root, 1));
    for (const operator of itemsOf(model, referencedBy(model, graph, 3)).slice(-7)) {
      expect(model.getUint32(fieldPosition(model, operator, 0)!, true)).toBeLessThan(codes.length);
      for (const place of [1, 2].flatMap((field) => int32sOf(model, referencedBy(model, operator, field)))) {
        const buffer = fieldPosition(model, tensors[place]!, 2);
        expect(buffer === null ? 0 : model.getUint32(buffer, true)).toBeLessThan(buffers.length);
      }
    }
  });
});

it("a model with other outputs is refused", async () => {
  const detector = await readFile("node_modules/@mediapipe/face_detection/face_detection_short_range.tflite");
  expect(() => joinLandmarks(detector)).toThrow("outputs, not 7");
});

/** The files of an archive, found through its directory at the end. */
function filesIn(archive: Buffer) {
  const end = archive.length - 22;
  expect(archive.readUInt32LE(end)).toBe(0x06054b50);
  let entry = archive.readUInt32LE(end + 16);
  return Array.from({ length: archive.readUInt16LE(end + 10) }, () => {
    const nameLength = archive.readUInt16LE(entry + 28);
    const start = archive.readUInt32LE(entry + 42);
    const data = start + 30 + archive.readUInt16LE(start + 26) + archive.readUInt16LE(start + 28);
    const file = {
      name: archive.toString("ascii", entry + 46, entry + 46 + nameLength),
      method: archive.readUInt16LE(entry + 10),
      sum: archive.readUInt32LE(entry + 16),
      bytes: archive.subarray(data, data + archive.readUInt32LE(entry + 20)),
    };
    entry += 46 + nameLength;
    return file;
  });
}
