import * as v from "valibot";
import type { SignInId } from "#domain/exam/ids.ts";
import { epochMs, idField } from "./field.ts";

/** `GET /v1/sign-ins`: where the member is signed in, the latest use first. */
export const signInListSchema = v.object({
  signIns: v.array(
    v.object({
      signInId: idField<SignInId>(),
      /** "Firefox on Linux"; null where the browser did not say. */
      browser: v.nullable(v.string()),
      /** "Lisbon, PT", by the network address at the last use; null where the platform does not know. */
      place: v.nullable(v.string()),
      signedInAt: epochMs,
      /** To ten minutes. */
      lastUsedAt: epochMs,
      expiresAt: epochMs,
      /** Whether it is the one that asks. */
      isThis: v.boolean(),
    }),
  ),
});
export type SignInEntry = v.InferOutput<typeof signInListSchema>["signIns"][number];
