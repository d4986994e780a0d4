import type { LiveTrack } from "#domain/attempt/command.ts";
import type { AttemptId, ExamSessionId } from "#domain/exam/ids.ts";
import { viewerSchema, watchingSchema } from "#protocol/http/watch.ts";
import { type RequestProblem, request } from "../http/request.ts";

export type Seat = { readonly attemptId: AttemptId; readonly track: LiveTrack };
export type SeatIn = Seat & { readonly mid: string };

/**
 * One receiving peer connection and its viewer at the API. The calls change one session of the SFU: each must have come
 * back before the next is made. They throw a `LineFault`.
 */
export type ReceivingLine = {
  readonly peer: RTCPeerConnection;
  /** Opens a section for each seat. Gives their mids in the order of `seats`, null for what cannot be watched now. */
  pull(seats: readonly Seat[]): Promise<readonly (string | null)[]>;
  /** Sections show other seats from now on. Gives whether they do, in the order of `seats`. */
  turn(seats: readonly SeatIn[]): Promise<readonly boolean[]>;
  /** Best effort: what is not closed ends with the line. */
  close(mids: readonly string[]): Promise<void>;
  trackOf(mid: string): MediaStreamTrack | null;
};

/** A call did not do its work. `isOver`: the line is of no use any more, and all has to be watched anew on another. */
export class LineFault extends Error {
  readonly isOver: boolean;

  constructor(reason: RequestProblem["code"] | "not-connected") {
    super(`the receiving line failed: ${reason}`);
    // These two say that nothing was done. After any other the SFU may still wait for something from us.
    this.isOver = reason !== "media-unavailable" && reason !== "internal-error";
  }
}

/** The first answer must lead to a connection within this time. */
const connectMs = 15_000;
const patienceMs = 20_000;

export async function openReceivingLine(examSessionId: ExamSessionId): Promise<ReceivingLine> {
  const viewers = `/v1/exam-sessions/${examSessionId}/viewers`;
  const opened = await request(viewerSchema, "POST", viewers, undefined, AbortSignal.timeout(patienceMs));
  if (!opened.ok) throw new LineFault(opened.problem.code);
  const base = `${viewers}/${opened.value.viewer}`;
  const peer = new RTCPeerConnection({ bundlePolicy: "max-bundle" });

  async function watch(method: "POST" | "PUT", seats: readonly Seat[]) {
    const answer = await request(watchingSchema, method, `${base}/tracks`, { seats }, AbortSignal.timeout(patienceMs));
    if (!answer.ok) throw new LineFault(answer.problem.code);
    return answer.value;
  }

  async function answerTo(offer: string): Promise<void> {
    await peer.setRemoteDescription({ type: "offer", sdp: offer });
    // Not waiting for our candidates: the SFU learns them from our first packets.
    await peer.setLocalDescription();
    const body = { answer: peer.localDescription?.sdp };
    const answered = await request(null, "PUT", `${base}/answer`, body, AbortSignal.timeout(patienceMs));
    // It waits for this answer: even one that was refused for the moment leaves a line that cannot go on.
    if (!answered.ok) throw new LineFault("conflict");
    // What comes before there is a connection would be refused.
    if (!(await isConnected(peer))) throw new LineFault("not-connected");
  }

  return {
    peer,
    async pull(seats) {
      const { offer, seats: watched } = await watch("POST", seats);
      if (offer !== null) await answerTo(offer);
      return seats.map((_seat, index) => watched[index]?.mid ?? null);
    },
    async turn(seats) {
      const { seats: watched } = await watch("PUT", seats);
      return seats.map(({ mid }, index) => watched[index]?.mid === mid);
    },
    async close(mids) {
      await request(null, "POST", `${base}/close`, { mids }, AbortSignal.timeout(patienceMs));
    },
    trackOf: (mid) => peer.getTransceivers().find((each) => each.mid === mid)?.receiver.track ?? null,
  };
}

/** Resolves as soon as it is known, at the latest after `connectMs`. */
function isConnected(peer: RTCPeerConnection): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(tell, connectMs, false);
    function look(): void {
      if (peer.connectionState === "connected") tell(true);
      if (peer.connectionState === "failed" || peer.connectionState === "closed") tell(false);
    }
    function tell(connected: boolean): void {
      clearTimeout(timer);
      peer.removeEventListener("connectionstatechange", look);
      resolve(connected);
    }
    peer.addEventListener("connectionstatechange", look);
    look();
  });
}
