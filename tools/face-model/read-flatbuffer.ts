/** The few steps needed to walk a flatbuffer (https://flatbuffers.dev/internals/). Positions are bytes from its start. */
export type Flatbuffer = DataView;

export function openFlatbuffer(bytes: Uint8Array): Flatbuffer {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The four letters that name the schema. */
export function identifierOf(buffer: Flatbuffer): string {
  return String.fromCharCode(...[4, 5, 6, 7].map((position) => buffer.getUint8(position)));
}

export function rootTable(buffer: Flatbuffer): number {
  return follow(buffer, 0);
}

/** Where the offset stored at this position leads. */
export function follow(buffer: Flatbuffer, position: number): number {
  return position + buffer.getUint32(position, true);
}

/** Where a table's field is stored; null when the table leaves it at its default. */
export function fieldPosition(buffer: Flatbuffer, table: number, field: number): number | null {
  const layout = table - buffer.getInt32(table, true);
  const entry = 4 + 2 * field;
  if (entry >= buffer.getUint16(layout, true)) return null;
  const offset = buffer.getUint16(layout + entry, true);
  return offset === 0 ? null : table + offset;
}

/** The table, vector or string that a field refers to; null when the field is absent. */
export function referencedBy(buffer: Flatbuffer, table: number, field: number): number | null {
  const position = fieldPosition(buffer, table, field);
  return position === null ? null : follow(buffer, position);
}

/** The objects that a vector of references holds; none when there is no vector. */
export function itemsOf(buffer: Flatbuffer, vector: number | null): readonly number[] {
  if (vector === null) return [];
  return Array.from({ length: buffer.getUint32(vector, true) }, (_, index) => follow(buffer, vector + 4 + 4 * index));
}

/** The numbers of a vector of 32-bit integers; none when there is no vector. */
export function int32sOf(buffer: Flatbuffer, vector: number | null): readonly number[] {
  if (vector === null) return [];
  const length = buffer.getUint32(vector, true);
  return Array.from({ length }, (_, index) => buffer.getInt32(vector + 4 + 4 * index, true));
}
