import { describe, expect, test } from "vitest";
import { type Rule, sources } from "./source.ts";
import { holdsNoSecret, isAnywhere, isFinished, saysSomething } from "./words.ts";

/** Joined here, so that this file is not found itself. */
function joined(...parts: readonly string[]): string {
  return parts.join("");
}

const rules: readonly { readonly is: string; readonly rule: Rule; readonly bad: readonly string[] }[] = [
  { is: "finished", rule: isFinished, bad: [joined("// TO", "DO later"), joined("FIX", "ME: broken")] },
  { is: "no filler", rule: saysSomething, bad: [joined("<p>Lore", "m dolor</p>")] },
  { is: "of no one machine", rule: isAnywhere, bad: [joined("see /wo", "rk/main/x"), joined('"/ho', 'me/ada/x"')] },
  {
    is: "without secrets",
    rule: holdsNoSecret,
    bad: [
      joined("-----BEGIN EC PRIVATE", " KEY-----"),
      joined('{ "crv": "Ed25519", "d', '": "', "a1_-".repeat(11), '" }'),
      joined("iv", "k_", "a1B2c3D4e5F6g7H8i9J0"),
      joined("whs", "ec_", "MfKQ9r8GKYqrTwjUPD8ILPZI"),
      joined("RECORDING_", "KEY='", "q83vASNFZ4mrze8BI0VniavN", "'"),
    ],
  },
];

describe("words", () => {
  test.each(rules)("every text is $is", ({ rule }) => {
    expect(rule(sources())).toEqual([]);
  });

  test.each(rules)("a text that is not $is is found, with its line", ({ rule, bad }) => {
    for (const line of bad) {
      expect(rule([{ path: "docs/a.md", text: `good\n${line}\n` }]).join("\n"), line).toMatch(/^docs\/a\.md:2: .+$/);
    }
    expect(rule([{ path: "docs/a.md", text: "The route /v1/work/a, and the lore of all that is done" }])).toEqual([]);
  });
});
