import { Hono } from "hono";
import { auditListSchema, auditQuerySchema } from "#protocol/http/audit.ts";
import type { AppEnv } from "../app-env.ts";
import { requireMember } from "../auth/require-member.ts";
import { auditReader } from "../database/audit-reader.ts";
import { describe } from "../describe.ts";
import { query } from "../validate.ts";

const tag = "Audit";

/** What the institution's staff did, what they were denied, and what came of attempts. */
export const auditRoutes = new Hono<AppEnv>().get(
  "/v1/audit",
  describe({
    summary: "Read the audit, newest first, 50 entries at a time",
    tag,
    answers: { 200: auditListSchema },
    problems: ["bad-request", "not-signed-in", "not-allowed"],
  }),
  requireMember("admin", "auditor"),
  query(auditQuerySchema),
  async (c) => c.json(await auditReader(c.env.DB, c.var.member.tenantId).list(c.req.valid("query"))),
);
