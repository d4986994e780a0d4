import { createMiddleware } from "hono/factory";
import * as v from "valibot";
import { can } from "#domain/access/permission.ts";
import type { ExamSessionId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import type { MemberEnv } from "../app-env.ts";
import { examSessionReader } from "../database/exam-session-reader.ts";
import { problem } from "../problem.ts";

const sessionId = idField<ExamSessionId>();

/**
 * For `/v1/exam-sessions/:examSessionId/…`, after `requirePermission("proctor")`: only a proctor who is assigned to this very session
 * now. To all others it is not there.
 */
export const requireAssignment = createMiddleware<MemberEnv>(async (c, next) => {
  const examSessionId = v.safeParse(sessionId, c.req.param("examSessionId"));
  if (!examSessionId.success) return problem(c, "not-found");
  const { tenantId, memberId } = c.var.member;
  const isAssigned = await examSessionReader(c.var.home.database, tenantId).isProctoredBy(
    examSessionId.output,
    memberId,
  );
  return can(c.var.member, "proctor", { isAssigned }) ? next() : problem(c, "not-found");
});
