import * as v from "valibot";
import type { Segment } from "#domain/attempt/command.ts";
import type { AttemptId, ExamSessionId, TenantId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import { segmentSchema } from "#protocol/http/sit.ts";
import { browserId } from "../auth/candidate-token.ts";
import type { TokenKind } from "../auth/sealed-token.ts";

/**
 * The right to put these very bytes in this one place. Whoever has it needs nothing else, as long as the attempt is still
 * that of the browser that announced them.
 */
export type UploadClaims = {
  readonly tenantId: TenantId;
  readonly examSessionId: ExamSessionId;
  readonly attemptId: AttemptId;
  readonly browser: string;
  readonly segment: Segment;
};

export const uploadToken: TokenKind<UploadClaims> = {
  purpose: "upload",
  claims: v.object({
    tenantId: idField<TenantId>(),
    examSessionId: idField<ExamSessionId>(),
    attemptId: idField<AttemptId>(),
    browser: browserId,
    segment: segmentSchema,
  }),
};

export const uploadTokenMs = 5 * 60 * 1000;
