import { crc32 } from "node:zlib";

export type ZipEntry = { readonly name: string; readonly bytes: Uint8Array };

/** Where the archive has no date, MS-DOS's first day: the same files make the same archive. */
const firstDay = 0x21;

/**
 * An archive in which the files lie uncompressed, one after the other: MediaPipe reads a `.task` only so.
 * Names are ASCII. Format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3.7, 4.3.12, 4.3.16.
 */
export function writeZip(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let position = 0;
  const append = (bytes: Uint8Array): void => {
    parts.push(bytes);
    position += bytes.length;
  };
  for (const { name, bytes } of entries) {
    const common = [u16(20), u16(0), u16(0), u16(0), u16(firstDay), u32(crc32(bytes)), u32(bytes.length)];
    const sizes = [u32(bytes.length), u16(name.length), u16(0)];
    directory.push(
      Buffer.concat([
        u32(0x02014b50),
        u16(20),
        ...common,
        ...sizes,
        u16(0), // no comment
        u16(0), // the first disk
        u16(0), // no attributes, of either kind
        u32(0),
        u32(position),
        Buffer.from(name, "ascii"),
      ]),
    );
    append(Buffer.concat([u32(0x04034b50), ...common, ...sizes, Buffer.from(name, "ascii")]));
    append(bytes);
  }
  const listed = Buffer.concat(directory);
  const count = u16(entries.length);
  const end = [u32(0x06054b50), u16(0), u16(0), count, count, u32(listed.length), u32(position), u16(0)];
  return Buffer.concat([...parts, listed, ...end]);
}

function u16(value: number): Uint8Array {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
