import type { Context } from "hono";
import type { KeyId, SignInId, TenantId } from "#domain/exam/ids.ts";
import type { Me } from "#protocol/http/sign-in.ts";
import type { Acting } from "./audit/acting.ts";
import type { CandidateClaims } from "./auth/candidate-token.ts";
import type { Env, Settings } from "./env.ts";
import type { Home } from "./home.ts";

/**
 * What every handler can reach: `c.env` (bindings), `c.var.settings` (settings, parsed), `c.var.requestId`, and
 * `c.var.acting` where a member has shown who they are; `auditedTenant` is whose audit
 * has an entry more. `signInId` is the sign-in and `keyId` the key by which a member asks,
 * null where it is not by one. `downloadedList`: the answer is this list as a file.
 */
export type AppEnv = {
  Bindings: Env;
  Variables: {
    settings: Settings;
    requestId: string;
    acting?: Acting;
    auditedTenant?: TenantId;
    signInId: SignInId | null;
    /** By what the policy of a page knows the styles that our own script writes. */
    styleNonce?: string;
    /** That this is the answer of an earlier request, which is in the audit already. */
    isAnsweredAgain?: true;
    keyId: KeyId | null;
    downloadedList?: string;
  };
};

/** After `requireMember` or `requirePermission`: who it is, where their institution lives, and what writers need of them. */
export type MemberEnv = AppEnv & { Variables: { member: Me; home: Home; acting: Acting } };

/** What the cookie says, and the browser that it is for, by the key of which the request is proven. */
type ProvenCandidate = Omit<CandidateClaims, "cnf"> & { readonly browser: string };

/** After `requireAttempt`: which attempt this browser checked in to, and where its institution lives. */
export type CandidateEnv = AppEnv & { Variables: { candidate: ProvenCandidate; home: Home } };

/** Of a handler that needs nobody signed in, or a member. */
export type AppContext = Context<AppEnv> | Context<MemberEnv>;
