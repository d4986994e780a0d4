import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { encodeBase64 } from "#domain/evidence/base64.ts";
import { checkpointBody } from "#domain/evidence/checkpoint.ts";
import { concatenate } from "#domain/evidence/bytes.ts";
import { saltedLeaf } from "#domain/evidence/salted-leaf.ts";
import { tilePath } from "#domain/evidence/tile.ts";
import { appendLeaves, emptyEdge, rootOfEdge } from "#domain/evidence/tiled-tree.ts";
import { exportFormat, type ExportLine } from "#protocol/http/audit.ts";
import { answer } from "#tools/verify/verify.ts";
import { sha256 } from "#test/domain/evidence/hash.ts";
import { signingSystem } from "#test/support/signed-receipt.ts";

const origin = "exam.example/v1/logs/0123";
const system = signingSystem("exam.example");
const rows = Array.from({ length: 600 }, (_, index) => ({
  number: index + 1,
  salt: String(index).padStart(43, "s"),
  entry: JSON.stringify({ at: index, kind: "exam-changed", details: { n: index } }),
}));

type Row = (typeof rows)[number];

function treeOf(some: readonly Row[]) {
  return appendLeaves(
    emptyEdge,
    some.map(({ salt, entry }) => saltedLeaf(salt, entry, sha256)),
    sha256,
  );
}

function checkpointOf(some: readonly Row[], of = origin): string {
  const { edge } = treeOf(some);
  return system.note(checkpointBody({ origin: of, size: edge.size, root: rootOfEdge(edge, sha256), extensions: [] }));
}

function linesOf(some: readonly Row[]): ExportLine[] {
  const tiles = treeOf(some).tiles.map(({ level, index, hashes }) => ({
    tile: tilePath({ level, index, width: hashes.length }),
    bytes: encodeBase64(concatenate(hashes)),
  }));
  const head = { format: exportFormat, origin, checkpoint: checkpointOf(some) } as const;
  return [head, ...some, ...tiles, { entries: some.length, tiles: tiles.length }];
}

function textOf(lines: readonly ExportLine[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}

const whole = linesOf(rows);

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "invigil-log-"));
  put("audit.ndjson", textOf(whole));
  put("jwks.json", JSON.stringify({ keys: [system.jwk] }));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(name: string, content: string | Uint8Array): void {
  writeFileSync(join(folder, name), content);
}

function ask(...more: readonly string[]) {
  return answer(["log", ".", ...more], folder);
}

