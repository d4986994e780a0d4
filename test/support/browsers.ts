import { calculateJwkThumbprint, decodeJwt } from "jose";
import { type BrowserKey, makeKey } from "#client/http/make-proof.ts";
import { proofHeader, socketProtocol } from "#protocol/http/proof.ts";

const known = new Map<string, BrowserKey>();

/** A browser of its own: its key, as the page makes it. */
export async function newBrowser(): Promise<BrowserKey> {
  const key = await makeKey();
  known.set(await thumbprintOf(key), key);
  return key;
}

/** The name that the server has for a browser. */
export function thumbprintOf({ jwk }: BrowserKey): Promise<string> {
  return calculateJwkThumbprint(jwk);
}

/** The browser that a candidate's cookie is for; null where it is for none of these. */
export function keyOfCookie(cookie: string | undefined): BrowserKey | null {
  const [, token] = /invigil_attempt=([^;]+)/.exec(cookie ?? "") ?? [];
  if (token === undefined) return null;
  try {
    const { cnf } = decodeJwt<{ cnf?: { jkt?: string } }>(token);
    return known.get(cnf?.jkt ?? "") ?? null;
  } catch {
    return null; // a cookie of a test's making that is no token
  }
}

/** Where a proof goes: into its header, or among the subprotocols of a socket. */
export function proofAs(headers: Readonly<Record<string, string>>, proof: string): Readonly<Record<string, string>> {
  return headers["upgrade"] === undefined
    ? { [proofHeader]: proof }
    : { "sec-websocket-protocol": `${socketProtocol}, ${proof}` };
}
