import * as v from "valibot";
import { factorStandings } from "#domain/access/factor-rule.ts";
import { permissions, roles } from "#domain/access/permission.ts";
import type { MemberId, RoleId, TenantId } from "#domain/exam/ids.ts";
import { idField } from "./field.ts";

/** `POST /v1/sign-in`. Answers with `meSchema` and sets the staff cookie. */
export const signInSchema = v.object({
  email: v.pipe(v.string(), v.email(), v.maxLength(254)),
  password: v.pipe(v.string(), v.minLength(1), v.maxLength(256)),
});

/** `PUT /v1/sign-in/password`. What makes a new one weak is answered as `weak-password`. */
export const changePasswordSchema = v.object({
  current: signInSchema.entries.password,
  next: signInSchema.entries.password,
  /** My keys of the API and my passkeys go too. */
  andRevoke: v.optional(v.boolean(), false),
});

const countField = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What was taken from an account: sign-ins that ended, keys of the API and passkeys that are good no more. */
export const revokedSchema = v.object({ signIns: countField, keys: countField, passkeys: countField });
export type Revoked = v.InferOutput<typeof revokedSchema>;

/** Answer of `PUT /v1/sign-in/password`, with how many keys and passkeys stay. */
export const passwordChangedSchema = v.object({
  ...revokedSchema.entries,
  keysLeft: countField,
  passkeysLeft: countField,
});
export type PasswordChanged = v.InferOutput<typeof passwordChangedSchema>;

/** `GET /v1/me`: who is signed in. */
export const meSchema = v.pipe(
  v.object({
    memberId: idField<MemberId>(),
    tenantId: idField<TenantId>(),
    tenantName: v.string(),
    name: v.string(),
    email: v.string(),
    roles: v.array(v.picklist(roles)),
    /** Roles that the institution made itself. */
    customRoles: v.array(v.object({ roleId: idField<RoleId>(), name: v.string() })),
    /** Everything that these roles allow together; nothing while a second factor is wanting. */
    permissions: v.array(v.picklist(permissions)),
    /** Whether the second factor that the institution asks for was shown in this sign-in. */
    secondFactor: v.picklist(factorStandings),
  }),
  v.title("Me"),
);
export type Me = v.InferOutput<typeof meSchema>;
