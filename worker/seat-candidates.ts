import type { ExamVersion } from "#domain/exam/exam-version.ts";
import { mostRoomsOpenedAtOnce, type OpenedRoom, placeNewcomers, type Region } from "#domain/exam/rooms.ts";
import type { Sitting } from "#protocol/http/sitting.ts";
import type { Acting } from "./audit/acting.ts";
import { sittingReader } from "./database/sitting-reader.ts";
import { type LinkTimes, type NewPlace, type NewRoom, sittingWriter } from "./database/sitting-writer.ts";
import type { Env } from "./env.ts";
import type { Home } from "./home.ts";
import { examSession, newRoomIdentity, provisionRoom } from "./exam-sessions.ts";

type Newcomer = Omit<NewPlace, "examSessionId"> & { readonly region: Region | null };

type Arrival = {
  readonly home: Home;
  readonly acting: Acting;
  readonly sitting: Sitting;
  readonly exam: ExamVersion;
  readonly newcomers: readonly Newcomer[];
  readonly times: LinkTimes;
};

/** Each try that fails is one in which somebody else's request went through. */
const mostTries = 8;

/**
 * Places candidates in the sitting's rooms, opens the rooms that are missing, and tells each room of its own [R20-R24].
 * A room is made before the database names it: one that nobody names is never asked for, a sitting with a room that is
 * not there would be broken. A candidate whom the database holds and the room does not is registered at check-in.
 */
export async function seatCandidates(
  env: Env,
  { home: { database }, acting, sitting, exam, newcomers, times }: Arrival,
): Promise<{ readonly opened: readonly OpenedRoom[] } | "too-many-rooms" | "out-of-credit" | "busy"> {
  const { tenantId } = acting;
  const { id: sittingId, title, opensAt, closesAt, roomCapacity, region, jurisdictionAsked } = sitting;

  async function open({ number, capacity, region: where }: OpenedRoom): Promise<NewRoom> {
    const identity = newRoomIdentity(env, jurisdictionAsked);
    const { examSessionId } = identity;
    await provisionRoom(env, { tenantId, examSessionId, sittingId, title, opensAt, closesAt, exam }, where);
    return { ...identity, number, capacity, region: where };
  }

  for (let tries = 0; tries < mostTries; tries += 1) {
    const before = await sittingReader(database, tenantId).rooms(sittingId);
    const known = before.map(({ candidates, ...room }) => ({ ...room, taken: candidates }));
    const { numbers, opened } = placeNewcomers(known, newcomers, { capacity: roomCapacity, region });
    if (opened.length > mostRoomsOpenedAtOnce) return "too-many-rooms";
    const rooms = await Promise.all(opened.map(open));
    const idOf = new Map([...before, ...rooms].map(({ number, examSessionId }) => [number, examSessionId]));
    const places = newcomers.map((newcomer, index) => {
      const examSessionId = idOf.get(numbers[index] ?? 0);
      if (examSessionId === undefined) throw new Error("a newcomer was placed in a room that is not there");
      return { ...newcomer, examSessionId };
    });
    const change = { rooms, places, times, now: Date.now() };
    const answer = await sittingWriter(database, acting).register(sittingId, change);
    if (answer === "out-of-credit") return answer;
    if (answer === "registered") {
      await tellRooms(env, places);
      return { opened };
    }
  }
  return "busy";
}

async function tellRooms(env: Env, places: readonly NewPlace[]): Promise<void> {
  const byRoom = Map.groupBy(places, ({ examSessionId }) => examSessionId);
  await Promise.all(
    [...byRoom].map(([examSessionId, here]) =>
      examSession(env, examSessionId).register(
        here.map(({ attemptId, registrationId, name }) => ({ attemptId, registrationId, name })),
      ),
    ),
  );
}
