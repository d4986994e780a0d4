/** How somebody showed who they are. It stands in the audit and with the sign-in: one may be added, never renamed. */
export const signInWays = ["password", "app-code", "recovery-code", "passkey", "single-sign-on"] as const;
export type SignInWay = (typeof signInWays)[number];

/** What an institution asks of its members. `providerAnswers`: its own provider of sign-ins sees to the second factor. */
export type FactorRule = { readonly isDemanded: boolean; readonly providerAnswers: boolean };

/** What holds until an institution says otherwise. */
export const noFactorRule: FactorRule = { isDemanded: false, providerAnswers: false };

/** A sign-in. `hasShownFactor`: a second factor of the member's own was shown in it, or set up, and is there still. */
export type ShownFactors = { readonly way: SignInWay; readonly hasShownFactor: boolean };

/**
 * What is still asked of a sign-in before anything opens. `to-show`: the member has a factor that was not shown, and whoever
 * knows the password alone must not add another to it. [G90] [G92]
 */
export const factorStandings = ["enough", "to-set-up", "to-show"] as const;
export type FactorStanding = (typeof factorStandings)[number];

/** Whether who signs in by this way shows a second factor of their own with it. A recovery code stands in for the app. */
export function showsFactor(way: SignInWay): boolean {
  return way === "app-code" || way === "recovery-code" || way === "passkey";
}

/** Whether such a sign-in is what the rule asks for. [G90] */
export function isEnough({ isDemanded, providerAnswers }: FactorRule, { way, hasShownFactor }: ShownFactors): boolean {
  return !isDemanded || hasShownFactor || (providerAnswers && way === "single-sign-on");
}

/** `hasFactor`: the member has an app that counts, or a passkey. */
export function factorStanding(rule: FactorRule, shown: ShownFactors, hasFactor: boolean): FactorStanding {
  if (isEnough(rule, shown)) return "enough";
  return hasFactor ? "to-show" : "to-set-up";
}
