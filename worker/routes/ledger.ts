import { type Context, Hono } from "hono";
import { attemptPrice } from "#domain/ledger/entry.ts";
import { placesLeft } from "#domain/ledger/limit.ts";
import { refundRefusal, type RefundRefusal } from "#domain/ledger/refund.ts";
import {
  ledgerColumns,
  type LedgerQuery,
  ledgerQuerySchema,
  ledgerSchema,
  refundSchema,
} from "#protocol/http/ledger.ts";
import type { AppEnv } from "../app-env.ts";
import { requirePermission } from "../auth/require-member.ts";
import { ledgerReader } from "../database/ledger-reader.ts";
import { ledgerWriter } from "../database/ledger-writer.ts";
import { asksForCsv, csvAnswer, rowsPerRead } from "../csv-answer.ts";
import { describe } from "../describe.ts";
import { problem } from "../problem.ts";
import { jsonBody, query } from "../validate.ts";

const tag = "Ledger";
const readers = requirePermission("see-billing");

/** What the institution was given and used, and refunds. Credits are given by the operator. */
export const ledgerRoutes = new Hono<AppEnv>()
  .get(
    "/v1/ledger",
    describe({
      summary: "Read the balance, the limit, and the entries, newest first, 50 at a time",
      tag,
      answers: { 200: ledgerSchema },
      csv: ledgerColumns,
      problems: ["bad-request", "not-signed-in", "not-allowed"],
    }),
    readers,
    query(ledgerQuerySchema),
    async (c) => {
      const now = Date.now();
      const reader = ledgerReader(c.var.home.database, c.var.member.tenantId);
      const asked = c.req.valid("query");
      if (asksForCsv(c)) return wholeLedger(c, reader, asked);
      const [standing, days, page] = await Promise.all([reader.standing(now), reader.days(), reader.list(asked, now)]);
      return c.json({ ...standing, placesLeft: placesLeft(standing), price: attemptPrice, days, ...page });
    },
  )
  .post(
    "/v1/ledger/refunds",
    describe({
      summary: "Give back what an attempt cost that failed for a technical reason; once at most",
      tag,
      answers: { 204: null },
      problems: ["bad-request", "not-signed-in", "not-allowed", "not-found", "refused"],
    }),
    requirePermission("manage-billing"),
    jsonBody(refundSchema),
    async (c) => {
      const { attemptId, reason } = c.req.valid("json");
      const now = Date.now();
      const billed = await ledgerReader(c.var.home.database, c.var.member.tenantId).billed(attemptId, now);
      if (billed === null) return problem(c, "not-found");
      const refusal = refundRefusal(billed);
      if (refusal !== null) return problem(c, "refused", whyRefused(refusal));
      if (billed.debit === null) throw new Error("an attempt was debited by no entry");
      const refund = { kind: "refund", at: now, reason, reverses: billed.debit } as const;
      const isEntered = await ledgerWriter(c.var.home.database, c.var.acting).enter(refund);
      return isEntered ? c.body(null, 204) : problem(c, "refused", whyRefused("refunded-already"));
    },
  );

/** [B14] The balance is that of the whole ledger, whichever of its entries are asked for. */
function wholeLedger(c: Context, reader: ReturnType<typeof ledgerReader>, { kind, attempt }: LedgerQuery): Response {
  let balance = 0;
  return csvAnswer(c, "ledger", ledgerColumns, async (from: number = 1) => {
    const entries = await reader.stretch(from, rowsPerRead);
    const rows = entries.map((entry) => {
      balance += entry.change;
      return { ...entry, balance };
    });
    return {
      rows: rows.filter(
        (row) => (kind === undefined || row.kind === kind) && (attempt === undefined || row.attemptId === attempt),
      ),
      next: entries.length < rowsPerRead ? null : from + entries.length,
    };
  });
}

function whyRefused(refusal: RefundRefusal): string {
  switch (refusal) {
    case "nothing-debited":
      return "This attempt did not begin, so it cost nothing.";
    case "still-going":
      return "This attempt is not over. It can be refunded when it is.";
    case "refunded-already":
      return "This attempt was refunded already.";
  }
}
