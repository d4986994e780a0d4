import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { createProgress } from "../rehearse/progress.ts";
import { percentile } from "../rehearse/percentile.ts";
import { runWrangler } from "../start/child.ts";

/*
 * How long the audit's page waits for its queries in a database of a million entries, and of a thousand. The figures are
 * for docs/audit-benchmark.md; the ratio of the two says more than either, for machines differ.
 */
const few = 1_000;
const entriesPerCall = 1_000;
const rounds = 9;
const timesARound = 10;

type Answer = { readonly name: string | null; readonly found: number };
/** Milliseconds of one question, in the small database and in the large one. */
type Timed = { readonly name: string; readonly found: number; readonly smallMs: number; readonly largeMs: number };

const many = Number(process.argv[2] ?? 1_000_000);
if (!Number.isSafeInteger(many) || many < few || many % 2 !== 0) {
  process.stderr.write(`usage: npm run bench:audit -- [entries, an even number from ${few}]\n`);
  process.exit(1);
}
const progress = createProgress(process.stderr);
const small = await open(few);
const large = await open(many);
try {
  progress.step("Asking what the page asks");
  const timed = await timeAll();
  progress.end();
  process.stdout.write(`\n${table(timed)}\n`);
} finally {
  await small.close();
  await large.close();
}

/** Both are asked in turns, so that what else the machine does is the same for both. */
async function timeAll(): Promise<readonly Timed[]> {
  const timed: Timed[] = [];
  for (let query = 0; ; query += 1) {
    const { name, found } = await large.ask(query, 1);
    if (name === null) return timed;
    await small.ask(query, 1);
    const smallMs: number[] = [];
    const largeMs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      smallMs.push(await msOf(() => small.ask(query, timesARound)));
      largeMs.push(await msOf(() => large.ask(query, timesARound)));
    }
    timed.push({ name, found, smallMs: percentile(smallMs, 0.5) ?? 0, largeMs: percentile(largeMs, 0.5) ?? 0 });
  }
}

async function msOf(ask: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await ask();
  return (performance.now() - began) / timesARound;
}

/** An empty database of the product, filled with so many entries of two institutions, half each. */
async function open(entries: number) {
  const folder = mkdtempSync(join(tmpdir(), "invigil-audit-"));
  const config = ["--config", join(import.meta.dirname, "worker", "wrangler.toml")];
  await runWrangler(["deploy", "--dry-run", ...config, "--outdir", folder]);
  await runWrangler(["d1", "migrations", "apply", "DB", "--local", ...config, "--persist-to", folder]);
  const worker = convertV4MiniflareOptions({
    name: "audit-benchmark",
    modules: true,
    modulesRoot: folder,
    scriptPath: join(folder, "worker.js"),
    compatibilityDate: "2026-11-01",
    compatibilityFlags: ["nodejs_compat"],
    d1Databases: { DB: "00000000-0000-0000-0000-000000000001" },
  });
  const runtime = new Miniflare({ ...worker, resourcePersistencePath: join(folder, "v3") });
  async function call(path: string): Promise<Answer> {
    const answer = await runtime.dispatchFetch(`http://benchmark${path}`);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }
  const each = entries / 2;
  progress.step(`Entering ${entries} entries of two institutions`, entries);
  await call("/open");
  for (let first = 0; first < each; first += entriesPerCall) {
    const count = Math.min(entriesPerCall, each - first);
    await call(`/fill?first=${first}&count=${count}`);
    progress.at((first + count) * 2);
  }
  return {
    ask: (query: number, times: number) => call(`/ask?each=${each}&query=${query}&times=${times}`),
    async close() {
      await runtime.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function table(timed: readonly Timed[]): string {
  const lines = timed.map(({ name, found, smallMs, largeMs }) => {
    const ratio = (largeMs / Math.max(smallMs, 0.1)).toFixed(1);
    return `| ${name} | ${found} | ${smallMs} ms | ${largeMs} ms | ${ratio} |`;
  });
  return [
    `| what is asked | found | ${few} entries | ${many} entries | ratio |`,
    "| --- | --- | --- | --- | --- |",
    ...lines,
  ].join("\n");
}
