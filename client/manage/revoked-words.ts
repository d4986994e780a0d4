import type { Revoked } from "#protocol/http/sign-in.ts";
import { count } from "../ui/format-duration.ts";

/** What ended, in one sentence; empty where nothing did. */
export function revokedWords({ signIns, keys, passkeys }: Revoked): string {
  const parts = [
    signIns === 0 ? null : `${count(signIns, "sign-in")} ended`,
    keys === 0 ? null : `${count(keys, "key")} of the API ${keys === 1 ? "is" : "are"} revoked`,
    passkeys === 0 ? null : `${count(passkeys, "passkey")} ${passkeys === 1 ? "is" : "are"} removed`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? "" : `${parts.join(", ")}.`;
}

/** What stays, in one sentence; empty where nothing does. */
export function keptWords({
  keysLeft,
  passkeysLeft,
}: {
  readonly keysLeft: number;
  readonly passkeysLeft: number;
}): string {
  const parts = [
    keysLeft === 0 ? null : count(keysLeft, "key") + " of the API",
    passkeysLeft === 0 ? null : count(passkeysLeft, "passkey"),
  ].filter((part) => part !== null);
  if (parts.length === 0) return "";
  return `${parts.join(" and ")} ${keysLeft + passkeysLeft === 1 ? "stays" : "stay"}.`;
}
