import { Hono } from "hono";
import * as v from "valibot";
import type { SignInId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import { signInListSchema } from "#protocol/http/sign-in-list.ts";
import type { AppEnv } from "../app-env.ts";
import { clearStaffCookies } from "../auth/cookie.ts";
import { requireMember } from "../auth/require-member.ts";
import { endSignIns, renewSignIn } from "../auth/sign-in-session.ts";
import { signInReader } from "../database/sign-in-reader.ts";
import { describe } from "../describe.ts";
import { problem } from "../problem.ts";
import { pathIds } from "../validate.ts";

const tag = "Staff";

export const signInListRoutes = new Hono<AppEnv>()
  .post(
    "/v1/sign-in/refresh",
    describe({
      summary: "Go on being signed in: a new access token, and a new refresh token in place of the one that was sent",
      tag,
      answers: { 204: null },
      problems: ["not-signed-in", "not-allowed"],
    }),
    async (c) => ((await renewSignIn(c)) ? c.body(null, 204) : problem(c, "not-signed-in")),
  )
  .get(
    "/v1/sign-ins",
    describe({
      summary: "Where I am signed in",
      tag,
      answers: { 200: signInListSchema },
      problems: ["not-signed-in"],
    }),
    requireMember,
    async (c) => {
      const { tenantId, memberId } = c.var.member;
      const entries = await signInReader(c.var.home.database, tenantId).ofMember(memberId, Date.now());
      return c.json({ signIns: entries.map((entry) => ({ ...entry, isThis: entry.signInId === c.var.signInId })) });
    },
  )
  .delete(
    "/v1/sign-ins/:signInId",
    describe({
      summary: "Sign out there",
      tag,
      answers: { 204: null },
      problems: ["not-signed-in", "not-allowed", "not-found"],
    }),
    requireMember,
    pathIds(v.object({ signInId: idField<SignInId>() })),
    async (c) => {
      const ids = [c.req.valid("param").signInId];
      const ended = await endSignIns(c.env, c.var.home, c.var.acting, ids, { kind: "sign-in-ended", on: null });
      return ended === 0 ? problem(c, "not-found") : c.body(null, 204);
    },
  )
  .delete(
    "/v1/sign-ins",
    describe({
      summary: "Sign out everywhere, here too",
      tag,
      answers: { 204: null },
      problems: ["not-signed-in", "not-allowed"],
    }),
    requireMember,
    async (c) => {
      const { tenantId, memberId } = c.var.member;
      const entries = await signInReader(c.var.home.database, tenantId).ofMember(memberId, Date.now());
      const ids = entries.map(({ signInId }) => signInId);
      await endSignIns(c.env, c.var.home, c.var.acting, ids, {
        kind: "sign-in-ended",
        on: null,
        details: { all: true },
      });
      clearStaffCookies(c);
      return c.body(null, 204);
    },
  );
