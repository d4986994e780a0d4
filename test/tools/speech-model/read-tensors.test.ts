import { describe, expect, test } from "vitest";
import { readTensors } from "#tools/speech-model/read-tensors.ts";

/** A field of bytes in protobuf, whose length fits into two bytes. */
function field(number: number, ...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const value = Uint8Array.from(parts.flatMap((part) => [...part]));
  return Uint8Array.from([number * 8 + 2, (value.length % 128) + 128, Math.floor(value.length / 128), ...value]);
}

function name(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

const threeFloats = new Uint8Array(new Float32Array([1, 2, 3]).buffer);

/** Field numbers are those of onnx.proto. */
function constant(tensorName: string, dataType: number): Uint8Array {
  const tensor = [field(1, [3]), [2 * 8, dataType], field(9, threeFloats)];
  return field(1, field(2, name(tensorName)), field(5, field(1, name("value")), field(5, ...tensor)));
}

describe("the tensors of an ONNX model", () => {
  test("constants of 32-bit floats are found by their node's name, in branches as well", () => {
    const branch = field(1, field(2, name("if")), field(5, field(6, constant("inner", 1))));
    const tensors = readTensors(field(7, constant("outer", 1), constant("whole numbers", 7), branch));
    expect([...tensors.keys()]).toEqual(["outer", "inner"]);
    expect(tensors.get("inner")).toEqual({ shape: [3], bytes: threeFloats });
  });

  test("a file that is cut short or no protobuf is refused", () => {
    expect(() => readTensors(field(7, constant("outer", 1)).slice(0, -1))).toThrow("cut short");
    expect(() => readTensors(Uint8Array.from([7]))).toThrow("wire type 7");
    expect(() => readTensors(Uint8Array.from([255]))).toThrow("does not end");
  });
});
