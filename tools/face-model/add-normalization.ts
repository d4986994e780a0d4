import {
  type Flatbuffer,
  fieldPosition,
  identifierOf,
  itemsOf,
  openFlatbuffer,
  referencedBy,
  rootTable,
} from "./read-flatbuffer.ts";
import { existing, type FlatbufferReference, references, table, writeFlatbuffer } from "./write-flatbuffer.ts";

/** A pixel value p (0 to 255) enters the model as (p - mean) / std. */
export type Normalization = { readonly mean: number; readonly std: number };

/** Field numbers of `Model` in TensorFlow Lite's schema.fbs. */
const modelField = {
  version: 0,
  operatorCodes: 1,
  subgraphs: 2,
  description: 3,
  buffers: 4,
  metadataBuffer: 5,
  metadata: 6,
  signatureDefs: 7,
};

/**
 * Gives a TensorFlow Lite model the metadata that MediaPipe's tasks insist on: how the pixels of its first input are
 * scaled. Without it they refuse a float model ("it requires specifying NormalizationOptions metadata").
 *
 * The original bytes stay as they are, at the end; a new root in front refers to its parts and adds the metadata.
 * Throws if the bytes are not a TensorFlow Lite model.
 */
export function addNormalization(model: Uint8Array, normalization: Normalization): Uint8Array {
  const original = openFlatbuffer(model);
  if (identifierOf(original) !== "TFL3") throw new Error("not a TensorFlow Lite model: its identifier is not TFL3");
  const root = rootTable(original);
  const kept = (field: number) => keptReference(original, root, field);
  const keptItems = (field: number) => itemsOf(original, referencedBy(original, root, field)).map(existing);

  const versionPosition = fieldPosition(original, root, modelField.version);
  const buffers = keptItems(modelField.buffers);
  const metadataBuffer = table({ kind: "bytes", value: normalizationMetadata(normalization) });
  const metadataEntry = table({ kind: "string", value: "TFLITE_METADATA" }, { kind: "uint32", value: buffers.length });

  const newRoot = table(
    {
      kind: "uint32",
      value: versionPosition === null ? 0 : original.getUint32(versionPosition, true),
    },
    kept(modelField.operatorCodes),
    kept(modelField.subgraphs),
    kept(modelField.description),
    references(...buffers, metadataBuffer),
    kept(modelField.metadataBuffer),
    references(...keptItems(modelField.metadata), metadataEntry),
    kept(modelField.signatureDefs),
  );
  return writeFlatbuffer("TFL3", newRoot, model);
}

function keptReference(original: Flatbuffer, root: number, field: number): FlatbufferReference | null {
  const position = referencedBy(original, root, field);
  return position === null ? null : existing(position);
}

/** A `ModelMetadata` of TensorFlow Lite's metadata_schema.fbs; the comments name its tables and union members. */
function normalizationMetadata({ mean, std }: Normalization): Uint8Array {
  const imageProperties = table({ kind: "uint8", value: 1 /* ColorSpaceType.RGB */ });
  const content = table({ kind: "uint8", value: 2 /* ContentProperties.ImageProperties */ }, imageProperties);
  const normalizationOptions = table({ kind: "floats", values: [mean] }, { kind: "floats", values: [std] });
  const processUnit = table(
    { kind: "uint8", value: 1 /* ProcessUnitOptions.NormalizationOptions */ },
    normalizationOptions,
  );
  const name = { kind: "string", value: "image" } as const;
  const inputTensor = table(name, null, null, content, references(processUnit));
  const subgraph = table(null, null, references(inputTensor));
  return writeFlatbuffer("M001", table({ kind: "string", value: "model" }, null, null, references(subgraph)));
}
