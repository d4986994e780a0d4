import * as v from "valibot";
import type { AttemptId, ExamSessionId, MemberId, TenantId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import type { TokenKind } from "../auth/sealed-token.ts";

/** The right of one member to see one attempt's pictures. */
export type PictureClaims = {
  readonly tenantId: TenantId;
  readonly examSessionId: ExamSessionId;
  readonly attemptId: AttemptId;
  readonly memberId: MemberId;
};

export const pictureToken: TokenKind<PictureClaims> = {
  purpose: "picture",
  claims: v.object({
    tenantId: idField<TenantId>(),
    examSessionId: idField<ExamSessionId>(),
    attemptId: idField<AttemptId>(),
    memberId: idField<MemberId>(),
  }),
};

export const pictureTokenMs = 5 * 60 * 1000;