describe("npm run verify -- log", () => {
  it("[L18] passes what is as it was signed, with files alone, and says what it does not speak of", async () => {
    const fits = `The log fits: ${system.key.label} signed 600 entries, every one is here, unchanged and in order.`;
    expect(await ask()).toEqual({ code: 0, line: fits });
    put("checkpoint.txt", checkpointOf(rows.slice(0, 257)));
    expect((await ask()).line).toBe(`${fits} Its first 257 entries are those of the earlier checkpoint.`);
    expect(await answer(["log", "audit.ndjson", "--keys", "jwks.json"], folder)).toMatchObject({ code: 0, line: fits });
  });

  it("[L18] finds that history was rewritten, though it was signed again by the same key", async () => {
    const rewritten = rows.with(99, { ...rows[99]!, entry: "{}" });
    put("audit.ndjson", textOf(linesOf(rewritten)));
    expect((await ask()).code).toBe(0);
    put("kept.txt", checkpointOf(rows.slice(0, 300)));
    expect(await ask("--since", "kept.txt")).toMatchObject({
      code: 1,
      line: expect.stringContaining("history was rewritten"),
    });
    put("kept.txt", checkpointOf(rows));
    put("audit.ndjson", textOf(linesOf(rows.slice(0, 599))));
    expect((await ask("--since", "kept.txt")).line).toContain("it has 599 entries, and had 600");
    put("kept.txt", checkpointOf(rows, "exam.example/v1/logs/other"));
    expect((await ask("--since", "kept.txt")).line).toContain("is another log than");
    put("kept.txt", signingSystem("exam.example").note("x\n"));
    expect((await ask("--since", "kept.txt")).line).toContain("the earlier checkpoint is no signed checkpoint");
  });

  /** The log with records of erasure from place 10 on, in which the texts of these numbers are gone. */
  function erased(records: readonly object[], numbers: readonly number[], some: readonly Row[] = rows): ExportLine[] {
    const withRecords = records.reduce<readonly Row[]>((before, stretch, index) => {
      const details = { class: "audit", rule: "period", ...stretch };
      const entry = JSON.stringify({ at: 1, kind: "retention-deleted", details });
      return before.with(9 + index, { ...before[9 + index]!, entry });
    }, some);
    return linesOf(withRecords).map((line) =>
      "salt" in line && numbers.includes(line.number)
        ? { number: line.number, leaf: encodeBase64(saltedLeaf(line.salt, line.entry, sha256)) }
        : line,
    );
  }

  it("[D7] says how many were erased, and names one whose text is gone though no later entry says so", async () => {
    const record = [{ entries: 3, from: 3, to: 5 }];
    put("audit.ndjson", textOf(erased(record, [3, 4, 5])));
    expect(await ask()).toMatchObject({
      code: 0,
      line: expect.stringMatching("unchanged but for 3 that were erased, as later ones say.$"),
    });
    for (const number of [2, 6, 10, 11]) {
      put("audit.ndjson", textOf(erased(record, [4, number])));
      const line = `the text of entry ${number} is gone, and no later entry says that it was erased`;
      expect(await ask()).toMatchObject({ code: 1, line: expect.stringContaining(number === 10 ? "entry 4" : line) });
    }
    const wrong = erased(record, [4]).with(4, { number: 4, leaf: encodeBase64(new Uint8Array(32)) });
    put("audit.ndjson", textOf(wrong));
    expect((await ask()).line).toContain("entry 4 was changed");
    put("audit.ndjson", textOf(erased(record, [4]).with(4, { number: 4, leaf: "short" })));
    expect(await ask()).toMatchObject({ code: 1 });
  });

  it("[D16] holds a record of a stretch with gaps to its count, says so, and names one text too many", async () => {
    const record = [{ entries: 2, from: 3, to: 5 }];
    put("audit.ndjson", textOf(erased(record, [3, 5])));
    const byCount = "2 that were erased, as later ones say; for 2 of these they say how many, and not which.";
    expect(await ask()).toMatchObject({ code: 0, line: expect.stringContaining(byCount) });
    put("audit.ndjson", textOf(erased(record, [3, 4, 5])));
    const tooMany = "entry 10 says that 2 of the entries from 3 to 5 were erased, and the texts of more are gone";
    expect(await ask()).toMatchObject({ code: 1, line: expect.stringContaining(tooMany) });

    const both = [...record, { entries: 1, from: 4, to: 4 }];
    put("audit.ndjson", textOf(erased(both, [3, 4, 5])));
    const sure = "3 that were erased, as later ones say; for 2 of these";
    expect(await ask()).toMatchObject({ code: 0, line: expect.stringContaining(sure) });
    // Only the first can speak of 3 and only the second of 7, which leaves one for 4 and 5.
    const across = [
      { entries: 2, from: 3, to: 6 },
      { entries: 1, from: 4, to: 7 },
    ];
    put("audit.ndjson", textOf(erased(across, [3, 5, 7])));
    expect(await ask()).toMatchObject({ code: 0 });
    put("audit.ndjson", textOf(erased(across, [3, 4, 5, 7])));
    expect(await ask()).toMatchObject({ code: 1 });
  });

  it.each([
    { from: 3, to: 5 },
    { entries: 4, from: 3, to: 5 },
    { entries: "3", from: 3, to: 5 },
    { entries: 2.5, from: 3, to: 4.5 },
    { entries: 3, from: 3, to: 5, class: "answers" },
    { entries: 3, from: null, to: 5 },
  ])("[D16] takes nothing from a record that is none of ours: %j", async (record) => {
    put("audit.ndjson", textOf(erased([record], [3])));
    expect(await ask()).toMatchObject({ code: 1, line: expect.stringContaining("the text of entry 3 is gone") });
  });

  it("[L19] names what was changed: a row, a tile, the order, the count, the key", async () => {
    const tile = whole.findIndex((line) => "tile" in line);
    const last = encodeBase64(new Uint8Array(32));
    const cases: readonly (readonly [string, readonly ExportLine[]])[] = [
      ["entry 42 was changed", whole.with(42, { ...rows[41]!, entry: "{}" })],
      ["entry 600 was changed", whole.with(600, { ...rows[599]!, salt: "t".repeat(43) })],
      ["where entry 5 should be is entry 6", whole.with(5, rows[5]!).with(6, rows[4]!)],
      ["where entry 7 should be is entry 8", whole.toSpliced(7, 1)],
      ["only 599 are here", whole.toSpliced(600, 1)],
      ["601 are here", whole.toSpliced(601, 0, { ...rows[0]!, number: 601 })],
      ["and there are 599 and", whole.toSpliced(600, 1)],
      [
        "tile 1/000.p/2 was changed",
        whole.map((line) =>
          "tile" in line && line.tile === "1/000.p/2" ? { ...line, bytes: encodeBase64(new Uint8Array(64)) } : line,
        ),
      ],
      ["where tile 0/000 should be is 0/001", whole.toSpliced(tile, 1)],
      ["is another log than", whole.with(0, { format: exportFormat, origin: "x", checkpoint: checkpointOf(rows) })],
      [
        "signature of the checkpoint is not by",
        whole.with(0, { format: exportFormat, origin, checkpoint: checkpointOf(rows).replace("\n600\n", "\n601\n") }),
      ],
      ["it is neither an entry nor a tile", whole.with(9, { tile: "x", bytes: `${last}x` })],
    ];
    for (const [words, lines] of cases) {
      put("audit.ndjson", textOf(recounted(lines, words)));
      expect(await ask(), words).toMatchObject({ code: 1, line: expect.stringContaining(words) });
    }
    put("audit.ndjson", textOf(whole));
    put("jwks.json", JSON.stringify({ keys: [signingSystem("exam.example").jwk] }));
    expect((await ask()).line).toContain("is not signed by one of the keys");
  });

  /** The end says what there is, but where that itself is what was changed. */
  function recounted(lines: readonly ExportLine[], words: string): readonly ExportLine[] {
    if (words.startsWith("and there are")) return lines;
    const entries = lines.filter((line) => "number" in line).length;
    return lines.with(lines.length - 1, { entries, tiles: lines.filter((line) => "tile" in line).length });
  }

  it("[L19] finds each of 1,200 random tamperings, and passes the untouched log", { timeout: 120_000 }, async () => {
    // By rule some were erased, one stretch as it is said today and one as it once was, with entries between that were kept.
    const records = [
      { entries: 4, from: 2, to: 5 },
      { entries: 2, from: 6, to: 9 },
    ];
    const small = erased(records, [2, 3, 4, 5, 6, 9], rows.slice(0, 300));
    const bytes = new TextEncoder().encode(textOf(small));
    const random = seeded(20_261_121);
    const counts = { byte: 0, line: 0, twice: 0, swapped: 0, cut: 0, erased: 0 };
    const missed: string[] = [];
    const kinds = Object.keys(counts) as (keyof typeof counts)[];
    for (let n = 0; n < 1_200; n += 1) {
      const kind = kinds[n % kinds.length]!;
      const tampered = tamper(kind, bytes, small, random);
      put("audit.ndjson", tampered);
      counts[kind] += 1;
      if ((await ask()).code !== 1) missed.push(`${kind}, number ${n}`);
    }
    put("audit.ndjson", bytes);
    const untouched = await ask();
    console.info(`tamperings: ${JSON.stringify(counts)}, missed: ${missed.length}; untouched: ${untouched.line}`);
    expect(missed).toEqual([]);
    expect(untouched.code).toBe(0);
  });

  it("[L15] [L18] verifies what a log publishes, from its address, and what of it was changed", async () => {
    const { edge, tiles } = treeOf(rows);
    const files = new Map<string, Uint8Array | string>([["/checkpoint", checkpointOf(rows)]]);
    for (const { level, index, hashes } of tiles) {
      files.set(`/tile/${tilePath({ level, index, width: hashes.length })}`, concatenate(hashes));
    }
    const server = createServer((request, response) => {
      const found = files.get(request.url ?? "");
      response.writeHead(found === undefined ? 404 : 200).end(found);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const address = server.address();
      const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
      const verify = () => answer(["log", url, "--keys", "jwks.json"], folder);
      expect(await verify()).toMatchObject({
        code: 0,
        line: expect.stringContaining("the entries themselves were not"),
      });
      files.set("/tile/0/001", new Uint8Array(256 * 32));
      expect((await verify()).line).toContain("do not give the root that is signed for 600 entries");
      files.delete("/tile/0/001");
      expect(await verify()).toMatchObject({ code: 2 });
      expect(edge.size).toBe(600);
    } finally {
      server.close();
    }
  });

  it("[L18] says what could not be read, and nothing about the log", async () => {
    expect(await answer(["log", "nowhere.ndjson", "--keys", "jwks.json"], folder)).toMatchObject({ code: 2 });
    rmSync(join(folder, "jwks.json"));
    expect((await ask()).line).toContain("npm run verify -- log LOG --keys KEYS");
  });
});

/** Numbers from 0 to 1, the same each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function tamper(
  kind: "byte" | "line" | "twice" | "swapped" | "cut" | "erased",
  bytes: Uint8Array,
  lines: readonly ExportLine[],
  random: () => number,
): Uint8Array | string {
  const upTo = (count: number) => Math.floor(random() * count);
  const at = upTo(lines.length);
  switch (kind) {
    case "byte":
      return flipped(bytes, upTo(bytes.length), upTo(8));
    case "line":
      return textOf(lines.toSpliced(at, 1));
    case "twice":
      return textOf(lines.toSpliced(at, 0, lines[at]!));
    case "swapped": {
      const other = (at + 1 + upTo(lines.length - 1)) % lines.length;
      return textOf(lines.with(at, lines[other]!).with(other, lines[at]!));
    }
    case "cut":
      return bytes.slice(0, upTo(bytes.length));
    case "erased": {
      // Every other one among those that a rule kept between what it erased, and beside it.
      const kept = lines.filter((line) => "salt" in line);
      const { number, salt, entry } = kept[upTo(random() < 0.5 ? 8 : kept.length)]!;
      return textOf(lines.with(number, { number, leaf: encodeBase64(saltedLeaf(salt, entry, sha256)) }));
    }
  }
}

function flipped(bytes: Uint8Array, at: number, bit: number): Uint8Array {
  return bytes.map((byte, index) => (index === at ? byte ^ (1 << bit) : byte));
}
