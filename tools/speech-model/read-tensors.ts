/** A tensor of 32-bit floats, as it lies in the file. */
export type Tensor = { readonly shape: readonly number[]; readonly bytes: Uint8Array };

/** Numbers of the fields that are read, in https://github.com/onnx/onnx/blob/main/onnx/onnx.proto. */
const inModel = { graph: 7 };
const inGraph = { node: 1 };
const inNode = { output: 2, attribute: 5 };
const inAttribute = { tensor: 5, graph: 6 };
const inTensor = { dims: 1, dataType: 2, rawData: 9 };
const floats = 1;

/** The constants of 32-bit floats in an ONNX model, branches included, by the name that their node gives them. */
export function readTensors(model: Uint8Array): ReadonlyMap<string, Tensor> {
  const found = new Map<string, Tensor>();
  for (const graph of partsOf(model, inModel.graph)) collect(graph, found);
  return found;
}

function collect(graph: Uint8Array, found: Map<string, Tensor>): void {
  for (const node of partsOf(graph, inGraph.node)) {
    const [name] = partsOf(node, inNode.output);
    for (const attribute of partsOf(node, inNode.attribute)) {
      for (const inner of partsOf(attribute, inAttribute.graph)) collect(inner, found);
      for (const tensor of partsOf(attribute, inAttribute.tensor)) {
        const [bytes] = partsOf(tensor, inTensor.rawData);
        const isFloats = numbersOf(tensor, inTensor.dataType)[0] === floats;
        if (name === undefined || bytes === undefined || !isFloats) continue;
        found.set(new TextDecoder().decode(name), { shape: numbersOf(tensor, inTensor.dims), bytes });
      }
    }
  }
}

type Field = { readonly number: number; readonly value: number | Uint8Array };

function partsOf(message: Uint8Array, number: number): readonly Uint8Array[] {
  return fieldsOf(message).flatMap((field) =>
    field.number === number && typeof field.value !== "number" ? [field.value] : [],
  );
}

/** Numbers may stand alone or packed together. */
function numbersOf(message: Uint8Array, number: number): readonly number[] {
  return fieldsOf(message).flatMap(({ number: each, value }) => {
    if (each !== number) return [];
    if (typeof value === "number") return [value];
    const packed: number[] = [];
    for (let at = 0; at < value.length;) {
      const read = readVarint(value, at);
      packed.push(read.value);
      at = read.next;
    }
    return packed;
  });
}

/** https://protobuf.dev/programming-guides/encoding/ */
function fieldsOf(message: Uint8Array): readonly Field[] {
  const fields: Field[] = [];
  for (let at = 0; at < message.length;) {
    const key = readVarint(message, at);
    const number = Math.floor(key.value / 8);
    const wireType = key.value % 8;
    const first = wireType === 0 || wireType === 2 ? readVarint(message, key.next) : { value: 0, next: key.next };
    const length = { 0: 0, 1: 8, 2: first.value, 5: 4 }[wireType];
    if (length === undefined) throw new Error(`not protobuf: wire type ${wireType} at byte ${at}`);
    const end = first.next + length;
    if (end > message.length) throw new Error(`not protobuf: field ${number} at byte ${at} is cut short`);
    fields.push({ number, value: wireType === 0 ? first.value : message.subarray(first.next, end) });
    at = end;
  }
  return fields;
}

function readVarint(message: Uint8Array, from: number): { readonly value: number; readonly next: number } {
  let value = 0;
  let factor = 1;
  for (let at = from; at < message.length; at += 1) {
    const byte = message[at] ?? 0;
    value += (byte % 128) * factor;
    if (byte < 128) return { value, next: at + 1 };
    factor *= 128;
  }
  throw new Error(`not protobuf: a number at byte ${from} does not end`);
}
