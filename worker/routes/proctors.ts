import { Hono } from "hono";
import * as v from "valibot";
import type { ExamSessionId, MemberId, SittingId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import { assignProctorsSchema, examSessionListSchema, type Sitting, sittingSchema } from "#protocol/http/sitting.ts";
import type { AppEnv } from "../app-env.ts";
import { requirePermission } from "../auth/require-member.ts";
import { examSessionReader } from "../database/exam-session-reader.ts";
import { memberListReader } from "../database/member-list-reader.ts";
import { proctorsState } from "../database/seen-state.ts";
import { sittingReader } from "../database/sitting-reader.ts";
import { sittingWriter } from "../database/sitting-writer.ts";
import { describe } from "../describe.ts";
import { examSession } from "../exam-sessions.ts";
import { seenBy, tagReplaced, takesIfMatch } from "../etag.ts";
import { mailProctors } from "../mail/mail-proctors.ts";
import { problem } from "../problem.ts";
import { jsonBody, pathIds } from "../validate.ts";

export const proctorRoutes = new Hono<AppEnv>()
  .put(
    "/v1/sittings/:sittingId/proctors",
    describe({
      summary: "Say who proctors a sitting, and who only some of its rooms: the whole list",
      tag: "Sittings",
      hasEtag: true,
      answers: { 200: sittingSchema },
      problems: ["bad-request", "not-signed-in", "not-allowed", "not-found"],
    }),
    requirePermission("schedule"),
    takesIfMatch,
    pathIds(v.object({ sittingId: idField<SittingId>() })),
    jsonBody(assignProctorsSchema),
    async (c) => {
      const { tenantId } = c.var.member;
      const { sittingId } = c.req.valid("param");
      const wanted = c.req.valid("json");
      const reader = sittingReader(c.var.home.database, tenantId);
      const before = await reader.byId(sittingId);
      if (before === null) return problem(c, "not-found");
      const proctors = await memberListReader(c.var.home.database, tenantId).idsWhoMay("proctor");
      const named = [...wanted.memberIds, ...wanted.rooms.flatMap(({ memberIds }) => memberIds)];
      if (!named.every((id) => proctors.has(id))) {
        return problem(c, "bad-request", "memberIds: not all of them are proctors of this institution.");
      }
      const rooms = new Set(before.rooms.map(({ examSessionId }) => examSessionId));
      if (!wanted.rooms.every(({ examSessionId }) => rooms.has(examSessionId))) {
        return problem(c, "bad-request", "rooms: not all of them are rooms of this sitting.");
      }
      const { database } = c.var.home;
      const state = proctorsState(tenantId, sittingId);
      const replaced = await seenBy(c, database, state);
      if (replaced === "changed-meanwhile") return problem(c, replaced);
      const outcome = await sittingWriter(database, c.var.acting).assignProctors(sittingId, wanted, replaced);
      if (outcome === "changed-meanwhile") return problem(c, outcome);
      const after = await reader.byId(sittingId);
      if (after === null) return problem(c, "not-found");
      // After the database, so that a console that is sent away and comes back at once is not let in again.
      await Promise.all(
        [...rooms].map(async (room) => {
          const stay = membersOf(after, room);
          const removed = membersOf(before, room).filter((id) => !stay.includes(id));
          if (removed.length > 0) await examSession(c.env, room).dismiss(removed);
        }),
      );
      const { origin } = new URL(c.req.url);
      const known = new Set(before.proctors.map(({ memberId }) => memberId));
      const added = after.proctors.map(({ memberId }) => memberId).filter((id) => !known.has(id));
      await mailProctors(c.env, c.var.home, tenantId, { sitting: after, origin, memberIds: added });
      await tagReplaced(c, outcome);
      return c.json(after);
    },
  )
  .get(
    "/v1/exam-sessions",
    describe({
      summary: "List the exam sessions, rooms of sittings, that are mine to proctor",
      tag: "Exam sessions",
      answers: { 200: examSessionListSchema },
      problems: ["not-signed-in", "not-allowed"],
    }),
    requirePermission("proctor"),
    async (c) => {
      const { tenantId, memberId } = c.var.member;
      return c.json({ sessions: await examSessionReader(c.var.home.database, tenantId).proctoredBy(memberId) });
    },
  );

function membersOf({ proctors }: Sitting, room: ExamSessionId): readonly MemberId[] {
  return proctors.filter(({ examSessionIds }) => examSessionIds.includes(room)).map(({ memberId }) => memberId);
}
