/**
 * Writes a flatbuffer from a description of it, front to back: a parent comes before its children, so every offset
 * points forward, as the format demands (https://flatbuffers.dev/internals/).
 *
 * A description may refer to objects of an existing flatbuffer. That buffer is then appended with not one byte changed,
 * which is how a new root can be put on a large model without knowing what is inside.
 */
export type FlatbufferValue =
  | { readonly kind: "uint8"; readonly value: number }
  | { readonly kind: "uint32"; readonly value: number }
  | FlatbufferReference;

/** What a flatbuffer stores as an offset to another place. */
export type FlatbufferReference =
  | { readonly kind: "table"; readonly fields: readonly (FlatbufferValue | null)[] }
  | { readonly kind: "references"; readonly items: readonly FlatbufferReference[] }
  | { readonly kind: "floats"; readonly values: readonly number[] }
  | { readonly kind: "int32s"; readonly values: readonly number[] }
  | { readonly kind: "bytes"; readonly value: Uint8Array }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "existing"; readonly position: number };

export function table(...fields: readonly (FlatbufferValue | null)[]): FlatbufferReference {
  return { kind: "table", fields };
}

/** A vector of tables, strings or objects of the existing buffer. */
export function references(...items: readonly FlatbufferReference[]): FlatbufferReference {
  return { kind: "references", items };
}

/** An object of the existing buffer, by its position in it. */
export function existing(position: number): FlatbufferReference {
  return { kind: "existing", position };
}

/** Every field takes one slot of four bytes in its table: an offset is that long, and a uint8 may waste three. */
const slotBytes = 4;
/** The format aligns `[ubyte] (force_align: 16)`, the strictest that TensorFlow Lite's schema asks for. */
const bytesAlignment = 16;
/** Cache line, and a multiple of every alignment that the existing buffer may rely on. */
const existingAlignment = 64;

/**
 * @param identifier the four letters at byte 4 that name the schema
 * @param existingBuffer what `existing` positions refer to
 */
export function writeFlatbuffer(
  identifier: string,
  root: FlatbufferReference,
  existingBuffer: Uint8Array = new Uint8Array(),
): Uint8Array {
  const writer = new Writer();
  const rootSlot = writer.appendUint32(0);
  writer.append(new TextEncoder().encode(identifier));
  writer.appendReferenced(rootSlot, root);
  writer.align(existingAlignment, 0);
  return writer.finish(existingBuffer);
}

class Writer {
  private readonly written: number[] = [];
  private readonly offsets: { readonly slot: number; readonly target: number }[] = [];
  private readonly offsetsIntoExisting: { readonly slot: number; readonly position: number }[] = [];

  /** Pads with zeros until the byte that comes `ahead` bytes after the next one is aligned. */
  align(alignment: number, ahead: number): void {
    while ((this.written.length + ahead) % alignment !== 0) this.written.push(0);
  }

  append(bytes: Uint8Array): number {
    const position = this.written.length;
    for (const byte of bytes) this.written.push(byte);
    return position;
  }

  appendUint16(value: number): number {
    return this.append(new Uint8Array([value, value >>> 8]));
  }

  appendUint32(value: number): number {
    return this.append(new Uint8Array([value, value >>> 8, value >>> 16, value >>> 24]));
  }

  /** Appends the referenced object, then all that hangs from it, and points the slot at it. */
  appendReferenced(slot: number, reference: FlatbufferReference): void {
    if (reference.kind === "existing") this.offsetsIntoExisting.push({ slot, position: reference.position });
    else this.offsets.push({ slot, target: this.appendObject(reference) });
  }

  private appendObject(object: Exclude<FlatbufferReference, { kind: "existing" }>): number {
    switch (object.kind) {
      case "table":
        return this.appendTable(object.fields);
      case "references": {
        this.align(slotBytes, 0);
        const position = this.appendUint32(object.items.length);
        const slots = object.items.map(() => this.appendUint32(0));
        object.items.forEach((item, index) => this.appendReferenced(slots[index]!, item));
        return position;
      }
      case "floats":
      case "int32s": {
        this.align(slotBytes, 0);
        const position = this.appendUint32(object.values.length);
        for (const value of object.values) {
          const bytes = new DataView(new ArrayBuffer(4));
          if (object.kind === "floats") bytes.setFloat32(0, value, true);
          else bytes.setInt32(0, value, true);
          this.append(new Uint8Array(bytes.buffer));
        }
        return position;
      }
      case "bytes": {
        this.align(bytesAlignment, slotBytes);
        const position = this.appendUint32(object.value.length);
        this.append(object.value);
        return position;
      }
      case "string": {
        const text = new TextEncoder().encode(object.value);
        this.align(slotBytes, 0);
        const position = this.appendUint32(text.length);
        this.append(text);
        this.append(new Uint8Array([0]));
        return position;
      }
    }
  }

  /** The table's layout ("vtable") comes first, then the table, whose first word says how far back the layout is. */
  private appendTable(fields: readonly (FlatbufferValue | null)[]): number {
    const layoutBytes = 4 + 2 * fields.length;
    const present = fields.filter((field) => field !== null);
    this.align(slotBytes, layoutBytes);
    this.appendUint16(layoutBytes);
    this.appendUint16(slotBytes * (1 + present.length));
    let fieldOffset = slotBytes;
    for (const field of fields) {
      this.appendUint16(field === null ? 0 : fieldOffset);
      if (field !== null) fieldOffset += slotBytes;
    }
    const position = this.appendUint32(layoutBytes);
    const slots = present.map((field) => this.appendUint32(isScalar(field) ? field.value : 0));
    present.forEach((field, index) => {
      if (!isScalar(field)) this.appendReferenced(slots[index]!, field);
    });
    return position;
  }

  finish(existingBuffer: Uint8Array): Uint8Array {
    const base = this.written.length;
    const whole = new Uint8Array(base + existingBuffer.length);
    whole.set(this.written, 0);
    whole.set(existingBuffer, base);
    const view = new DataView(whole.buffer);
    for (const { slot, target } of this.offsets) view.setUint32(slot, target - slot, true);
    for (const { slot, position } of this.offsetsIntoExisting) view.setUint32(slot, base + position - slot, true);
    return whole;
  }
}

function isScalar(value: FlatbufferValue): value is Exclude<FlatbufferValue, FlatbufferReference> {
  return value.kind === "uint8" || value.kind === "uint32";
}
