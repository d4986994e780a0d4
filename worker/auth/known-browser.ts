import * as v from "valibot";
import type { MemberId, TenantId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import type { TokenKind } from "./sealed-token.ts";

/**
 * That this browser has signed in to this account before (the device cookie of OWASP's "Slow down online guessing
 * attacks with device cookies"). It opens nothing: whoever has it is counted apart from strangers. [G4] [G9]
 */
export type KnownBrowserClaims = { readonly tenantId: TenantId; readonly memberId: MemberId; readonly browser: string };

export const knownBrowserToken: TokenKind<KnownBrowserClaims> = {
  purpose: "known-browser",
  claims: v.object({
    tenantId: idField<TenantId>(),
    memberId: idField<MemberId>(),
    browser: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/)),
  }),
};

export const knownBrowserMs = 365 * 24 * 60 * 60 * 1000;
