import * as v from "valibot";
import type { TenantId } from "#domain/exam/ids.ts";
import { idField, line } from "./field.ts";

/** `POST /v1/sign-in/single-sign-on`: the institution by its id. */
export const beginSingleSignOnSchema = v.object({ institution: idField<TenantId>() });

/** Its answer: the page of the institution's provider. */
export const singleSignOnAddressSchema = v.object({ address: v.string() });

const emailDomain = v.pipe(
  v.string(),
  v.trim(),
  v.toLowerCase(),
  v.maxLength(253),
  v.regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/),
);

/** `PUT /v1/single-sign-on`. The secret is asked for each time: it is never shown again. */
export const providerSchema = v.object({
  issuer: v.pipe(v.string(), v.trim(), v.url(), v.maxLength(500)),
  clientId: line(300),
  clientSecret: line(500),
  emailDomain,
});

/** `GET /v1/single-sign-on`. `callback` is what the provider has to be told. */
export const singleSignOnSchema = v.object({
  institution: v.string(),
  callback: v.string(),
  provider: v.nullable(v.object({ issuer: v.string(), clientId: v.string(), emailDomain: v.string() })),
});

/** What the sign-in page is told, as `?problem=`, when the way by the provider ended without a sign-in. */
export const singleSignOnProblems = ["sso-failed", "sso-refused", "sso-no-member", "sso-too-often"] as const;
export type SingleSignOnProblem = (typeof singleSignOnProblems)[number];
