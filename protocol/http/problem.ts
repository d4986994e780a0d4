import * as v from "valibot";
import { epochMs } from "./field.ts";

/** Stable codes of everything that the API says no with. A page looks its text up by code. */
export const problemCodes = [
  "bad-request",
  "not-signed-in",
  "wrong-credentials",
  "second-factor-needed",
  "second-factor-demanded",
  "wrong-code",
  "passkey-refused",
  "no-provider",
  "sign-in-otherwise",
  "weak-password",
  "stale-proof",
  "another-browser",
  "email-taken",
  "idempotency-key-reused",
  "last-admin",
  "more-than-own",
  "too-many-tries",
  "proof-needed",
  "not-allowed",
  "not-found",
  "conflict",
  "changed-meanwhile",
  "link-not-yet",
  "link-expired",
  "link-revoked",
  "link-in-use",
  "too-large",
  "too-often",
  "unsupported-media-type",
  "hash-mismatch",
  "refused",
  "out-of-credit",
  "media-unavailable",
  "viewer-gone",
  "erased",
  "internal-error",
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** What is wrong with one row of many that were sent. `row` counts from 1, in a CSV from the row under its header. */
export const rowFaultSchema = v.pipe(
  v.object({ row: v.number(), code: v.picklist(problemCodes), detail: v.string() }),
  v.title("RowFault"),
);
export type RowFault = v.InferOutput<typeof rowFaultSchema>;

/** RFC 9457. `type` is `about:blank#<code>`-like and opaque; `detail` never echoes input. */
export const problemSchema = v.object({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  code: v.picklist(problemCodes),
  detail: v.string(),
  requestId: v.string(),
  /** When it will be otherwise, where that is known: of `link-not-yet`, from when the link opens. */
  at: v.optional(epochMs),
  /** Where rows were sent and all are refused for some of them: each of these. */
  rows: v.optional(v.array(rowFaultSchema)),
});
export type Problem = v.InferOutput<typeof problemSchema>;
