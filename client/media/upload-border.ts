import type { Segment } from "#domain/attempt/command.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import { announcedSegmentsSchema, segmentListSchema } from "#protocol/http/sit.ts";
import { request } from "../http/request.ts";
import type { SegmentPlace } from "./segment-spool.ts";

/** What the server says of an announced segment. `differs`: it holds other bytes in that place. */
export type Announced = SegmentPlace &
  ({ readonly state: "stored" | "differs" } | { readonly state: "wanted"; readonly url: string });

/**
 * What became of bytes that were put. `refused`: the server will never take them. `damaged`: they arrived with another
 * hash than was announced. `not-now`: no answer, a server in trouble, or an address that is no longer good.
 */
export type PutOutcome = "stored" | "refused" | "damaged" | "not-now";

/** The network, as much of it as uploads need. Null: no answer that can be used, try again later. */
export type UploadBorder = {
  announce(attemptId: AttemptId, segments: readonly Segment[]): Promise<readonly Announced[] | null>;
  put(url: string, content: ArrayBuffer): Promise<PutOutcome>;
  stored(attemptId: AttemptId): Promise<readonly (SegmentPlace & { readonly sha256: string })[] | null>;
  /** Calls back when the browser says that it is on line again. Returns what ends that. */
  whenOnline(callback: () => void): () => void;
};

/** A line that swallows everything is given up after this long. A segment takes 5 s at 256 kbit/s. */
const patienceMs = 60_000;

export const httpUploadBorder: UploadBorder = {
  async announce(attemptId, segments) {
    const path = `/v1/sit/${attemptId}/segments`;
    const answer = await request(announcedSegmentsSchema, "POST", path, { segments }, AbortSignal.timeout(patienceMs));
    return answer.ok ? answer.value.segments : null;
  },
  async put(url, content) {
    try {
      const response = await fetch(url, {
        method: "PUT",
        body: content,
        headers: { "content-type": "application/octet-stream" },
        signal: AbortSignal.timeout(patienceMs),
      });
      return response.ok ? "stored" : outcomeOf(response.status);
    } catch {
      // The network broke or the time was up: the chunk is still on the disk and is announced again.
      return "not-now";
    }
  },
  async stored(attemptId) {
    const path = `/v1/sit/${attemptId}/segments`;
    const answer = await request(segmentListSchema, "GET", path, undefined, AbortSignal.timeout(patienceMs));
    return answer.ok ? answer.value.segments : null;
  },
  whenOnline(callback) {
    window.addEventListener("online", callback);
    return () => window.removeEventListener("online", callback);
  },
};

/** What a PUT that was not taken means, by its HTTP status. 401, 403 and 5xx may pass: announcing again shows. */
function outcomeOf(status: number): PutOutcome {
  switch (status) {
    case 400:
    case 409:
    case 413:
    case 415:
      return "refused";
    case 422:
      return "damaged";
    default:
      return "not-now";
  }
}
