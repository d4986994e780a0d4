import * as v from "valibot";
import type { ExamSessionId, MemberId, TenantId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import type { TokenKind } from "../auth/sealed-token.ts";

/** Whose receiving peer connection it is, and for which exam session. */
export type ViewerClaims = {
  readonly tenantId: TenantId;
  readonly examSessionId: ExamSessionId;
  readonly memberId: MemberId;
  readonly sfuSession: string;
};

export const viewerToken: TokenKind<ViewerClaims> = {
  purpose: "viewer",
  claims: v.object({
    tenantId: idField<TenantId>(),
    examSessionId: idField<ExamSessionId>(),
    memberId: idField<MemberId>(),
    sfuSession: v.pipe(v.string(), v.minLength(1), v.maxLength(256)),
  }),
};

/** As long as a sign-in: whoever watches longer has signed in again. */
export const viewerTokenMs = 12 * 60 * 60 * 1000;
