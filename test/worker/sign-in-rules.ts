import { roles } from "#domain/access/permission.ts";
import { password } from "#test/support/school.ts";
import type { Rule } from "./access-route.ts";

const everybody: Rule = { for: "everybody" };

/** Who may call the routes of second factors and passkeys. */
export const signInRules: Readonly<Record<string, Rule>> = {
  "POST /v1/sign-in/second-factor": everybody,
  "GET /v1/sign-in/authenticator": { for: roles, person: true },
  "POST /v1/sign-in/authenticator": { for: roles, person: true, body: () => ({ password }) },
  "PUT /v1/sign-in/authenticator": { for: roles, person: true, body: () => ({ code: "123456" }) },
  "POST /v1/sign-in/authenticator/removal": { for: roles, person: true, body: () => ({ password, code: "123456" }) },
  "POST /v1/sign-in/authenticator/recovery-codes": {
    for: roles,
    person: true,
    body: () => ({ password, code: "123456" }),
  },
  "POST /v1/sign-in/single-sign-on": everybody,
  "GET /v1/sign-in/single-sign-on/callback": everybody,
  "POST /v1/sign-in/revocation": { for: roles, person: true, body: () => ({ password }) },
  "POST /v1/members/:memberId/revocation": { for: ["admin"] },
  "GET /v1/second-factor-rule": { for: ["admin"], person: true },
  "PUT /v1/second-factor-rule": {
    for: ["admin"],
    person: true,
    body: () => ({ isDemanded: false, providerAnswers: false }),
  },
  "GET /v1/single-sign-on": { for: ["admin"], person: true },
  "PUT /v1/single-sign-on": {
    for: ["admin"],
    person: true,
    body: () => ({
      issuer: "https://id.school.example",
      clientId: "invigil",
      clientSecret: "a secret",
      emailDomain: "school.example",
    }),
  },
  "DELETE /v1/single-sign-on": { for: ["admin"], person: true },
  "POST /v1/sign-in/passkey/options": everybody,
  "POST /v1/sign-in/passkey": everybody,
  "GET /v1/sign-in/passkeys": { for: roles, person: true },
  "POST /v1/sign-in/passkeys/options": { for: roles, person: true, body: () => ({ password }) },
  "POST /v1/sign-in/passkeys": {
    for: roles,
    person: true,
    body: () => ({
      name: "A phone",
      passkey: { id: "A", rawId: "A", type: "public-key", response: { clientDataJSON: "A", attestationObject: "A" } },
    }),
  },
  "POST /v1/sign-in/passkeys/:passkeyId/removal": {
    for: roles,
    own: true,
    person: true,
    body: () => ({ password }),
  },
};
