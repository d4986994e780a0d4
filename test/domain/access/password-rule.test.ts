import { describe, expect, it } from "vitest";
import { commonPasswords } from "#domain/access/common-passwords.ts";
import { faultOfPassword } from "#domain/access/password-rule.ts";

const email = "lin.wei@school.example";

describe("a new password", () => {
  it("[G30] has twelve characters as a person counts them, of any kind", () => {
    expect(faultOfPassword("eleven char", email)).toBe("too-short");
    expect(faultOfPassword("twelve chars", email)).toBeNull();
    expect(faultOfPassword("é".normalize("NFD").repeat(6), email)).toBe("too-short");
    expect(faultOfPassword("🐎🔋📎🌧️abcdefg", email)).toBeNull();
    expect(faultOfPassword("lowercase and spaces", email)).toBeNull();
  });

  it("[G31] is none that many people use, in any letter case", () => {
    for (const common of ["administrator", "QWERTY123456", "1qaz2wsx3edc", email, email.toUpperCase()]) {
      expect(faultOfPassword(common, email), common).toBe("too-common");
    }
    for (const few of ["aaaaaaaaaaaaaaaa", "121212121212", "abcdabcdabcd"]) {
      expect(faultOfPassword(few, email), few).toBe("too-common");
    }
    expect(commonPasswords.size).toBeGreaterThan(300);
    expect([...commonPasswords].filter((each) => each.length < 12 || each !== each.toLowerCase())).toEqual([]);
  });

  it("[G31] is not made of the account's address and the words of this trade", () => {
    for (const guess of ["lin.wei-school2026", "Invigil-Exam-2026!", "SchoolProctor1", "wei wei wei wei"]) {
      expect(faultOfPassword(guess, email), guess).toBe("too-common");
    }
    for (const own of ["lin keeps the register", "exam tuesday gravel", "Прохожий идёт домой"]) {
      expect(faultOfPassword(own, email), own).toBeNull();
    }
  });
});
