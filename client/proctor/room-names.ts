import { useCallback } from "react";
import type { AttemptId, ExamSessionId } from "#domain/exam/ids.ts";
import { useStore } from "../session/store.ts";
import type { RoomLine, SittingConsole } from "./room-lines.ts";

/** The name of a candidate's room; null while only one room is watched, which needs no name. */
export function useRoomNames(session: SittingConsole): (attemptId: AttemptId) => string | null {
  const lines = useStore(session.lines, (all) => all);
  const places = useStore(session.rooms, (rooms) => rooms.places);
  return useCallback((attemptId) => nameIn(lines, places.get(attemptId)), [lines, places]);
}

function nameIn(lines: readonly RoomLine[], id: ExamSessionId | undefined): string | null {
  if (lines.length < 2) return null;
  return lines.find(({ examSessionId }) => examSessionId === id)?.name ?? null;
}
