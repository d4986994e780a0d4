import { type Context, Hono } from "hono";
import * as v from "valibot";
import type { TenantId } from "#domain/exam/ids.ts";
import { unitsPerCredit } from "#domain/ledger/entry.ts";
import { placesLeft } from "#domain/ledger/limit.ts";
import { idField } from "#protocol/http/field.ts";
import { creditSchema, overdraftSchema, standingSchema, usageSchema } from "#protocol/http/ledger.ts";
import type { AppEnv } from "../app-env.ts";
import { operatorIn } from "../audit/acting.ts";
import { requireOperator } from "../auth/require-operator.ts";
import { ledgerReader } from "../database/ledger-reader.ts";
import { ledgerWriter } from "../database/ledger-writer.ts";
import { tenantDirectory } from "../database/tenant-directory.ts";
import { describe } from "../describe.ts";
import { type Home, homeOf } from "../home.ts";
import { problem } from "../problem.ts";
import { jsonBody, pathIds } from "../validate.ts";

const tag = "Institutions";
const tenantPath = pathIds(v.object({ tenantId: idField<TenantId>() }));

/** What the operator of the installation gives an institution and charges it, and how far it may go without. */
export const tenantLedgerRoutes = new Hono<AppEnv>()
  .post(
    "/v1/tenants/:tenantId/credits",
    describe({
      summary: "Give an institution credits; sent again with the same reference it gives none",
      tag,
      answers: { 200: standingSchema },
      problems: ["bad-request", "not-signed-in", "not-found"],
    }),
    requireOperator,
    tenantPath,
    jsonBody(creditSchema),
    async (c) => {
      const { tenantId } = c.req.valid("param");
      const { credits, reference } = c.req.valid("json");
      const home = await homeOfKnown(c, tenantId);
      if (home === null) return problem(c, "not-found");
      const entry = { at: Date.now(), kind: "credit", key: reference, amount: credits * unitsPerCredit } as const;
      await ledgerWriter(home.database, operatorIn(c, home.database, tenantId)).enter(entry);
      return c.json(await standingIn(home, tenantId));
    },
  )
  .post(
    "/v1/tenants/:tenantId/usage",
    describe({
      summary: "Enter what a model was used for and what it cost; sent again with the same reference it costs nothing",
      tag,
      answers: { 200: standingSchema },
      problems: ["bad-request", "not-signed-in", "not-found"],
    }),
    requireOperator,
    tenantPath,
    jsonBody(usageSchema),
    async (c) => {
      const { tenantId } = c.req.valid("param");
      const { reference, amount, ...usage } = c.req.valid("json");
      const home = await homeOfKnown(c, tenantId);
      if (home === null) return problem(c, "not-found");
      const entry = { at: Date.now(), kind: "ai-usage", key: reference, usage, amount } as const;
      await ledgerWriter(home.database, operatorIn(c, home.database, tenantId)).enter(entry);
      return c.json(await standingIn(home, tenantId));
    },
  )
  .put(
    "/v1/tenants/:tenantId/overdraft",
    describe({
      summary: "Say how far below zero an institution's balance may go; null: as far as it likes",
      tag,
      answers: { 200: standingSchema },
      problems: ["bad-request", "not-signed-in", "not-found"],
    }),
    requireOperator,
    tenantPath,
    jsonBody(overdraftSchema),
    async (c) => {
      const { tenantId } = c.req.valid("param");
      const { overdraft } = c.req.valid("json");
      const home = await homeOfKnown(c, tenantId);
      if (home === null) return problem(c, "not-found");
      const units = overdraft === null ? null : overdraft * unitsPerCredit;
      await ledgerWriter(home.database, operatorIn(c, home.database, tenantId)).limit(units);
      return c.json(await standingIn(home, tenantId));
    },
  );

async function homeOfKnown(c: Context<AppEnv>, tenantId: TenantId): Promise<Home | null> {
  return (await tenantDirectory(c.env).has(tenantId)) ? homeOf(c.env, tenantId) : null;
}

async function standingIn({ database }: Home, tenantId: TenantId) {
  const standing = await ledgerReader(database, tenantId).standing(Date.now());
  return { ...standing, placesLeft: placesLeft(standing) };
}
