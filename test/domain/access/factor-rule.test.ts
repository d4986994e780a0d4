import { describe, expect, it } from "vitest";
import { factorStanding, isEnough, noFactorRule, showsFactor, signInWays } from "#domain/access/factor-rule.ts";

const demanded = { isDemanded: true, providerAnswers: false };
const providersToo = { isDemanded: true, providerAnswers: true };

describe("a second factor that is demanded", () => {
  it("[G90] is a code, a passkey, or the provider where the institution says that it answers for it; a password is none", () => {
    const enough = (rule: typeof demanded) =>
      signInWays.filter((way) => isEnough(rule, { way, hasShownFactor: showsFactor(way) }));
    expect(enough(noFactorRule)).toEqual(signInWays);
    expect(enough({ isDemanded: false, providerAnswers: true })).toEqual(signInWays);
    expect(enough(demanded)).toEqual(["app-code", "recovery-code", "passkey"]);
    expect(enough(providersToo)).toEqual(["app-code", "recovery-code", "passkey", "single-sign-on"]);
  });

  it.each([
    ["enough", "password", true, true],
    ["enough", "single-sign-on", true, false],
    ["to-set-up", "password", false, false],
    ["to-set-up", "single-sign-on", false, false],
    ["to-show", "password", false, true],
    ["to-show", "single-sign-on", false, true],
    // It was shown, and all that there was is taken away since.
    ["to-set-up", "app-code", false, false],
  ] as const)("[G92] [G93] is %s after %s, shown: %s, had: %s", (standing, way, hasShownFactor, hasFactor) => {
    expect(factorStanding(demanded, { way, hasShownFactor }, hasFactor)).toBe(standing);
    expect(factorStanding(noFactorRule, { way, hasShownFactor }, hasFactor)).toBe("enough");
  });
});
