import { modelField, openModel, withChanges } from "./model-root.ts";
import { type Flatbuffer, fieldPosition, int32sOf, itemsOf, referencedBy } from "./read-flatbuffer.ts";
import { existing, type FlatbufferReference, references, table } from "./write-flatbuffer.ts";

/** Field numbers of other tables in TensorFlow Lite's schema.fbs. */
const subgraphField = { tensors: 0, inputs: 1, outputs: 2, operators: 3 };
const operatorCodeField = { builtinCode: 0, customCode: 1 };

/** Members of `BuiltinOperator`, `BuiltinOptions` and `TensorType` in the same schema. */
const concatenation = 2;
const reshape = 22;
const pad = 34;
const concatenationOptions = 10;
const float32 = 0;
const int32 = 2;

/** What the face mesh "with attention" puts out, by the order of its outputs. */
const output = { mesh: 0, leftIris: 4, rightIris: 5, presence: 6 } as const;

const meshPoints = 468;
const irisPoints = 5;
const allPoints = meshPoints + 2 * irisPoints;

type NewTensor = { readonly shape: readonly number[]; readonly constant?: readonly number[] };

/** What is added to the graph, by name. A constant has its values from the start. */
const newTensors = {
  irisShape: { shape: [4], constant: [1, 1, irisPoints, 2] },
  oneMoreColumn: { shape: [4, 2], constant: [0, 0, 0, 0, 0, 0, 0, 1] },
  meshShape: { shape: [4], constant: [1, 1, meshPoints, 3] },
  flatShape: { shape: [4], constant: [1, 1, 1, allPoints * 3] },
  leftIrisPairs: { shape: [1, 1, irisPoints, 2] },
  leftIrisPoints: { shape: [1, 1, irisPoints, 3] },
  rightIrisPairs: { shape: [1, 1, irisPoints, 2] },
  rightIrisPoints: { shape: [1, 1, irisPoints, 3] },
  meshPoints: { shape: [1, 1, meshPoints, 3] },
  points: { shape: [1, 1, allPoints, 3] },
  landmarks: { shape: [1, 1, 1, allPoints * 3] },
} as const satisfies Record<string, NewTensor>;
type NewTensorName = keyof typeof newTensors;
const newTensorNames = Object.keys(newTensors) as readonly NewTensorName[];

/**
 * Makes of the seven outputs of `face_landmark_with_attention.tflite` the two that MediaPipe's FaceLandmarker wants: all
 * 478 landmarks in one row of x, y and z, and whether there is a face. The irises' points come without z, which becomes
 * 0. The network before stays as it is; seven operators that only move numbers are appended.
 *
 * Throws if the bytes are not such a model.
 */
export function joinLandmarks(model: Uint8Array): Uint8Array {
  const { buffer, items, root } = openModel(model);
  const [graph] = itemsOf(buffer, referencedBy(buffer, root, modelField.subgraphs));
  if (graph === undefined) throw new Error("not the face mesh with attention: it has no graph");
  const outputs = int32sOf(buffer, referencedBy(buffer, graph, subgraphField.outputs));
  if (outputs.length !== 7) throw new Error(`not the face mesh with attention: ${outputs.length} outputs, not 7`);
  const old = (name: keyof typeof output): number => outputs[output[name]]!;

  const operatorCodes = items(modelField.operatorCodes);
  const tensors = itemsOf(buffer, referencedBy(buffer, graph, subgraphField.tensors)).map(existing);
  const operators = itemsOf(buffer, referencedBy(buffer, graph, subgraphField.operators)).map(existing);
  const buffers = items(modelField.buffers);
  const inputs = int32sOf(buffer, referencedBy(buffer, graph, subgraphField.inputs));

  const added = (name: NewTensorName): number => tensors.length + newTensorNames.indexOf(name);
  const constants = newTensorNames.filter((name) => "constant" in newTensors[name]);
  const bufferOf = (name: NewTensorName): number =>
    constants.includes(name) ? buffers.length + constants.indexOf(name) : 0; // buffer 0 is the empty one
  const reshapeCode = operatorCodeOf(buffer, root, reshape);
  const padCode = operatorCodeOf(buffer, root, pad);
  const joinCode = operatorCodes.length;

  const newGraph = table(
    references(...tensors, ...newTensorNames.map((name) => tensorTable(name, bufferOf(name)))),
    { kind: "int32s", values: inputs },
    { kind: "int32s", values: [added("landmarks"), old("presence")] },
    references(
      ...operators,
      operator(reshapeCode, [old("leftIris"), added("irisShape")], added("leftIrisPairs")),
      operator(padCode, [added("leftIrisPairs"), added("oneMoreColumn")], added("leftIrisPoints")),
      operator(reshapeCode, [old("rightIris"), added("irisShape")], added("rightIrisPairs")),
      operator(padCode, [added("rightIrisPairs"), added("oneMoreColumn")], added("rightIrisPoints")),
      operator(reshapeCode, [old("mesh"), added("meshShape")], added("meshPoints")),
      joinPoints(joinCode, [added("meshPoints"), added("leftIrisPoints"), added("rightIrisPoints")], added("points")),
      operator(reshapeCode, [added("points"), added("flatShape")], added("landmarks")),
    ),
  );
  return withChanges(model, {
    operatorCodes: [
      ...operatorCodes,
      table(
        { kind: "uint8", value: concatenation },
        null,
        { kind: "uint32", value: 1 },
        { kind: "uint32", value: concatenation },
      ),
    ],
    subgraphs: [newGraph],
    buffers: [...buffers, ...constants.map((name) => constantTable(name))],
  });
}

/** The place of a built-in operator among those that the model uses. */
function operatorCodeOf(buffer: Flatbuffer, root: number, builtin: number): number {
  const codes = itemsOf(buffer, referencedBy(buffer, root, modelField.operatorCodes));
  const place = codes.findIndex((code) => {
    const position = fieldPosition(buffer, code, operatorCodeField.builtinCode);
    const isCustom = referencedBy(buffer, code, operatorCodeField.customCode) !== null;
    return !isCustom && position !== null && buffer.getUint8(position) === builtin;
  });
  if (place === -1) throw new Error(`not the face mesh with attention: it has no operator ${builtin}`);
  return place;
}

function tensorTable(name: NewTensorName, bufferIndex: number): FlatbufferReference {
  const { shape, ...rest } = newTensors[name];
  return table(
    { kind: "int32s", values: shape },
    { kind: "uint8", value: "constant" in rest ? int32 : float32 },
    { kind: "uint32", value: bufferIndex },
    { kind: "string", value: name },
  );
}

function constantTable(name: NewTensorName): FlatbufferReference {
  const tensor: NewTensor = newTensors[name];
  return table({ kind: "bytes", value: new Uint8Array(new Int32Array(tensor.constant ?? []).buffer) });
}

function operator(code: number, inputs: readonly number[], result: number): FlatbufferReference {
  return table(
    { kind: "uint32", value: code },
    { kind: "int32s", values: inputs },
    { kind: "int32s", values: [result] },
  );
}

/** Puts points (the third of four dimensions) one after the other. */
function joinPoints(code: number, inputs: readonly number[], result: number): FlatbufferReference {
  return table(
    { kind: "uint32", value: code },
    { kind: "int32s", values: inputs },
    { kind: "int32s", values: [result] },
    { kind: "uint8", value: concatenationOptions },
    table({ kind: "uint32", value: 2 /* axis */ }, { kind: "uint8", value: 0 /* no activation */ }),
  );
}
