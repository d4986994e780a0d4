import type { Me } from "#protocol/http/sign-in.ts";
import { meSchema } from "#protocol/http/sign-in.ts";
import { passkeyRequestSchema } from "#protocol/http/passkey.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";

/** Whether this browser knows passkeys at all. */
export function knowsPasskeys(): boolean {
  return typeof window.PublicKeyCredential === "function";
}

/**
 * Asks the device for a passkey of this site and signs in by it. Null where the person let it be, or has none. Throws a
 * `RequestProblemError` for what the server refuses.
 */
export async function showPasskey(): Promise<Me | null> {
  const optionsJSON = valueOf(await request(passkeyRequestSchema, "POST", "/v1/sign-in/passkey/options"));
  const { startAuthentication } = await import("@simplewebauthn/browser");
  const shown = await untilDismissed(() => startAuthentication({ optionsJSON }));
  return shown === null ? null : valueOf(await request(meSchema, "POST", "/v1/sign-in/passkey", shown));
}

/** What the device gives, or null where the person dismissed its question or let the time pass: browsers do not tell which. */
export async function untilDismissed<Given>(ask: () => Promise<Given>): Promise<Given | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && (error.name === "NotAllowedError" || error.name === "AbortError")) return null;
    throw error;
  }
}
