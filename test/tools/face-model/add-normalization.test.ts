import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { addNormalization } from "#tools/face-model/add-normalization.ts";
import {
  type Flatbuffer,
  fieldPosition,
  follow,
  identifierOf,
  itemsOf,
  openFlatbuffer,
  referencedBy,
  rootTable,
} from "#tools/face-model/read-flatbuffer.ts";

const original = await readFile("node_modules/@mediapipe/face_detection/face_detection_full_range_sparse.tflite");
const changed = addNormalization(original, { mean: 127.5, std: 63.75 });
const base = changed.length - original.length;
const before = openFlatbuffer(original);
const after = openFlatbuffer(changed);

describe("a model with normalization added", () => {
  it("ends with the original model, not one byte changed, aligned for its weights", () => {
    expect(Buffer.from(changed.subarray(base)).equals(original)).toBe(true);
    expect(base % 64).toBe(0);
  });

  it("keeps the version and refers to the original's operators, subgraphs, description and weights", () => {
    expect(identifierOf(after)).toBe("TFL3");
    expect(after.getUint32(fieldPosition(after, rootTable(after), 0)!, true)).toBe(3);
    for (const field of [1, 2, 3]) {
      expect(referencedBy(after, rootTable(after), field)).toBe(referencedBy(before, rootTable(before), field)! + base);
    }
    const weights = itemsOf(before, referencedBy(before, rootTable(before), 4));
    const kept = itemsOf(after, referencedBy(after, rootTable(after), 4)).slice(0, -1);
    expect(weights.length).toBeGreaterThan(100);
    expect(kept).toEqual(weights.map((position) => position + base));
  });

  it("names a last buffer, aligned to 16 bytes, as TFLITE_METADATA", () => {
    const entries = itemsOf(after, referencedBy(after, rootTable(after), 6));
    const entry = entries.at(-1)!;
    expect(entries).toHaveLength(itemsOf(before, referencedBy(before, rootTable(before), 6)).length + 1);
    expect(stringAt(after, referencedBy(after, entry, 0)!)).toBe("TFLITE_METADATA");
    const buffers = itemsOf(after, referencedBy(after, rootTable(after), 4));
    expect(after.getUint32(fieldPosition(after, entry, 1)!, true)).toBe(buffers.length - 1);
    expect((referencedBy(after, buffers.at(-1)!, 0)! + 4) % 16).toBe(0);
  });

  it("says in that buffer that the first input is an RGB image with the given mean and deviation", () => {
    const metadata = openFlatbuffer(metadataBytes());
    expect(identifierOf(metadata)).toBe("M001");
    const subgraph = itemsOf(metadata, referencedBy(metadata, rootTable(metadata), 3))[0]!;
    const input = itemsOf(metadata, referencedBy(metadata, subgraph, 2))[0]!;
    const content = referencedBy(metadata, input, 3)!;
    expect(metadata.getUint8(fieldPosition(metadata, content, 0)!)).toBe(2);
    expect(metadata.getUint8(fieldPosition(metadata, referencedBy(metadata, content, 1)!, 0)!)).toBe(1);
    const unit = itemsOf(metadata, referencedBy(metadata, input, 4))[0]!;
    expect(metadata.getUint8(fieldPosition(metadata, unit, 0)!)).toBe(1);
    const normalization = referencedBy(metadata, unit, 1)!;
    expect(floatsAt(metadata, referencedBy(metadata, normalization, 0)!)).toEqual([127.5]);
    expect(floatsAt(metadata, referencedBy(metadata, normalization, 1)!)).toEqual([63.75]);
  });

  it("keeps earlier metadata when it is added a second time", () => {
    const twice = openFlatbuffer(addNormalization(changed, { mean: 0, std: 255 }));
    const names = itemsOf(twice, referencedBy(twice, rootTable(twice), 6)).map((entry) =>
      stringAt(twice, referencedBy(twice, entry, 0)!),
    );
    expect(names.filter((name) => name === "TFLITE_METADATA")).toHaveLength(2);
  });

  it("has every table and vector where the format's alignment allows it", () => {
    const root = rootTable(after);
    const positions = [root, ...[4, 6].map((field) => referencedBy(after, root, field)!)];
    for (const position of positions) expect(position % 4).toBe(0);
    expect(follow(after, 0)).toBe(root);
  });
});

it("bytes that are no TensorFlow Lite model are refused", () => {
  expect(() => addNormalization(new Uint8Array(64), { mean: 0, std: 1 })).toThrow("TFL3");
});

function metadataBytes(): Uint8Array {
  const buffer = itemsOf(after, referencedBy(after, rootTable(after), 4)).at(-1)!;
  const data = referencedBy(after, buffer, 0)!;
  return changed.subarray(data + 4, data + 4 + after.getUint32(data, true));
}

function stringAt(buffer: Flatbuffer, position: number): string {
  const start = buffer.byteOffset + position + 4;
  return new TextDecoder().decode(new Uint8Array(buffer.buffer, start, buffer.getUint32(position, true)));
}

function floatsAt(buffer: Flatbuffer, position: number): readonly number[] {
  return Array.from({ length: buffer.getUint32(position, true) }, (_, index) =>
    buffer.getFloat32(position + 4 + 4 * index, true),
  );
}
