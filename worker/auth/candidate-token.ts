import * as v from "valibot";
import type { AttemptId, ExamSessionId, TenantId } from "#domain/exam/ids.ts";
import { idField, sha256Hex } from "#protocol/http/field.ts";
import type { TokenKind } from "./sealed-token.ts";

/**
 * Which attempt a browser checked in to. `cnf.jkt` is the thumbprint of that browser's key (RFC 9449, section 6): without
 * the key the token opens nothing. `linkHash` is that of the link it came with: a link that is replaced takes its cookies
 * with it.
 */
export type CandidateClaims = {
  readonly tenantId: TenantId;
  readonly examSessionId: ExamSessionId;
  readonly attemptId: AttemptId;
  readonly cnf: { readonly jkt: string };
  readonly linkHash: string;
};

/** A browser is named by its key's thumbprint: nobody can say another, and nobody else can show it. */
export const browserId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));

export const candidateToken: TokenKind<CandidateClaims> = {
  purpose: "attempt",
  claims: v.object({
    tenantId: idField<TenantId>(),
    examSessionId: idField<ExamSessionId>(),
    attemptId: idField<AttemptId>(),
    cnf: v.object({ jkt: browserId }),
    linkHash: sha256Hex,
  }),
};

/**
 * How long the cookie outlives the latest regular end of the attempt: time for allowances, grants, pauses and the upload
 * of what is still on the candidate's disk.
 */
export const candidateTokenGraceMs = 24 * 60 * 60 * 1000;
