import { faultOfPassword, shortestPassword } from "#domain/access/password-rule.ts";

/** What a new password is to be like. */
export const passwordAdvice = `At least ${shortestPassword} characters, of any kind.`;

/** Why it would not be taken, in words; null where it would. */
export function passwordFaultWords(password: string, email: string): string | null {
  switch (faultOfPassword(password, email)) {
    case "too-short":
      return `Take at least ${shortestPassword} characters.`;
    case "too-common":
      return "This one would be tried first: many people use it, or it is made of your address and words of exams. Take another.";
    case null:
      return null;
  }
}
