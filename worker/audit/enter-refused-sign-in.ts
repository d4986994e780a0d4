import { drizzle } from "drizzle-orm/d1";
import type { Context } from "hono";
import type { MemberId, TenantId } from "#domain/exam/ids.ts";
import type { AppEnv } from "../app-env.ts";
import { auditStatement } from "../database/audit-statement.ts";
import type { Home } from "../home.ts";
import { faultOf, log } from "../log.ts";
import { requestIdOf } from "../problem.ts";
import { entryOf } from "./acting.ts";
import { tellLog } from "./tell-log.ts";

/**
 * Somebody tried this account with a wrong password, with the right one and a wrong code, or with a passkey that is not good: whose it is, is known; who
 * tried is not. It is entered after the
 * answer has left, which must take as long as for an account that there is not.
 */
export function enterRefusedSignIn(
  c: Context<AppEnv>,
  { tenantId, memberId, home }: { readonly tenantId: TenantId; readonly memberId: MemberId; readonly home: Home },
  kind: "sign-in-refused" | "second-factor-refused" | "passkey-refused",
): void {
  const entry = entryOf(c, { kind: "member", id: memberId }, { kind, on: null });
  async function enter(): Promise<void> {
    try {
      await drizzle(home.database).batch([auditStatement(home.database, tenantId, [{ source: null, entry }])]);
      await tellLog(c.env, tenantId);
    } catch (error) {
      const reason = error instanceof Error ? faultOf(error).error : "none";
      log({ event: "log-not-told", requestId: requestIdOf(c), tenantId, error: reason });
    }
  }
  c.executionCtx.waitUntil(enter());
}
