import { nonceHeader, nonceMs, nonceWanted, proofHeader, socketProtocol } from "#protocol/http/proof.ts";
import { browserKey } from "./browser-key.ts";
import { makeProof } from "./make-proof.ts";

/** What the server said last, and when by the monotonic clock: the wall clock may be changed during an exam. */
let nonce: { readonly text: string; readonly heardAt: number } | null = null;

/** A nonce that is older may be over when it arrives. */
const staleMs = nonceMs * 0.8;

/**
 * Asks as `fetch` does, with a proof of this browser's key (decision 018). Where the server wants the proof with a newer
 * nonce, it is asked once more; the body must be one that can be sent twice.
 */
export async function provenFetch(path: string, init: Asking): Promise<Response> {
  const response = await ask(path, init);
  return response.headers.get("www-authenticate") === nonceWanted ? ask(path, init) : response;
}

export type Asking = Omit<RequestInit, "headers"> & {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
};

async function ask(path: string, init: Asking): Promise<Response> {
  const proof = await proofOf(path, init.method);
  const response = await fetch(path, { ...init, headers: { ...init.headers, [proofHeader]: proof } });
  hear(response);
  return response;
}

/**
 * The subprotocols of a socket to `path`, of which one is its proof. Nobody tells a page why a socket was refused, so an
 * old nonce is replaced before it is tried: `door` is an address of the same attempt that answers with the new one.
 */
export async function socketProtocols(path: string, door: string, isRefused: boolean): Promise<string[]> {
  if (isRefused || nonce === null || performance.now() - nonce.heardAt > staleMs) {
    hear(await fetch(door, { credentials: "same-origin" }));
  }
  return [socketProtocol, await proofOf(path, "GET")];
}

async function proofOf(path: string, method: string): Promise<string> {
  const url = new URL(path, window.location.href);
  return makeProof(await browserKey(), { method, url, nonce: nonce?.text ?? null });
}

function hear({ headers }: Response): void {
  const text = headers.get(nonceHeader);
  if (text !== null) nonce = { text, heardAt: performance.now() };
}
