import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { Paced } from "#domain/access/address-pace.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { AppEnv } from "../app-env.ts";
import { documented } from "../documented.ts";
import type { Env } from "../env.ts";
import { problem } from "../problem.ts";
import { addressOf } from "./address-of.ts";
import { guardOf } from "./guard-of.ts";

/** For what anybody may ask: no oftener from one address than it has people. [G107] */
export function requirePace(what: Paced) {
  return documented(
    createMiddleware<AppEnv>(async (c, next) => {
      const until = await waitAt(c, what);
      return until === null ? next() : tooOften(c, until);
    }),
    { "x-problems": ["too-often"] },
  );
}

/** The refusal of an address that has to wait. */
export function tooOften(c: Context<AppEnv>, until: EpochMs): Response {
  c.header("retry-after", String(Math.max(1, Math.ceil((until - Date.now()) / 1000))));
  return problem(c, "too-often");
}

/** Counts that this address asks for it once more. Until when it has to wait; null where it need not. */
export async function waitAt(c: Context<AppEnv>, what: Paced): Promise<EpochMs | null> {
  const env: Pick<Env, "SIGN_IN_GUARDS"> = c.env;
  const verdict = await (await guardOf({ env }, `pace ${what} ${addressOf(c)}`)).askAt(what);
  return verdict.kind === "wait" ? verdict.until : null;
}
