import { Hono } from "hono";
import * as v from "valibot";
import type { AppEnv } from "../app-env.ts";
import { checkpointJwk } from "../auth/checkpoint-jwk.ts";
import { verifyingKeysOf } from "../auth/keys.ts";
import { describe } from "../describe.ts";

const tag = "About";
const jwk = v.object({
  kty: v.string(),
  crv: v.string(),
  x: v.string(),
  kid: v.string(),
  alg: v.string(),
  use: v.string(),
});

export const aboutRoutes = new Hono<AppEnv>()
  .get(
    "/healthz",
    describe({ summary: "Whether the server is up and set up", tag, answers: { 200: v.object({ ok: v.boolean() }) } }),
    (c) => c.json({ ok: true }),
  )
  .get(
    "/.well-known/jwks.json",
    describe({
      summary: "The public keys: of tokens, and of the checkpoints in receipts and archives",
      tag,
      answers: { 200: v.object({ keys: v.array(jwk) }) },
    }),
    async (c) => {
      const keys = await verifyingKeysOf(c.var.settings);
      return c.json({ keys: [...keys.map(({ publicJwk }) => publicJwk), checkpointJwk(c.var.settings)] });
    },
  );
