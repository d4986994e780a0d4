import { encodeBase64 } from "#domain/evidence/base64.ts";
import { tilePath, tilesOf } from "#domain/evidence/tile.ts";
import { type ExportLine, exportFormat } from "#protocol/http/audit.ts";
import type { auditReader } from "../database/audit-reader.ts";
import type { publishedLog, SignedHead } from "./published-log.ts";

const entriesPerRead = 500;

/**
 * The whole of a log as lines of JSON, made as it is read: what was signed, every entry up to there, every tile, and how
 * many there are. With the public key it is verified without anybody's help. [L18]
 */
export function exportLog(
  { origin, checkpoint, size }: SignedHead,
  reader: ReturnType<typeof auditReader>,
  log: ReturnType<typeof publishedLog>,
): ReadableStream<Uint8Array> {
  async function* lines(): AsyncGenerator<readonly ExportLine[]> {
    yield [{ format: exportFormat, origin, checkpoint }];
    for (let number = 1; number <= size; number += entriesPerRead) {
      yield await reader.stretch(number, Math.min(entriesPerRead, size - number + 1));
    }
    const tiles = tilesOf(size);
    for (const tile of tiles) yield [{ tile: tilePath(tile), bytes: encodeBase64(await log.tile(tile)) }];
    yield [{ entries: size, tiles: tiles.length }];
  }
  const made = lines();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await made.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value.map((line) => `${JSON.stringify(line)}\n`).join("")));
    },
  });
}
