import * as v from "valibot";
import { type BrowserKey, makeKey, makeProof } from "#client/http/make-proof.ts";
import { nonceHeader, nonceMs, proofHeader, socketProtocol } from "#protocol/http/proof.ts";
import { arrivalSchema } from "#protocol/http/sit.ts";
import { type LoadSocket, openSocket } from "./socket.ts";

/** A candidate who has checked in, in a browser of this program's making. */
export type Seat = {
  readonly attemptId: string;
  readonly cookie: string;
  readonly key: BrowserKey;
  /** What the server said at check-in, and when by the monotonic clock. */
  readonly nonce: { readonly text: string | null; readonly heardAt: number };
};

/** Checks in by a guest link, as the candidate's page does. */
export async function checkIn(origin: URL, link: string): Promise<Seat> {
  const key = await makeKey();
  const url = new URL("/v1/check-in", origin);
  const response = await fetch(url, {
    method: "POST",
    headers: {
      origin: origin.origin,
      "content-type": "application/json",
      [proofHeader]: await makeProof(key, { method: "POST", url, nonce: null }),
    },
    body: JSON.stringify({ token: new URL(link).hash.slice(1) }),
  });
  if (!response.ok) throw new Error(`a check-in was answered ${response.status}: ${await response.text()}`);
  const { attemptId } = v.parse(arrivalSchema, await response.json());
  const nonce = { text: response.headers.get(nonceHeader), heardAt: performance.now() };
  return { attemptId, cookie: cookiesIn(response), key, nonce };
}

/** Opens a socket of the candidate's. As the page does, it asks for a new nonce when the one that it has is old. */
export async function openSeatSocket(
  origin: URL,
  { attemptId, cookie, key, nonce: first }: Seat,
  query: string,
  onText: (text: string) => void,
  onClose?: (code: number) => void,
): Promise<LoadSocket> {
  const door = new URL(`/v1/sit/${attemptId}`, origin);
  const isOld = performance.now() - first.heardAt > nonceMs * 0.8;
  const nonce = isOld ? (await fetch(door, { headers: { cookie } })).headers.get(nonceHeader) : first.text;
  const url = new URL(`${door.pathname}/socket`, origin);
  const proof = await makeProof(key, { method: "GET", url, nonce });
  return openSocket(origin, `${url.pathname}${query}`, cookie, onText, onClose, [socketProtocol, proof]);
}

export function cookiesIn(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0])
    .join("; ");
}
