import type { Segment } from "#domain/attempt/command.ts";
import { sha256Hex } from "#durable-objects/exam-session/sha256.ts";
import type { Candidate } from "./candidate.ts";
import type { Stage } from "./stage.ts";

const retryMs = 2_000;
const mostTries = 20;

/**
 * Sends the next chunk of the recording the way the uploader and the Worker do: first to the recording store, then to the
 * session, and all of it again when either fails. The store may have taken it, or the session, and the answer be lost.
 */
export function uploadSegment(
  { name, attemptId, browser, tab }: Candidate,
  { world, weather, random, host, journal }: Stage,
): string {
  const { machine } = tab();
  const index = journal.uploads.filter((upload) => upload.attemptId === attemptId).length;
  const segment: Segment = {
    track: "camera",
    run: 0,
    index,
    sha256: sha256Hex(`${name} ${index}`),
    bytes: 1_000 + index,
    startsAt: world.now() - 10_000,
    endsAt: world.now(),
  };
  const upload = { attemptId, segment, isTaken: false };
  journal.uploads.push(upload);

  function attempt(tries: number): void {
    if (tries > mostTries) return;
    if (random.chance(weather.storeFails)) return void world.after(machine, retryMs, () => attempt(tries + 1));
    host.call(
      machine,
      (session) => session.storeSegment(attemptId, browser, segment),
      (outcome) => {
        if (outcome === null) return void world.after(machine, retryMs, () => attempt(tries + 1));
        if (outcome.accepted) upload.isTaken = true;
      },
    );
    // The answer may never come.
    world.after(machine, 15_000, () => {
      if (!upload.isTaken) attempt(tries + 5);
    });
  }

  attempt(1);
  return `uploads segment ${index}`;
}
