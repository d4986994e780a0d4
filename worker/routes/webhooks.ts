import { Hono } from "hono";
import * as v from "valibot";
import type { WebhookId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import {
  newWebhookSchema,
  webhookChangeSchema,
  webhookListSchema,
  webhookSchema,
  webhookSecretSchema,
} from "#protocol/http/webhook.ts";
import type { AppEnv } from "../app-env.ts";
import { requirePermission } from "../auth/require-member.ts";
import { webhookState } from "../database/seen-state.ts";
import { webhookReader } from "../database/webhook-reader.ts";
import { webhookWriter } from "../database/webhook-writer.ts";
import { describe } from "../describe.ts";
import { readTagged, seenBy, tagReplaced, takesIfMatch } from "../etag.ts";
import { newId } from "../new-id.ts";
import { problem } from "../problem.ts";
import { jsonBody, pathIds } from "../validate.ts";
import { receiverFault } from "../webhooks/receiver-url.ts";
import { sealSecret } from "../stored-secret.ts";
import { newSecret, secretOf } from "../webhooks/secret.ts";

const tag = "Webhooks";
const webhookPath = v.object({ webhookId: idField<WebhookId>() });
const managers = requirePermission("manage-webhooks");
const mostWebhooks = 20;
/** [W8] How long a receiver has to take over a new secret. */
const bothSecretsMs = 24 * 3_600_000;

/** Whom an institution's events go to. */
export const webhookRoutes = new Hono<AppEnv>()
  .get(
    "/v1/webhooks",
    describe({
      summary: "List the webhooks, and how they are",
      tag,
      answers: { 200: webhookListSchema },
      problems: ["not-signed-in", "not-allowed"],
    }),
    managers,
    async (c) => c.json({ webhooks: await webhookReader(c.var.home.database, c.var.member.tenantId).all() }),
  )
  .post(
    "/v1/webhooks",
    describe({
      summary: "Add a webhook, and get its secret, which is shown this once",
      tag,
      answers: { 201: webhookSecretSchema },
      problems: ["bad-request", "not-signed-in", "not-allowed", "refused"],
    }),
    managers,
    jsonBody(newWebhookSchema),
    async (c) => {
      const { tenantId } = c.var.member;
      const { url, events } = c.req.valid("json");
      const fault = receiverFault(url, new URL(c.req.url).hostname);
      if (fault !== null) return problem(c, "bad-request", `url: ${fault}`);
      const { database } = c.var.home;
      if ((await webhookReader(database, tenantId).number()) >= mostWebhooks) {
        return problem(c, "refused", `There are ${mostWebhooks} webhooks already. Remove one first.`);
      }
      const id = newId<WebhookId>();
      const secret = newSecret();
      const sealed = await sealSecret(c.var.settings, tenantId, secret, secretOf(id));
      await webhookWriter(database, c.var.acting).add({ id, url, events, secret: sealed, now: Date.now() });
      return c.json({ id, secret }, 201);
    },
  )
  .get(
    "/v1/webhooks/:webhookId",
    describe({
      summary: "Read a webhook, and how it is",
      tag,
      hasEtag: true,
      answers: { 200: webhookSchema },
      problems: ["not-signed-in", "not-allowed", "not-found"],
    }),
    managers,
    pathIds(webhookPath),
    async (c) => {
      const { webhookId } = c.req.valid("param");
      const { tenantId } = c.var.member;
      const { database } = c.var.home;
      const read = () => webhookReader(database, tenantId).byId(webhookId);
      const webhook = await readTagged(c, database, webhookState(tenantId, webhookId), read);
      if (webhook === null) return problem(c, "not-found");
      return c.json(webhook);
    },
  )
  .put(
    "/v1/webhooks/:webhookId",
    describe({
      summary: "Change where events go and which, turn it off, or on again after it was paused",
      tag,
      hasEtag: true,
      answers: { 200: webhookSchema },
      problems: ["bad-request", "not-signed-in", "not-allowed", "not-found"],
    }),
    managers,
    takesIfMatch,
    pathIds(webhookPath),
    jsonBody(webhookChangeSchema),
    async (c) => {
      const { webhookId } = c.req.valid("param");
      const change = c.req.valid("json");
      const { database } = c.var.home;
      const fault = receiverFault(change.url, new URL(c.req.url).hostname);
      if (fault !== null) return problem(c, "bad-request", `url: ${fault}`);
      const { tenantId } = c.var.member;
      const reader = webhookReader(database, tenantId);
      if ((await reader.byId(webhookId)) === null) return problem(c, "not-found");
      const state = webhookState(tenantId, webhookId);
      const replaced = await seenBy(c, database, state);
      if (replaced === "changed-meanwhile") return problem(c, replaced);
      const outcome = await webhookWriter(database, c.var.acting).change(webhookId, change, replaced);
      if (outcome === "changed-meanwhile") return problem(c, outcome);
      const after = await reader.byId(webhookId);
      if (after === null) return problem(c, "not-found");
      await tagReplaced(c, outcome);
      return c.json(after);
    },
  )
  .delete(
    "/v1/webhooks/:webhookId",
    describe({
      summary: "Remove a webhook, with the list of what was sent to it",
      tag,
      answers: { 204: null },
      problems: ["not-signed-in", "not-allowed", "not-found"],
    }),
    managers,
    pathIds(webhookPath),
    async (c) => {
      const { webhookId } = c.req.valid("param");
      const isThere = await webhookWriter(c.var.home.database, c.var.acting).remove(webhookId);
      return isThere ? c.body(null, 204) : problem(c, "not-found");
    },
  )
  .post(
    "/v1/webhooks/:webhookId/secret",
    describe({
      summary: "Replace the secret; for a day events are signed with the one before too",
      tag,
      answers: { 201: webhookSecretSchema },
      problems: ["not-signed-in", "not-allowed", "not-found"],
    }),
    managers,
    pathIds(webhookPath),
    async (c) => {
      const { webhookId } = c.req.valid("param");
      const secret = newSecret();
      const { tenantId } = c.var.member;
      const sealed = await sealSecret(c.var.settings, tenantId, secret, secretOf(webhookId));
      const writer = webhookWriter(c.var.home.database, c.var.acting);
      const isThere = await writer.replaceSecret(webhookId, sealed, Date.now() + bothSecretsMs);
      return isThere ? c.json({ id: webhookId, secret }, 201) : problem(c, "not-found");
    },
  );
