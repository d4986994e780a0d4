import { Hono } from "hono";
import * as v from "valibot";
import { parseTilePath, bundledLeafLength, bundlePath, tilePath, tileWidth } from "#domain/evidence/tile.ts";
import { sha256Length } from "#domain/evidence/sha256.ts";
import { logPrefix } from "#protocol/transparency-log.ts";
import type { AppEnv } from "../app-env.ts";
import { describe } from "../describe.ts";
import type { Env } from "../env.ts";
import { problem } from "../problem.ts";
import { pathIds } from "../validate.ts";

const tag = "Transparency log";
const problems = ["not-found"] as const;
const logPath = v.object({ logId: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)) });

/**
 * What anybody may read of an institution's transparency log, under a name that does not say whose it is: C2SP tlog-tiles.
 * Leaves are salted hashes, so that none tells a stranger anything. [L15]
 */
export const logRoutes = new Hono<AppEnv>()
  .get(
    "/v1/logs/:logId/checkpoint",
    describe({
      summary: "The latest signed checkpoint (text/plain, a C2SP signed note)",
      tag,
      answers: { 200: "text/plain" },
      problems,
    }),
    pathIds(logPath),
    async (c) => {
      const found = await read(c.env, c.req.valid("param").logId, "checkpoint");
      if (found === null) return problem(c, "not-found");
      c.header("last-modified", found.uploaded.toUTCString());
      return c.body(await found.arrayBuffer(), 200, {
        "content-type": "text/plain; charset=utf-8",
        "cache-control": "public, max-age=1",
      });
    },
  )
  .get(
    "/v1/logs/:logId/tile/*",
    describe({
      summary: "A tile or a bundle of leaves, by its path (application/octet-stream, C2SP tlog-tiles)",
      tag,
      answers: { 200: "application/octet-stream" },
      problems,
    }),
    pathIds(logPath),
    async (c) => {
      const tile = parseTilePath(c.req.path.slice(c.req.path.indexOf("/tile/") + "/tile/".length));
      if (tile === null) return problem(c, "not-found");
      const { level, index, width } = tile;
      const isBundle = level === "entries";
      const whole = { index, width: tileWidth };
      const path = `tile/${isBundle ? bundlePath(whole) : tilePath({ level, ...whole })}`;
      // A tile that is not full lies where it will be when it is: a narrower one is its beginning.
      const found = await read(c.env, c.req.valid("param").logId, path);
      const length = width * (isBundle ? bundledLeafLength : sha256Length);
      if (found === null || found.size < length) return problem(c, "not-found");
      return c.body((await found.arrayBuffer()).slice(0, length), 200, {
        "content-type": "application/octet-stream",
        "cache-control": "public, max-age=31536000, immutable",
      });
    },
  );

function read({ LOGS }: Pick<Env, "LOGS">, logId: string, path: string): Promise<R2ObjectBody | null> {
  return LOGS.get(logPrefix(logId) + path);
}
