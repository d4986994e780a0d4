import { Hono } from "hono";
import * as v from "valibot";
import { faultOfNewKey } from "#domain/access/api-key.ts";
import type { KeyId } from "#domain/exam/ids.ts";
import { issuedKeySchema, keyListSchema, newKeySchema } from "#protocol/http/api-key.ts";
import { idField } from "#protocol/http/field.ts";
import type { AppEnv } from "../app-env.ts";
import { newApiKeyToken } from "../auth/api-key-token.ts";
import { tokenHash } from "../auth/random-token.ts";
import { requirePermission, requirePerson } from "../auth/require-member.ts";
import { apiKeyReader } from "../database/api-key-reader.ts";
import { apiKeyWriter } from "../database/api-key-writer.ts";
import { describe } from "../describe.ts";
import { newId } from "../new-id.ts";
import { problem } from "../problem.ts";
import { jsonBody, pathIds } from "../validate.ts";

const tag = "Keys";

const faults = {
  "more-than-member": "scopes: a key cannot do more than the member whose it is.",
  ended: "expiresAt: this moment is over.",
  "too-long": "expiresAt: a key lasts a year at most.",
} as const;

export const apiKeyRoutes = new Hono<AppEnv>()
  .get(
    "/v1/keys",
    describe({
      summary: "List the keys of the institution, also those that are no longer good",
      tag,
      answers: { 200: keyListSchema },
      problems: ["not-signed-in", "not-allowed"],
    }),
    requirePermission("manage-keys"),
    async (c) => c.json({ keys: [...(await apiKeyReader(c.var.home.database, c.var.member.tenantId).list())] }),
  )
  .post(
    "/v1/keys",
    describe({
      summary: "Make a key of my own. Its token is in this answer and nowhere else. Keys cannot make keys",
      tag,
      answers: { 201: issuedKeySchema },
      problems: ["bad-request", "not-signed-in", "not-allowed"],
    }),
    requirePermission("manage-keys"),
    requirePerson,
    jsonBody(newKeySchema),
    async (c) => {
      const { tenantId, memberId, name: memberName, permissions } = c.var.member;
      const asked = c.req.valid("json");
      const now = Date.now();
      const fault = faultOfNewKey(asked, permissions, now);
      if (fault !== null) return problem(c, "bad-request", faults[fault]);
      const keyId = newId<KeyId>();
      const { text: token } = newApiKeyToken(tenantId, keyId);
      await apiKeyWriter(c.var.home.database, c.var.acting).create(keyId, asked, await tokenHash(token), now);
      const key = { keyId, memberId, memberName, ...asked, createdAt: now, lastUsedAt: null, revokedAt: null };
      return c.json({ ...key, token }, 201);
    },
  )
  .delete(
    "/v1/keys/:keyId",
    describe({
      summary: "Revoke a key: it opens nothing from now on, and never again",
      tag,
      answers: { 204: null },
      problems: ["not-signed-in", "not-allowed", "not-found"],
    }),
    requirePermission("manage-keys"),
    pathIds(v.object({ keyId: idField<KeyId>() })),
    async (c) => {
      const isRevoked = await apiKeyWriter(c.var.home.database, c.var.acting).revoke(
        c.req.valid("param").keyId,
        Date.now(),
      );
      return isRevoked ? c.body(null, 204) : problem(c, "not-found");
    },
  );
