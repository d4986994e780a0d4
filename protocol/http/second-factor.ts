import * as v from "valibot";
import { signInWays } from "#domain/access/factor-rule.ts";
import { epochMs } from "./field.ts";
import { signInSchema } from "./sign-in.ts";

const { password } = signInSchema.entries;
/** Six digits of the app or a recovery code, however spaced. */
const code = v.pipe(v.string(), v.minLength(1), v.maxLength(40));

/** `POST /v1/sign-in/second-factor`, right after `POST /v1/sign-in` was answered with `second-factor-needed`. */
export const secondStepSchema = v.object({ code });

/** `POST /v1/sign-in/authenticator`. */
export const beginAuthenticatorSchema = v.object({ password });

/** Its answer: what the app is told, as text and as the address that a QR code has. */
export const newAuthenticatorSchema = v.object({ secret: v.string(), address: v.string() });

/** `PUT /v1/sign-in/authenticator`: the first code of the app. */
export const confirmAuthenticatorSchema = v.object({ code });

/** Before what changes how a member signs in: who they are, once more. `code` where there is an authenticator app. */
export const ownFactorsSchema = v.object({ password, code: v.optional(code) });
export type OwnFactors = v.InferOutput<typeof ownFactorsSchema>;

/** Recovery codes as they are shown, once. */
export const recoveryCodesSchema = v.object({ recoveryCodes: v.array(v.string()) });

/** `GET /v1/sign-in/authenticator`: null where no app counts. */
export const authenticatorSchema = v.object({
  setAt: v.nullable(epochMs),
  recoveryCodesLeft: v.number(),
});
export type Authenticator = v.InferOutput<typeof authenticatorSchema>;

/** `PUT /v1/second-factor-rule`: whether every member needs a second factor, and whether the provider of sign-ins sees to it. */
export const factorRuleSchema = v.object({ isDemanded: v.boolean(), providerAnswers: v.boolean() });

/** `GET /v1/second-factor-rule`, with what the sign-in has shown that asks, and how many members have no factor yet. */
export const factorRuleStateSchema = v.object({
  ...factorRuleSchema.entries,
  own: v.object({ way: v.picklist(signInWays), hasShownFactor: v.boolean() }),
  members: v.number(),
  membersWithout: v.number(),
});
