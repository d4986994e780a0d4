import { useState } from "react";
import type { QualityHint } from "#domain/attempt/identity-picture.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { IdentityCapture } from "#domain/integrity/policy.ts";
import { putPicture } from "../media/put-picture.ts";

/** Something that was taken, with what the page found wanting in it at that moment. `url`: to be shown on this page. */
export type Taken = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly sha256: string;
  readonly hints: readonly QualityHint[];
  readonly url: string;
};

/** Sends what was taken. What became of it the session says by the view; `problem` is why it could not be sent. */
export function useIdentityUpload(attemptId: AttemptId, capture: IdentityCapture) {
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function send({ bytes, sha256, hints }: Taken): Promise<void> {
    setIsSending(true);
    setProblem(null);
    const url = `/v1/sit/${attemptId}/identity/${capture}?sha256=${sha256}&hints=${hints.join(",")}`;
    const outcome = await putPicture(url, bytes);
    setIsSending(false);
    if (outcome === "not-now") setProblem("It could not be sent just now. Check your connection and try again.");
    if (outcome === "refused") {
      setProblem("The server did not take it. Take it once more, or ask the proctor to check instead.");
    }
  }

  return { isSending, problem, send };
}
