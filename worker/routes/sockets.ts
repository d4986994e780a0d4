import { type Context, Hono } from "hono";
import * as v from "valibot";
import type { AttemptId, ExamSessionId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import { socketProtocol } from "#protocol/http/proof.ts";
import type { AppEnv } from "../app-env.ts";
import { requireAttempt } from "../auth/require-attempt.ts";
import { requireLink } from "../auth/require-link.ts";
import { requirePermission, requirePerson } from "../auth/require-member.ts";
import { examSessionReader } from "../database/exam-session-reader.ts";
import { describe } from "../describe.ts";
import { examSession } from "../exam-sessions.ts";
import { problem } from "../problem.ts";
import { pathIds, query } from "../validate.ts";

/** Made by the page. It tells pages of one browser apart, and opens nothing. */
const pageId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{8,64}$/));

const notSocket = "This address takes WebSockets only.";

export const socketRoutes = new Hono<AppEnv>()
  .get(
    "/v1/sit/:attemptId/socket",
    describe({
      summary:
        "The candidate's socket; `page` is one page of the browser, which was only `reading` before its line broke",
      tag: "Sitting an exam",
      answers: { 101: null },
      problems: ["bad-request", "not-signed-in", "stale-proof", "another-browser", "not-allowed", "link-revoked"],
    }),
    requireAttempt,
    requireLink,
    pathIds(v.object({ attemptId: idField<AttemptId>() })),
    query(v.object({ page: v.optional(pageId), reading: v.optional(v.literal("1")) })),
    async (c) => {
      if (!isUpgrade(c)) return problem(c, "bad-request", notSocket);
      const { attemptId, examSessionId, browser } = c.var.candidate;
      const door = new URL("https://session/candidate");
      door.searchParams.set("attempt", attemptId);
      door.searchParams.set("browser", browser);
      const { page, reading } = c.req.valid("query");
      if (page !== undefined) door.searchParams.set("page", page);
      if (reading !== undefined) door.searchParams.set("reading", reading);
      return examSession(c.env, examSessionId).fetch(upgradeTo(door, c, { "sec-websocket-protocol": socketProtocol }));
    },
  )
  .get(
    "/v1/exam-sessions/:examSessionId/socket",
    describe({
      summary: "The proctor's socket; `after` is the last feed position that the console has",
      tag: "Exam sessions",
      answers: { 101: null },
      problems: ["bad-request", "not-signed-in", "not-allowed", "not-found"],
    }),
    requirePermission("proctor"),
    requirePerson,
    pathIds(v.object({ examSessionId: idField<ExamSessionId>() })),
    query(v.object({ after: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/)), "0") })),
    async (c) => {
      const { tenantId, memberId, name } = c.var.member;
      const { examSessionId } = c.req.valid("param");
      const isMine = await examSessionReader(c.var.home.database, tenantId).isProctoredBy(examSessionId, memberId);
      if (!isMine) return problem(c, "not-found");
      if (!isUpgrade(c)) return problem(c, "bad-request", notSocket);
      const door = new URL("https://session/proctor");
      door.searchParams.set("member", memberId);
      door.searchParams.set("name", name);
      if (c.var.signInId !== null) door.searchParams.set("signIn", c.var.signInId);
      door.searchParams.set("after", c.req.valid("query").after);
      return examSession(c.env, examSessionId).fetch(upgradeTo(door, c));
    },
  );

function isUpgrade(c: Context): boolean {
  return c.req.header("upgrade")?.toLowerCase() === "websocket";
}

/**
 * A fresh request: only what the handshake needs comes along, so that nothing the browser sent can pass for an identity,
 * and no cookie reaches the session.
 */
function upgradeTo(door: URL, c: Context, answered: Readonly<Record<string, string>> = {}): Request {
  const headers = new Headers();
  for (const [name, value] of c.req.raw.headers) {
    if (name === "upgrade" || name.startsWith("sec-websocket-")) headers.set(name, value);
  }
  headers.delete("sec-websocket-protocol");
  for (const [name, value] of Object.entries(answered)) headers.set(name, value);
  return new Request(door, { headers });
}
