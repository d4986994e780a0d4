import type { Context } from "hono";
import * as v from "valibot";
import type { KeyId, TenantId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import { randomToken } from "./random-token.ts";

/** `ivk_<tenant>.<key>.<43 characters>`: the prefix is what scanners of published code look for. */
export type ApiKeyToken = { readonly tenantId: TenantId; readonly keyId: KeyId; readonly text: string };

export function newApiKeyToken(tenantId: TenantId, keyId: KeyId): ApiKeyToken {
  return { tenantId, keyId, text: `ivk_${tenantId}.${keyId}.${randomToken(32)}` };
}

/** Whether the request shows a key (RFC 6750): then no cookie takes part in it. [K25] */
export function hasBearer(c: Context): boolean {
  return /^bearer\b/i.test(c.req.header("authorization") ?? "");
}

/** The token of a request that has one; null when it cannot be one of ours. */
export function readApiKey(c: Context): ApiKeyToken | null {
  const text = /^bearer +(\S+) *$/i.exec(c.req.header("authorization") ?? "")?.[1] ?? "";
  const [, tenant, key] = /^ivk_([^.]+)\.([^.]+)\.[A-Za-z0-9_-]{43}$/.exec(text) ?? [];
  const tenantId = v.safeParse(idField<TenantId>(), tenant);
  const keyId = v.safeParse(idField<KeyId>(), key);
  return tenantId.success && keyId.success ? { tenantId: tenantId.output, keyId: keyId.output, text } : null;
}
