import * as v from "valibot";
import type { MemberId, SignInId, TenantId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import type { TokenKind } from "./sealed-token.ts";

/** Who signed in, and by which sign-in. Roles are not in it: they are read from the database at each request, with whether the sign-in goes on. */
export type StaffClaims = { readonly tenantId: TenantId; readonly memberId: MemberId; readonly signInId: SignInId };

export const staffToken: TokenKind<StaffClaims> = {
  purpose: "staff",
  claims: v.object({ tenantId: idField<TenantId>(), memberId: idField<MemberId>(), signInId: idField<SignInId>() }),
};
