import * as v from "valibot";
import { permissions } from "#domain/access/permission.ts";
import type { KeyId, MemberId } from "#domain/exam/ids.ts";
import { epochMs, idField, line } from "./field.ts";

const scopes = v.pipe(v.array(v.picklist(permissions)), v.minLength(1), v.maxLength(permissions.length));

/** `POST /v1/keys`: a key of the member who asks. `expiresAt`: within a year. */
export const newKeySchema = v.object({ name: line(100), scopes, expiresAt: epochMs });
export type NewKey = v.InferOutput<typeof newKeySchema>;

/** A key as it is listed. `lastUsedAt`: to the minute, null while it was never used. `revokedAt`: null while it is good. */
export const keySchema = v.pipe(
  v.object({
    keyId: idField<KeyId>(),
    name: v.string(),
    memberId: idField<MemberId>(),
    memberName: v.string(),
    scopes: v.array(v.picklist(permissions)),
    createdAt: epochMs,
    expiresAt: epochMs,
    lastUsedAt: v.nullable(epochMs),
    revokedAt: v.nullable(epochMs),
  }),
  v.title("Key"),
);
export type Key = v.InferOutput<typeof keySchema>;

/** `GET /v1/keys`: all of the institution, the latest made first. */
export const keyListSchema = v.object({ keys: v.array(keySchema) });

/** The answer to `POST /v1/keys`. The token is answered this once: only its hash is kept. [K21] */
export const issuedKeySchema = v.pipe(v.object({ ...keySchema.entries, token: v.string() }), v.title("IssuedKey"));
export type IssuedKey = v.InferOutput<typeof issuedKeySchema>;
