import { provenFetch } from "../http/proven-fetch.ts";

/** What became of a picture that was put. `refused`: the server will never take it. `not-now`: worth another try. */
export type PictureOutcome = "stored" | "refused" | "not-now";

const patienceMs = 30_000;

/** Puts a picture's bytes to its place. Nothing that the network or the server can do makes it throw. */
export async function putPicture(url: string, bytes: Uint8Array<ArrayBuffer>): Promise<PictureOutcome> {
  try {
    const response = await provenFetch(url, {
      method: "PUT",
      credentials: "same-origin",
      body: bytes,
      headers: { "content-type": "application/octet-stream" },
      signal: AbortSignal.timeout(patienceMs),
    });
    if (response.ok) return "stored";
    // Bytes that arrived damaged, a server in trouble, and too many requests may pass.
    return response.status === 422 || response.status === 429 || response.status >= 500 ? "not-now" : "refused";
  } catch {
    return "not-now"; // no answer came
  }
}
