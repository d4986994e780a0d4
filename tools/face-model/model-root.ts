import {
  fieldPosition,
  type Flatbuffer,
  identifierOf,
  itemsOf,
  openFlatbuffer,
  referencedBy,
  rootTable,
} from "./read-flatbuffer.ts";
import { existing, type FlatbufferReference, references, table, writeFlatbuffer } from "./write-flatbuffer.ts";

/** Field numbers of `Model` in TensorFlow Lite's schema.fbs. */
export const modelField = {
  version: 0,
  operatorCodes: 1,
  subgraphs: 2,
  description: 3,
  buffers: 4,
  metadataBuffer: 5,
  metadata: 6,
  signatureDefs: 7,
} as const;

/** A TensorFlow Lite model of which a changed one can be written. */
export type ModelRoot = {
  readonly buffer: Flatbuffer;
  readonly root: number;
  /** What one of the root's vectors holds, to be taken over. */
  readonly items: (field: number) => readonly FlatbufferReference[];
};

/** Throws if the bytes are not a TensorFlow Lite model. */
export function openModel(model: Uint8Array): ModelRoot {
  const buffer = openFlatbuffer(model);
  if (identifierOf(buffer) !== "TFL3") throw new Error("not a TensorFlow Lite model: its identifier is not TFL3");
  const root = rootTable(buffer);
  return { buffer, root, items: (field) => itemsOf(buffer, referencedBy(buffer, root, field)).map(existing) };
}

export type ModelChanges = {
  readonly operatorCodes?: readonly FlatbufferReference[];
  readonly subgraphs?: readonly FlatbufferReference[];
  readonly buffers?: readonly FlatbufferReference[];
  readonly metadata?: readonly FlatbufferReference[];
};

/**
 * A model with some of its root's vectors replaced. The original bytes stay as they are, at the end; the new root in
 * front refers to its parts.
 */
export function withChanges(model: Uint8Array, changes: ModelChanges): Uint8Array {
  const { buffer, root } = openModel(model);
  const kept = (field: number): FlatbufferReference | null => {
    const position = referencedBy(buffer, root, field);
    return position === null ? null : existing(position);
  };
  const changed = (field: number, items: readonly FlatbufferReference[] | undefined) =>
    items === undefined ? kept(field) : references(...items);
  const version = fieldPosition(buffer, root, modelField.version);
  const newRoot = table(
    { kind: "uint32", value: version === null ? 0 : buffer.getUint32(version, true) },
    changed(modelField.operatorCodes, changes.operatorCodes),
    changed(modelField.subgraphs, changes.subgraphs),
    kept(modelField.description),
    changed(modelField.buffers, changes.buffers),
    kept(modelField.metadataBuffer),
    changed(modelField.metadata, changes.metadata),
    kept(modelField.signatureDefs),
  );
  return writeFlatbuffer("TFL3", newRoot, model);
}
