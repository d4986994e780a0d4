import { Hono } from "hono";
import {
  clockPath,
  largestProbeBytes,
  probedSchema,
  serverClockSchema,
  uploadProbePath,
} from "#protocol/http/system-check.ts";
import type { AppEnv } from "../app-env.ts";
import { describe } from "../describe.ts";
import { problem } from "../problem.ts";

const tag = "Checking a computer";

/**
 * What a computer's check asks of the server, without an exam and without signing in. Nothing is stored, the answers are
 * small, and another origin's page can neither send nor read: neither amplifies anything.
 */
export const systemCheckRoutes = new Hono<AppEnv>()
  .get(clockPath, describe({ summary: "The server's time", tag, answers: { 200: serverClockSchema } }), (c) =>
    c.json({ serverNow: Date.now() }),
  )
  .post(
    uploadProbePath,
    describe({
      summary: "Send bytes that are counted and dropped (application/octet-stream), to measure a line",
      tag,
      answers: { 200: probedSchema },
      problems: ["bad-request", "not-allowed", "too-large", "unsupported-media-type", "too-often"],
    }),
    async (c) => {
      if (c.req.header("content-type") !== "application/octet-stream") return problem(c, "unsupported-media-type");
      const length = Number(c.req.header("content-length") ?? Number.NaN);
      if (length > largestProbeBytes) return problem(c, "too-large");
      if (!Number.isInteger(length) || length < 1) return problem(c, "bad-request", "The length has to be said.");
      // The platform sets this header. On a laptop without it, all are one address.
      const { success } = await c.env.UPLOAD_PROBES.limit({ key: c.req.header("cf-connecting-ip") ?? "here" });
      if (!success) return problem(c, "too-often");
      const bytes = await countAndDrop(c.req.raw.body, largestProbeBytes);
      return bytes === null ? problem(c, "too-large") : c.json({ bytes });
    },
  );

/** How many bytes came; null as soon as there are more than `most`, whatever the header said. */
async function countAndDrop(body: ReadableStream<Uint8Array> | null, most: number): Promise<number | null> {
  if (body === null) return 0;
  const reader = body.getReader();
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return bytes;
    bytes += value.byteLength;
    if (bytes > most) {
      await reader.cancel();
      return null;
    }
  }
}
