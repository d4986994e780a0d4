import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import * as v from "valibot";
import type { DeliveryId, WebhookId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import { deliveryListSchema, deliveryQuerySchema, resentSchema } from "#protocol/http/webhook.ts";
import type { AppEnv, MemberEnv } from "../app-env.ts";
import { requirePermission } from "../auth/require-member.ts";
import { webhookReader } from "../database/webhook-reader.ts";
import { webhookWriter } from "../database/webhook-writer.ts";
import { describe } from "../describe.ts";
import { problem } from "../problem.ts";
import { pathIds, query } from "../validate.ts";

const tag = "Webhooks";
const webhookPath = v.object({ webhookId: idField<WebhookId>() });
const deliveryPath = v.object({ webhookId: idField<WebhookId>(), deliveryId: idField<DeliveryId>() });
const managers = requirePermission("manage-webhooks");

/** After `pathIds`: the webhook of the path is one of the institution's. */
const knownWebhook = createMiddleware<MemberEnv, string, { out: { param: { webhookId: WebhookId } } }>(
  async (c, next) => {
    const reader = webhookReader(c.var.home.database, c.var.member.tenantId);
    if ((await reader.byId(c.req.valid("param").webhookId)) === null) return problem(c, "not-found");
    return (await next()) ?? undefined;
  },
);

/** What was sent to a webhook, what failed, and sending it again. */
export const webhookDeliveryRoutes = new Hono<AppEnv>()
  .get(
    "/v1/webhooks/:webhookId/deliveries",
    describe({
      summary: "List what was sent or is to be, newest first, 50 at a time; `status=failed` is the dead letters",
      tag,
      answers: { 200: deliveryListSchema },
      problems: ["bad-request", "not-signed-in", "not-allowed", "not-found"],
    }),
    managers,
    pathIds(webhookPath),
    knownWebhook,
    query(deliveryQuerySchema),
    async (c) => {
      const reader = webhookReader(c.var.home.database, c.var.member.tenantId);
      return c.json(await reader.deliveries(c.req.valid("param").webhookId, c.req.valid("query")));
    },
  )
  .post(
    "/v1/webhooks/:webhookId/test",
    describe({
      summary: "Send an event of type `test`",
      tag,
      answers: { 202: null },
      problems: ["not-signed-in", "not-allowed", "not-found"],
    }),
    managers,
    pathIds(webhookPath),
    knownWebhook,
    async (c) => {
      await webhookWriter(c.var.home.database, c.var.acting).test(c.req.valid("param").webhookId, Date.now());
      return c.body(null, 202);
    },
  )
  .post(
    "/v1/webhooks/:webhookId/resend",
    describe({
      summary: "Send everything again that failed",
      tag,
      answers: { 202: resentSchema },
      problems: ["not-signed-in", "not-allowed", "not-found"],
    }),
    managers,
    pathIds(webhookPath),
    knownWebhook,
    async (c) => {
      const writer = webhookWriter(c.var.home.database, c.var.acting);
      const resent = await writer.resendFailed(c.req.valid("param").webhookId);
      return c.json({ resent }, 202);
    },
  )
  .post(
    "/v1/webhooks/:webhookId/deliveries/:deliveryId/resend",
    describe({
      summary: "Send one again now, whether it failed, was delivered or waits for its next try",
      tag,
      answers: { 202: null },
      problems: ["not-signed-in", "not-allowed", "not-found"],
    }),
    managers,
    pathIds(deliveryPath),
    async (c) => {
      const { webhookId, deliveryId } = c.req.valid("param");
      const isResent = await webhookWriter(c.var.home.database, c.var.acting).resend(webhookId, deliveryId);
      return isResent ? c.body(null, 202) : problem(c, "not-found");
    },
  );
