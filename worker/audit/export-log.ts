import { encodeBase64 } from "#domain/evidence/base64.ts";
import { tilePath, tilesOf } from "#domain/evidence/tile.ts";
import { type ExportLine, exportFormat } from "#protocol/http/audit.ts";
import type { auditReader } from "../database/audit-reader.ts";
import { type Asked, loggedBody } from "../logging-faults.ts";
import type { publishedLog, SignedHead } from "./published-log.ts";

const entriesPerRead = 500;

/**
 * The whole of a log as lines of JSON, made as it is read: what was signed, every entry up to there, every tile, and how
 * many there are. With the public key it is verified without anybody's help. [L18]
 */
export function exportLog(
  asked: Asked,
  { origin, checkpoint, size }: SignedHead,
  reader: ReturnType<typeof auditReader>,
  log: ReturnType<typeof publishedLog>,
): ReadableStream<Uint8Array> {
  async function* texts(): AsyncGenerator<string> {
    for await (const some of lines()) yield some.map((line) => `${JSON.stringify(line)}\n`).join("");
  }
  async function* lines(): AsyncGenerator<readonly ExportLine[]> {
    yield [{ format: exportFormat, origin, checkpoint }];
    for (let number = 1; number <= size; number += entriesPerRead) {
      yield await reader.stretch(number, Math.min(entriesPerRead, size - number + 1));
    }
    const tiles = tilesOf(size);
    for (const tile of tiles) yield [{ tile: tilePath(tile), bytes: encodeBase64(await log.tile(tile)) }];
    yield [{ entries: size, tiles: tiles.length }];
  }
  return loggedBody(asked, texts());
}
