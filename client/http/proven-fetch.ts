import { nonceHeader, nonceMs, nonceWanted, proofHeader, socketProtocol } from "#protocol/http/proof.ts";
import { browserKey } from "./browser-key.ts";
import { makeProof } from "./make-proof.ts";

/**
 * What the server said last, and when: by the monotonic clock, which stands still on some computers while they sleep, and by
 * the wall clock, which may be changed. Whichever says that it is older is believed: asking once more costs little.
 */
let nonce: { readonly text: string; readonly at: number; readonly wallAt: number } | null = null;

/** A nonce that is older may be over when it arrives. */
const staleMs = nonceMs * 0.8;

/** A line that swallows everything is not waited for longer, where there is a socket to be tried. */
const patienceMs = 4_000;

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
 * The subprotocols of a socket to `path`, of which one is its proof. Nobody tells a page why a socket was refused, so an old
 * nonce is replaced before it is tried, as is one that may be why the sockets before were refused: `door` is an address of the
 * same attempt that answers with a new one. Where it does not answer, the socket is to tell.
 */
export async function socketProtocols(path: string, door: string, isDoubtful: boolean): Promise<string[]> {
  if (isDoubtful || isStale()) {
    // A refusal is an answer too. What lands in the catch is a line that is still down.
    const signal = AbortSignal.timeout(patienceMs);
    await fetch(door, { credentials: "same-origin", signal }).then(hear, () => {});
  }
  return [socketProtocol, await proofOf(path, "GET")];
}

function isStale(): boolean {
  return nonce === null || Math.max(performance.now() - nonce.at, Date.now() - nonce.wallAt) > staleMs;
}

async function proofOf(path: string, method: string): Promise<string> {
  const url = new URL(path, window.location.href);
  return makeProof(await browserKey(), { method, url, nonce: nonce?.text ?? null });
}

function hear({ headers }: Response): void {
  const text = headers.get(nonceHeader);
  if (text !== null) nonce = { text, at: performance.now(), wallAt: Date.now() };
}
