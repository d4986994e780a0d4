import type { RecordedSegment } from "./playback-plan.ts";

/**
 * What came of fetching a chunk. `altered`: the bytes that came are not those whose hash the log holds.
 * `unreachable`: they could not be fetched now, which says nothing about the evidence.
 */
export type FetchedSegment =
  | { readonly state: "whole"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly state: "altered" }
  | { readonly state: "unreachable" };

type Fetch = (url: string, signal: AbortSignal) => Promise<Response>;

/** Fetches a chunk and holds it against the hash in the log, here in the browser: nobody has to trust the store. */
export async function fetchSegment(
  segment: Pick<RecordedSegment, "sha256">,
  url: string,
  signal: AbortSignal,
  ask: Fetch = askStore,
): Promise<FetchedSegment> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    const answer = await ask(url, signal);
    // The Worker holds the bytes against the hash as well, and says so.
    if (!answer.ok) return { state: (await isMismatch(answer)) ? "altered" : "unreachable" };
    bytes = new Uint8Array(await answer.arrayBuffer());
  } catch {
    // No network, a connection that broke, or an abort.
    return { state: "unreachable" };
  }
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return hexOf(digest) === segment.sha256 ? { state: "whole", bytes } : { state: "altered" };
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function isMismatch(answer: Response): Promise<boolean> {
  const body: unknown = await answer.json().catch(() => null); // an answer that is no problem+json is no mismatch
  return typeof body === "object" && body !== null && "code" in body && body.code === "hash-mismatch";
}

function askStore(url: string, signal: AbortSignal): Promise<Response> {
  return fetch(url, { credentials: "same-origin", signal });
}
