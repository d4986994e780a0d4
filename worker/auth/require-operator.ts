import { timingSafeEqual } from "node:crypto";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../app-env.ts";
import { documented } from "../documented.ts";
import { problem } from "../problem.ts";
import { sha256 } from "../sha256.ts";

/** For who runs the installation: `Authorization: Bearer` with OPERATOR_KEY. Where none is set, nobody is the operator. */
export const requireOperator = documented(
  createMiddleware<AppEnv>(async (c, next) => {
    const { operatorKey } = c.var.settings;
    const [, sent = ""] = /^Bearer ([\x21-\x7e]{32,512})$/.exec(c.req.header("authorization") ?? "") ?? [];
    if (operatorKey === null || !isSame(sent, operatorKey)) return problem(c, "not-signed-in");
    return next();
  }),
  { "x-ways": ["operator"], "x-problems": ["not-signed-in"] },
);

/** Takes as long for whichever character is wrong. */
function isSame(one: string, other: string): boolean {
  const encoder = new TextEncoder();
  return timingSafeEqual(sha256(encoder.encode(one)), sha256(encoder.encode(other)));
}
