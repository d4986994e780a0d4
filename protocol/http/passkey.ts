import * as v from "valibot";
import type { PasskeyId } from "#domain/exam/ids.ts";
import { epochMs, idField } from "./field.ts";

/*
 * Options and answers are those of WebAuthn level 3 in their JSON form (section 5.1, `parseCreationOptionsFromJSON` and
 * `toJSON`), as far as we use them. Bytes are base64url.
 */

const base64Url = (most: number) => v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]*$/), v.maxLength(most));

/** `POST /v1/sign-in/passkey/options`: what `navigator.credentials.get` is asked. */
export const passkeyRequestSchema = v.object({
  challenge: v.string(),
  rpId: v.string(),
  timeout: v.number(),
  userVerification: v.literal("required"),
});

/** `POST /v1/sign-in/passkey`. */
export const shownPasskeySchema = v.object({
  id: base64Url(1400),
  rawId: base64Url(1400),
  type: v.literal("public-key"),
  response: v.object({
    clientDataJSON: base64Url(4000),
    authenticatorData: base64Url(4000),
    signature: base64Url(4000),
    userHandle: base64Url(100),
  }),
});
export type ShownPasskey = v.InferOutput<typeof shownPasskeySchema>;

/** `POST /v1/sign-in/passkeys/options`: what `navigator.credentials.create` is asked. */
export const passkeyCreationSchema = v.object({
  challenge: v.string(),
  rp: v.object({ id: v.string(), name: v.string() }),
  user: v.object({ id: v.string(), name: v.string(), displayName: v.string() }),
  pubKeyCredParams: v.array(v.object({ type: v.literal("public-key"), alg: v.number() })),
  timeout: v.number(),
  excludeCredentials: v.array(v.object({ type: v.literal("public-key"), id: v.string() })),
  authenticatorSelection: v.object({
    residentKey: v.literal("required"),
    requireResidentKey: v.literal(true),
    userVerification: v.literal("required"),
  }),
  attestation: v.literal("none"),
});

/** `POST /v1/sign-in/passkeys`. */
export const addPasskeySchema = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60)),
  passkey: v.object({
    id: base64Url(1400),
    rawId: base64Url(1400),
    type: v.literal("public-key"),
    response: v.object({ clientDataJSON: base64Url(4000), attestationObject: base64Url(20_000) }),
  }),
});
export type CreatedPasskey = v.InferOutput<typeof addPasskeySchema>["passkey"];

const passkeyEntrySchema = v.object({
  passkeyId: idField<PasskeyId>(),
  /** As its member named it. */
  name: v.string(),
  addedAt: epochMs,
  lastUsedAt: v.nullable(epochMs),
});
export type PasskeyEntry = v.InferOutput<typeof passkeyEntrySchema>;

/** `GET /v1/sign-in/passkeys`, the oldest first. */
export const passkeyListSchema = v.object({ passkeys: v.array(passkeyEntrySchema) });
