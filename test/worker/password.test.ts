import { describe, expect, it } from "vitest";
import { hashPassword, verifyPassword } from "#worker/auth/password.ts";

describe("passwords", () => {
  it("are hashed with a salt of their own and the parameters beside it", async () => {
    const [one, other] = await Promise.all([hashPassword("the same one"), hashPassword("the same one")]);
    expect(one).toMatch(/^\$scrypt\$ln=14,r=8,p=5\$[\w-]{22}\$[\w-]{43}$/);
    expect(other).not.toBe(one);
    expect(await verifyPassword("the same one", one)).toBe(true);
    expect(await verifyPassword("the other one", one)).toBe(false);
  });

  it("match whichever way an accented letter was typed", async () => {
    const stored = await hashPassword("caf\u00E9-au-lait");
    expect(await verifyPassword("cafe\u0301-au-lait", stored)).toBe(true);
  });

  it("are read with the parameters of the stored string, so that old ones go on working", async () => {
    const { scryptSync } = await import("node:crypto");
    const salt = Buffer.alloc(16, 7);
    const hash = scryptSync("old", salt, 32, { N: 16, r: 1, p: 1 }).toString("base64url");
    expect(await verifyPassword("old", `$scrypt$ln=4,r=1,p=1$${salt.toString("base64url")}$${hash}`)).toBe(true);
  });

  it("never match an account that does not exist, and a malformed hash is an error of ours", async () => {
    expect(await verifyPassword("", null)).toBe(false);
    await expect(verifyPassword("x", "plain")).rejects.toThrow("malformed");
  });
});
