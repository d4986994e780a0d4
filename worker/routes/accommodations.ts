import { Hono } from "hono";
import * as v from "valibot";
import type { Accommodations } from "#domain/exam/accommodation.ts";
import type { RegistrationId, SittingId } from "#domain/exam/ids.ts";
import { accommodationListSchema, accommodationsSchema } from "#protocol/http/accommodation.ts";
import { idField } from "#protocol/http/field.ts";
import type { AppEnv } from "../app-env.ts";
import { requirePermission } from "../auth/require-member.ts";
import { sittingReader } from "../database/sitting-reader.ts";
import { describe } from "../describe.ts";
import { etagOfText, hasCondition, isMatched, takesIfMatch } from "../etag.ts";
import { examSession } from "../exam-sessions.ts";
import { problem } from "../problem.ts";
import { jsonBody, pathIds } from "../validate.ts";

const nothing: Accommodations = { allowances: [], exceptions: [] };
const tag = "Sittings";
const sittingPath = v.object({ sittingId: idField<SittingId>() });
const registrationPath = v.object({ sittingId: idField<SittingId>(), registrationId: idField<RegistrationId>() });

/** Allowances and exceptions. The rooms' logs have them and nothing else does: they are asked, and not the read model. */
export const accommodationRoutes = new Hono<AppEnv>()
  .get(
    "/v1/sittings/:sittingId/accommodations",
    describe({
      summary: "List what is arranged for candidates",
      tag,
      answers: { 200: accommodationListSchema },
      problems: ["not-signed-in", "not-allowed", "not-found"],
    }),
    requirePermission("read-accommodations"),
    pathIds(sittingPath),
    async (c) => {
      const rooms = await sittingReader(c.var.home.database, c.var.member.tenantId).rooms(
        c.req.valid("param").sittingId,
      );
      if (rooms.length === 0) return problem(c, "not-found");
      const arranged = await Promise.all(
        rooms.map(({ examSessionId }) => examSession(c.env, examSessionId).accommodations()),
      );
      return c.json({ accommodations: arranged.flat() });
    },
  )
  .get(
    "/v1/sittings/:sittingId/registrations/:registrationId/accommodations",
    describe({
      summary: "Read what is arranged for a candidate",
      tag,
      hasEtag: true,
      answers: { 200: accommodationsSchema },
      problems: ["not-signed-in", "not-allowed", "not-found"],
    }),
    requirePermission("read-accommodations"),
    pathIds(registrationPath),
    async (c) => {
      const { sittingId, registrationId } = c.req.valid("param");
      const reader = sittingReader(c.var.home.database, c.var.member.tenantId);
      const registration = await reader.registration(sittingId, registrationId);
      if (registration === null) return problem(c, "not-found");
      const { allowances, exceptions } =
        (await examSession(c.env, registration.examSessionId).arranged(registration.attemptId)) ?? nothing;
      c.header("etag", await etagOfText(stateOf({ allowances, exceptions })));
      return c.json({ allowances: [...allowances], exceptions: [...exceptions] });
    },
  )
  .put(
    "/v1/sittings/:sittingId/registrations/:registrationId/accommodations",
    describe({
      summary: "Arrange allowances and exceptions for a candidate, in place of what was arranged before",
      tag,
      answers: { 200: accommodationsSchema },
      problems: ["bad-request", "not-signed-in", "not-allowed", "not-found", "refused"],
    }),
    requirePermission("schedule"),
    takesIfMatch,
    pathIds(registrationPath),
    jsonBody(accommodationsSchema),
    async (c) => {
      const { tenantId, memberId, name } = c.var.member;
      const { sittingId, registrationId } = c.req.valid("param");
      const registration = await sittingReader(c.var.home.database, tenantId).registration(sittingId, registrationId);
      if (registration === null) return problem(c, "not-found");
      const wanted = c.req.valid("json");
      const session = examSession(c.env, registration.examSessionId);
      const { attemptId } = registration;
      const now = (await session.arranged(attemptId)) ?? nothing;
      if (!(await isMatched(c, stateOf(now)))) return problem(c, "changed-meanwhile");
      // In the room nothing comes between the comparison and the change. [K38]
      const seen = hasCondition(c) ? now : null;
      const done = await session.accommodate(attemptId, { memberId, name }, wanted, seen);
      if (done === "changed-meanwhile") return problem(c, done);
      const { outcome, arranged } = done;
      if (outcome.accepted) {
        c.header("etag", await etagOfText(stateOf(arranged ?? nothing)));
        return c.json(wanted);
      }
      return outcome.refusal === "already-open"
        ? problem(c, "refused", "The exam is open: allowances are fixed. A proctor can give extra time in the console.")
        : problem(c, "refused", "This attempt is over.");
    },
  );

/** What an ETag of them stands for. */
function stateOf({ allowances, exceptions }: Accommodations): string {
  return JSON.stringify({ allowances, exceptions });
}
