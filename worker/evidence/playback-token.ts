import * as v from "valibot";
import type { AttemptId, ExamSessionId, MemberId, TenantId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import type { TokenKind } from "../auth/sealed-token.ts";

/**
 * The right of one member to play one attempt's recording. It is one token for all segments: an exam of three hours has
 * more than five thousand, and signing each would take a second of every look at the list.
 */
export type PlaybackClaims = {
  readonly tenantId: TenantId;
  readonly examSessionId: ExamSessionId;
  readonly attemptId: AttemptId;
  readonly memberId: MemberId;
};

export const playbackToken: TokenKind<PlaybackClaims> = {
  purpose: "playback",
  claims: v.object({
    tenantId: idField<TenantId>(),
    examSessionId: idField<ExamSessionId>(),
    attemptId: idField<AttemptId>(),
    memberId: idField<MemberId>(),
  }),
};

export const playbackTokenMs = 15 * 60 * 1000;
