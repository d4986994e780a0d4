import type { ExamSessionId, MemberId } from "#domain/exam/ids.ts";
import type { AssignProctors, Sitting } from "#protocol/http/sitting.ts";

/** Where a proctor is assigned: the whole sitting, or one of its rooms. */
export type ProctorPlace = "whole" | ExamSessionId;

/** Who proctors what now, as the API takes it. The rooms of a lead are not repeated. */
export function assignmentsOf({ proctors, rooms }: Pick<Sitting, "proctors" | "rooms">): AssignProctors {
  return {
    memberIds: proctors.filter(({ isLead }) => isLead).map(({ memberId }) => memberId),
    rooms: rooms.map(({ examSessionId }) => ({
      examSessionId,
      memberIds: proctors
        .filter(({ isLead, examSessionIds }) => !isLead && examSessionIds.includes(examSessionId))
        .map(({ memberId }) => memberId),
    })),
  };
}

/** The assignments with this one more. Who is given the whole sitting needs no single room. */
export function withPlace(before: AssignProctors, memberId: MemberId, place: ProctorPlace): AssignProctors {
  if (place === "whole") {
    const without = withoutProctor(before, memberId);
    return { ...without, memberIds: [...without.memberIds, memberId] };
  }
  return {
    memberIds: before.memberIds.filter((id) => id !== memberId),
    rooms: before.rooms.map(({ examSessionId, memberIds }) => ({
      examSessionId,
      memberIds: examSessionId === place && !memberIds.includes(memberId) ? [...memberIds, memberId] : memberIds,
    })),
  };
}

/** The assignments without this proctor in that room. */
export function withoutRoom(before: AssignProctors, memberId: MemberId, room: ExamSessionId): AssignProctors {
  return {
    memberIds: before.memberIds,
    rooms: before.rooms.map(({ examSessionId, memberIds }) => ({
      examSessionId,
      memberIds: examSessionId === room ? memberIds.filter((id) => id !== memberId) : memberIds,
    })),
  };
}

export function withoutProctor(before: AssignProctors, memberId: MemberId): AssignProctors {
  return {
    memberIds: before.memberIds.filter((id) => id !== memberId),
    rooms: before.rooms.map(({ examSessionId, memberIds }) => ({
      examSessionId,
      memberIds: memberIds.filter((id) => id !== memberId),
    })),
  };
}
