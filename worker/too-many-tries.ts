import type { Context } from "hono";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { problem } from "./problem.ts";

/** The refusal of a try to come, with how long to wait. */
export function tooManyTries(c: Context, until: EpochMs): Response {
  c.header("retry-after", String(Math.max(1, Math.ceil((until - Date.now()) / 1000))));
  return problem(c, "too-many-tries");
}
