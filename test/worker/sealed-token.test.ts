import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import * as v from "valibot";
import { openToken, sealToken, type TokenKind, type TokenPurpose } from "#worker/auth/sealed-token.ts";
import { settings } from "#test/support/school.ts";

const purposes: readonly TokenPurpose[] = ["staff", "known-browser", "attempt", "viewer", "upload", "playback"];

function kindOf(purpose: TokenPurpose): TokenKind<{ seat: string }> {
  return { purpose, claims: v.object({ seat: v.string() }) };
}

const soon = () => Date.now() + 60_000;

describe("a sealed token", () => {
  for (const purpose of purposes) {
    it(`for ${purpose} opens as that and as nothing else`, async () => {
      const token = await sealToken(settings, kindOf(purpose), { seat: "7" }, soon());
      for (const other of purposes) {
        const expected = other === purpose ? { seat: "7" } : null;
        expect(await openToken(settings, kindOf(other), token)).toEqual(expected);
      }
    });
  }

  it("is no good once its time is over", async () => {
    const token = await sealToken(settings, kindOf("upload"), { seat: "7" }, Date.now() - 1_000);
    expect(await openToken(settings, kindOf("upload"), token)).toBeNull();
  });

  it("is no good by another key, nor when a character of it was changed", async () => {
    const jwk = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
    const foreign = {
      ...settings,
      tokenSigningKey: { kty: "OKP" as const, crv: "Ed25519" as const, x: jwk.x!, d: jwk.d! },
    };
    const token = await sealToken(foreign, kindOf("upload"), { seat: "7" }, soon());
    expect(await openToken(foreign, kindOf("upload"), token)).toEqual({ seat: "7" });
    expect(await openToken(settings, kindOf("upload"), token)).toBeNull();

    const own = await sealToken(settings, kindOf("upload"), { seat: "7" }, soon());
    const [head, claims, signature] = own.split(".");
    const changed = btoa(atob(claims!).replace('"7"', '"8"')).replaceAll("=", "");
    expect(await openToken(settings, kindOf("upload"), `${head}.${changed}.${signature}`)).toBeNull();
    const unsigned = `${btoa('{"alg":"none","typ":"invigil-upload+jwt"}').replaceAll("=", "")}.${claims}.`;
    expect(await openToken(settings, kindOf("upload"), unsigned)).toBeNull();
    expect(await openToken(settings, kindOf("upload"), "no token at all")).toBeNull();
  });

  it("is no good when its claims are not those of its kind", async () => {
    const token = await sealToken(settings, kindOf("upload"), { seat: "7" }, soon());
    const other: TokenKind<{ row: string }> = { purpose: "upload", claims: v.object({ row: v.string() }) };
    expect(await openToken(settings, other, token)).toBeNull();
  });
});
