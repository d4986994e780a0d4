type Happening =
  | "socket-refused"
  | "flood-closed"
  | "turn-failed"
  | "alarm-failed"
  | "outbox-failed"
  | "attempt-set-aside"
  | "outbox-unanswered"
  | "socket-send-failed"
  | "message-failed"
  | "close-failed"
  | "lost-connection-not-noted";

/** One structured line for each thing worth knowing. Ids and reasons only: never an answer, a name or a message. */
export function log(happening: Happening, ids: Readonly<Record<string, string | number>>, error?: unknown): void {
  const fault = error === undefined ? {} : { error: error instanceof Error ? error.message : "not an Error" };
  console.log(JSON.stringify({ room: "exam-session", happening, ...ids, ...fault }));
}
