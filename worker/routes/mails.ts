import { Hono } from "hono";
import { mailListSchema, mailQuerySchema } from "#protocol/http/mail.ts";
import type { AppEnv } from "../app-env.ts";
import { requirePermission } from "../auth/require-member.ts";
import { mailReader } from "../database/mail-reader.ts";
import { describe } from "../describe.ts";
import { query } from "../validate.ts";

export const mailRoutes = new Hono<AppEnv>().get(
  "/v1/mails",
  describe({
    summary: "List the mails that were sent or could not be, newest first, 50 at a time; never their text",
    tag: "Sittings",
    answers: { 200: mailListSchema },
    problems: ["bad-request", "not-signed-in", "not-allowed"],
  }),
  requirePermission("schedule"),
  query(mailQuerySchema),
  async (c) => c.json(await mailReader(c.var.home.database, c.var.member.tenantId).list(c.req.valid("query"))),
);
