import type { Rule } from "./access-route.ts";

/** Who may call the routes of live sessions. */
export const watchingRules: Readonly<Record<string, Rule>> = {
  "GET /v1/exam-sessions": { for: ["proctor"] },
  "GET /v1/exam-sessions/:examSessionId/socket": { for: ["proctor"], assigned: true, person: true },
  "POST /v1/exam-sessions/:examSessionId/viewers": { for: ["proctor"], assigned: true },
  "POST /v1/exam-sessions/:examSessionId/viewers/:viewer/tracks": {
    for: ["proctor"],
    assigned: true,
    body: ({ attemptId }) => ({ seats: [{ attemptId, track: "thumbnail" }] }),
  },
  "PUT /v1/exam-sessions/:examSessionId/viewers/:viewer/tracks": {
    for: ["proctor"],
    assigned: true,
    body: ({ attemptId }) => ({ seats: [{ attemptId, track: "thumbnail", mid: "0" }] }),
  },
  "PUT /v1/exam-sessions/:examSessionId/viewers/:viewer/answer": {
    for: ["proctor"],
    assigned: true,
    body: () => ({ answer: "v=0" }),
  },
  "POST /v1/exam-sessions/:examSessionId/viewers/:viewer/close": {
    for: ["proctor"],
    assigned: true,
    body: () => ({ mids: ["0"] }),
  },
};
