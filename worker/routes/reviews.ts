import { type Context, Hono } from "hono";
import * as v from "valibot";
import type { ReviewCommand } from "#domain/attempt/command.ts";
import type { Refusal } from "#domain/attempt/decision.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import { decisionSchema, holdSchema } from "#protocol/http/review.ts";
import type { AppEnv, MemberEnv } from "../app-env.ts";
import { requirePermission } from "../auth/require-member.ts";
import { attemptReader } from "../database/attempt-reader.ts";
import { describe } from "../describe.ts";
import { examSession } from "../exam-sessions.ts";
import { problem } from "../problem.ts";
import { jsonBody, pathIds } from "../validate.ts";

const tag = "Review";
const reviewers = requirePermission("decide-reviews");
const attemptPath = v.object({ attemptId: idField<AttemptId>() });
const problems = ["bad-request", "not-signed-in", "not-allowed", "not-found", "refused"] as const;

/** To hold a result, and to decide of what is held. Who may is asked here; whether it is possible, the attempt decides. */
export const reviewRoutes = new Hono<AppEnv>()
  .post(
    "/v1/attempts/:attemptId/hold",
    describe({
      summary: "Hold the result of an attempt until people have decided",
      tag,
      answers: { 204: null },
      problems,
    }),
    reviewers,
    pathIds(attemptPath),
    jsonBody(holdSchema),
    async (c) => review(c, c.req.valid("param").attemptId, { type: "holdForReview", ...c.req.valid("json") }),
  )
  .post(
    "/v1/attempts/:attemptId/decisions",
    describe({ summary: "Decide whether a held score stands or is voided", tag, answers: { 204: null }, problems }),
    reviewers,
    pathIds(attemptPath),
    jsonBody(decisionSchema),
    async (c) => review(c, c.req.valid("param").attemptId, { type: "decideReview", ...c.req.valid("json") }),
  );

type ByMember = Context<MemberEnv>;

async function review(c: ByMember, attemptId: AttemptId, command: ReviewCommand): Promise<Response> {
  const { tenantId, memberId, name } = c.var.member;
  const place = await attemptReader(c.var.home.database, tenantId).place(attemptId);
  if (place === null) return problem(c, "not-found");
  const outcome = await examSession(c.env, place.examSessionId).review(attemptId, { memberId, name }, command);
  return outcome.accepted ? c.body(null, 204) : problem(c, "refused", whyRefused(outcome.refusal));
}

function whyRefused(refusal: Refusal): string {
  switch (refusal) {
    case "wrong-status":
      return "This attempt is not over: there is no result to hold yet.";
    case "already-decided":
      return "You have decided already. Where two people decide, they are two different ones.";
    case "not-held":
      return "This result is not held: nobody held it, or it was decided meanwhile.";
    default:
      return "It cannot be done as things stand.";
  }
}
