import { modelField, openModel, withChanges } from "./model-root.ts";
import { references, table, writeFlatbuffer } from "./write-flatbuffer.ts";

/** A pixel value p (0 to 255) enters the model as (p - mean) / std. */
export type Normalization = { readonly mean: number; readonly std: number };

/**
 * Gives a TensorFlow Lite model the metadata that MediaPipe's tasks insist on: how the pixels of its first input are
 * scaled. Without it they refuse a float model ("it requires specifying NormalizationOptions metadata").
 *
 * Throws if the bytes are not a TensorFlow Lite model.
 */
export function addNormalization(model: Uint8Array, normalization: Normalization): Uint8Array {
  const { items } = openModel(model);
  const buffers = items(modelField.buffers);
  const metadataBuffer = table({ kind: "bytes", value: normalizationMetadata(normalization) });
  const metadataEntry = table({ kind: "string", value: "TFLITE_METADATA" }, { kind: "uint32", value: buffers.length });
  return withChanges(model, {
    buffers: [...buffers, metadataBuffer],
    metadata: [...items(modelField.metadata), metadataEntry],
  });
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
