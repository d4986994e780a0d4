import { HOTP, Secret, TOTP } from "otpauth";
import { codeSeconds, stepOf } from "#domain/access/second-factor.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";

/** SHA-1, six digits, 30 s: what every authenticator app takes, and some take nothing else. */
const shape = { algorithm: "SHA1", digits: 6 } as const;

/** 160 random bits in base32, as RFC 4226, section 4, recommends. */
export function newAppSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What the QR code says: `otpauth://totp/…`. `label` names the account in the app. */
export function appAddress(secret: string, label: string): string {
  return new TOTP({ ...shape, secret, label, issuer: "Invigil", period: codeSeconds }).toString();
}

/** The time step of the app's code, or null where it is wrong or was used before (RFC 6238). [G41] [G42] */
export function stepOfAppCode(secret: string, digits: string, lastStep: number | null, now: EpochMs): number | null {
  const key = Secret.fromBase32(secret);
  return stepOf(digits, lastStep, now, (counter) => HOTP.generate({ ...shape, secret: key, counter }));
}
