import { Hono } from "hono";
import * as v from "valibot";
import { encodeBase64 } from "#domain/evidence/base64.ts";
import { saltedLeaf } from "#domain/evidence/salted-leaf.ts";
import type { TenantId } from "#domain/exam/ids.ts";
import { auditColumns, auditListSchema, auditProofSchema, auditQuerySchema } from "#protocol/http/audit.ts";
import type { AppEnv } from "../app-env.ts";
import { exportLog } from "../audit/export-log.ts";
import { publishedLog } from "../audit/published-log.ts";
import { requirePermission } from "../auth/require-member.ts";
import { auditReader } from "../database/audit-reader.ts";
import { asksForCsv, csvAnswer } from "../csv-answer.ts";
import { describe } from "../describe.ts";
import type { Env } from "../env.ts";
import type { Home } from "../home.ts";
import { askedIn, problem } from "../problem.ts";
import { sha256 } from "../sha256.ts";
import { pathIds, query } from "../validate.ts";

const tag = "Audit";
const entriesPerPage = 50;
/**
 * For a file. Each read is three queries, and the platform gives a Worker 1,000: an audit may have more than a million entries.
 * One is some 400 bytes, so that a read is about 2 MB, and the ids by which its names are asked less than 1 MB.
 */
const entriesPerRead = 5_000;
const readers = requirePermission("read-audit");
const notSigned = "This is not signed yet. An entry is within seconds of being written.";
const numberPath = v.object({ number: v.pipe(v.string(), v.regex(/^[1-9]\d{0,14}$/), v.transform(Number)) });

/** What the institution's staff did, what they were denied, what came of attempts, and the proof of it. */
export const auditRoutes = new Hono<AppEnv>()
  .get(
    "/v1/audit",
    describe({
      summary: "Read the audit, newest first, 50 entries at a time",
      tag,
      answers: { 200: auditListSchema },
      csv: auditColumns,
      problems: ["bad-request", "not-signed-in", "not-allowed"],
    }),
    readers,
    query(auditQuerySchema),
    async (c) => {
      const { reader, log } = await logOf(c.var.home, c.env, c.var.member.tenantId);
      const asked = c.req.valid("query");
      if (asksForCsv(c)) {
        return csvAnswer(c, "audit", auditColumns, async (before: string | undefined) => {
          const { entries, older } = await reader.list({ ...asked, before }, entriesPerRead);
          return { rows: entries, next: older };
        });
      }
      const [list, head] = await Promise.all([reader.list(asked, entriesPerPage), log?.published.head() ?? null]);
      const signed = log === null || head === null ? null : { logId: log.logId, size: head.size, at: head.signedAt };
      return c.json({ ...list, signed });
    },
  )
  .get(
    "/v1/audit/export",
    describe({
      summary: "Download the whole log (application/x-ndjson) to keep, and to verify without this server",
      tag,
      answers: { 200: "application/x-ndjson" },
      problems: ["not-signed-in", "not-allowed", "refused"],
    }),
    readers,
    async (c) => {
      const { reader, log } = await logOf(c.var.home, c.env, c.var.member.tenantId);
      const head = (await log?.published.head()) ?? null;
      if (log === null || head === null) return problem(c, "refused", notSigned);
      return c.body(exportLog(askedIn(c), head, reader, log.published), 200, {
        "content-type": "application/x-ndjson",
        "content-disposition": `attachment; filename="audit.ndjson"`,
        "cache-control": "no-store",
      });
    },
  )
  .get(
    "/v1/audit/:number/proof",
    describe({
      summary: "The proof that an entry is in the log that is signed",
      tag,
      answers: { 200: auditProofSchema },
      problems: ["not-signed-in", "not-allowed", "not-found", "refused"],
    }),
    readers,
    pathIds(numberPath),
    async (c) => {
      const { number } = c.req.valid("param");
      const { reader, log } = await logOf(c.var.home, c.env, c.var.member.tenantId);
      const head = (await log?.published.head()) ?? null;
      const [row] = await reader.stretch(number, 1);
      if (log === null || row === undefined) return problem(c, "not-found");
      if (head === null || number > head.size) return problem(c, "refused", notSigned);
      const hashes = await log.published.inclusion(number - 1, head.size, sha256);
      const proof = { checkpoint: head.checkpoint, hashes: hashes.map(encodeBase64) };
      if ("leaf" in row) return c.json({ ...row, salt: null, entry: null, ...proof });
      return c.json({ ...row, leaf: encodeBase64(saltedLeaf(row.salt, row.entry, sha256)), ...proof });
    },
  );

async function logOf({ database }: Home, { LOGS }: Pick<Env, "LOGS">, tenantId: TenantId) {
  const reader = auditReader(database, tenantId);
  const logId = await reader.logId();
  return { reader, log: logId === null ? null : { logId, published: publishedLog(LOGS, logId) } };
}
