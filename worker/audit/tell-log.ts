import type { TenantId } from "#domain/exam/ids.ts";
import type { TransparencyLogRpc } from "#protocol/transparency-log.ts";
import type { Env } from "../env.ts";

/** Tells the institution's transparency log that there are entries for it. Throws where it cannot be reached. */
export async function tellLog(
  { TRANSPARENCY_LOGS }: Pick<Env, "TRANSPARENCY_LOGS">,
  tenantId: TenantId,
): Promise<void> {
  const stub = TRANSPARENCY_LOGS.get(TRANSPARENCY_LOGS.idFromName(tenantId));
  // The class belongs to another room: both sides are typed by the same RPC.
  await (stub as DurableObjectStub & TransparencyLogRpc).expect(tenantId);
}
