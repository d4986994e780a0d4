import * as v from "valibot";
import type { MemberId, TenantId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import type { TokenKind } from "./sealed-token.ts";

/** Who signed in. Roles are not in it: they are read from the database at each request, so that they can be taken away. */
export type StaffClaims = { readonly tenantId: TenantId; readonly memberId: MemberId };

export const staffToken: TokenKind<StaffClaims> = {
  purpose: "staff",
  claims: v.object({ tenantId: idField<TenantId>(), memberId: idField<MemberId>() }),
};

/** A working day. */
export const staffTokenMs = 12 * 60 * 60 * 1000;
