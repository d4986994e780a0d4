import { useQuery } from "@tanstack/react-query";
import { type ExamSession, examSessionListSchema } from "#protocol/http/sitting.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";

/** Asked again now and then: another room may have been opened, or be given to somebody else. */
const askEveryMs = 30_000;

/** The rooms that the signed-in proctor is assigned to. */
export function useMyRooms() {
  return useQuery({
    queryKey: ["exam-sessions"],
    queryFn: async () => valueOf(await request(examSessionListSchema, "GET", "/v1/exam-sessions")).sessions,
    refetchInterval: askEveryMs,
  });
}

/** A sitting with the rooms of it that are somebody's, by number. */
export type MySitting = { readonly sitting: ExamSession; readonly rooms: readonly ExamSession[] };

/** The rooms by sitting, in the order in which the sittings come. */
export function bySitting(sessions: readonly ExamSession[]): readonly MySitting[] {
  return [...Map.groupBy(sessions, ({ id }) => id).values()].flatMap((rooms) => {
    const [sitting] = rooms;
    return sitting === undefined ? [] : [{ sitting, rooms }];
  });
}
