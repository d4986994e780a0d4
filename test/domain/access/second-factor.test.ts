import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { newRecoveryCode, readCode, recoveryCodeCount, stepOf } from "#domain/access/second-factor.ts";

const at = (seconds: number) => seconds * 1000;
/** A code that says its own step. */
const codeAt = (step: number) => String(step).padStart(6, "0");

describe("a code", () => {
  it("is read as digits of the app or as a recovery code, however it was written", () => {
    expect(readCode(" 123 456 ")).toEqual({ kind: "app", digits: "123456" });
    expect(readCode("abcd-efgh ij27")).toEqual({ kind: "recovery", characters: "ABCDEFGHIJ27" });
    for (const typed of ["", "12345", "1234567", "١٢٣٤٥٦", "abcd-efgh-ij2", "abcd-efgh-ij01", "<script>"]) {
      expect(readCode(typed), typed).toBeNull();
    }
  });

  it("[G41] of the app is taken from the step now, the one before and the one after, and from no other", () => {
    const taken = [8, 9, 10, 11, 12].map((step) => stepOf(codeAt(step), null, at(10 * 30 + 29), codeAt));
    expect(taken).toEqual([null, 9, 10, 11, null]);
  });

  it("[G42] of a step that was used, or of one before it, is not taken", () => {
    expect([9, 10, 11].map((step) => stepOf(codeAt(step), 10, at(10 * 30), codeAt))).toEqual([null, null, 11]);
  });
});

describe("recovery codes", () => {
  it("[G44] are ten, of 60 random bits each, in characters that are not taken for others", () => {
    const codes = Array.from({ length: recoveryCodeCount }, () => newRecoveryCode((bytes) => randomBytes(bytes)));
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}$/);
    expect(newRecoveryCode((bytes) => new Uint8Array(bytes).map((_, n) => 32 * (n % 8) + n))).toBe("ABCD-EFGH-IJKL");
  });
});
