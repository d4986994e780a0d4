import * as v from "valibot";
import type { Violation } from "#domain/integrity/judge.ts";
import { type LocalRuntime, startLocalRuntime } from "../rehearse/local-runtime.ts";
import { createMeasurements } from "../rehearse/measurements.ts";
import { gather, startStorm } from "../rehearse/rehearsal.ts";
import { prepareSitting } from "../rehearse/rehearsed-sitting.ts";
import { openSeatSocket, type Seat } from "../rehearse/seat.ts";
import type { LoadSocket } from "../rehearse/socket.ts";
import type { PlayedClip } from "./clip.ts";
import type { Watched } from "./score.ts";
import type { Line, SessionClip } from "./session-clips.ts";
import { wait } from "./stage.ts";

const afterMs = 2_000;
const recordSchema = v.object({ events: v.array(v.object({ fact: v.looseObject({ type: v.string() }) })) });
const notedSchema = v.object({
  type: v.literal("violationNoted"),
  violation: v.looseObject({ kind: v.picklist(["connection-lost", "second-session"]), notedAt: v.number() }),
});

/**
 * Plays them against the product's own Worker on a runtime of its own, all at once: what is noted is read from the logs.
 * The candidates speak the page's protocol from here; no browser is between.
 */
export async function playSession(
  clips: readonly SessionClip[],
  onClip: (clip: PlayedClip) => void,
): Promise<readonly Watched[]> {
  const runtime = await startLocalRuntime(1, () => {});
  try {
    return await playedOn(runtime, clips, onClip);
  } finally {
    await runtime.stop();
  }
}

async function playedOn(
  runtime: LocalRuntime,
  clips: readonly SessionClip[],
  onClip: (clip: PlayedClip) => void,
): Promise<readonly Watched[]> {
  const origin = runtime.origin();
  const sitting = await prepareSitting(origin, runtime.staff, [clips.length], () => {});
  const seats = sitting.rooms.flatMap((room) => room.seats);
  const { candidates, consoles } = await gather(origin, sitting, 1, () => {});
  for (const candidate of candidates) candidate.disconnect();
  await startStorm({ candidates, consoles, measured: createMeasurements() });
  const played = await Promise.all(
    clips.map(async (clip, place) => {
      const [candidate, seat] = [candidates[place], seats[place]];
      if (candidate === undefined || seat === undefined) throw new Error("there are fewer candidates than clips");
      const done = await playOne(clip, { candidate, another: () => anotherOf(origin, seat) });
      onClip(done);
      return { clip: done, candidate };
    }),
  );
  await wait(afterMs);
  const watched: Watched[] = [];
  for (const { clip, candidate } of played) {
    const path = `/v1/attempts/${candidate.attemptId}`;
    const { events } = await sitting.admin.request("GET", path, null, recordSchema);
    const violations = events.flatMap(({ fact }) => (v.is(notedSchema, fact) ? [fact.violation as Violation] : []));
    watched.push({ clips: [clip], violations });
    candidate.disconnect();
  }
  for (const console of consoles) console.disconnect();
  return watched;
}

function anotherOf(origin: URL, seat: Seat): Promise<LoadSocket> {
  return openSeatSocket(origin, seat, `?page=${crypto.randomUUID()}`, () => {});
}

async function playOne({ play, ...clip }: SessionClip, line: Line): Promise<PlayedClip> {
  const from = Date.now();
  const truth = await play(line);
  return { ...clip, from, to: Date.now(), truth };
}
