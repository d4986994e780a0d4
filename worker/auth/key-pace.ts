import type { Context } from "hono";
import type { KeyId } from "#domain/exam/ids.ts";
import type { Env } from "../env.ts";

/** As `KEY_REQUESTS` in wrangler.toml has it. */
const most = 600;
const windowSeconds = 10;

/**
 * Whether this key may ask once more now. The answer's headers say how often it may, and where it may not, when it may again
 * (draft-ietf-httpapi-ratelimit-headers). How many are left is not said: the platform counts in many places and does not
 * tell. [K28]
 */
export async function mayAskNow(c: Context, env: Env, keyId: KeyId): Promise<boolean> {
  c.header("ratelimit-policy", `"key";q=${most};w=${windowSeconds}`);
  const { success } = await env.KEY_REQUESTS.limit({ key: keyId });
  if (success) return true;
  c.header("ratelimit", `"key";r=0;t=${windowSeconds}`);
  c.header("retry-after", String(windowSeconds));
  return false;
}
