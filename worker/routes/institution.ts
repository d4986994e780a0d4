import { type Context, Hono } from "hono";
import { type Institution, institutionChangeSchema, institutionSchema } from "#protocol/http/institution.ts";
import type { AppEnv, MemberEnv } from "../app-env.ts";
import { requirePermission } from "../auth/require-member.ts";
import { institutionWriter } from "../database/institution-writer.ts";
import { tenantReader } from "../database/tenant-reader.ts";
import { describe } from "../describe.ts";
import { etagOf, momentsToMatch, takesIfMatch } from "../etag.ts";
import { newRoomIdentity } from "../exam-sessions.ts";
import { problem } from "../problem.ts";
import { jsonBody } from "../validate.ts";

const tag = "Institutions";
const managers = requirePermission("manage-institution");
const answers = { 200: institutionSchema };

/** What an institution says of itself. */
export const institutionRoutes = new Hono<AppEnv>()
  .get(
    "/v1/institution",
    describe({
      summary: "Read your institution's settings",
      tag,
      answers,
      hasEtag: true,
      problems: ["not-signed-in", "not-allowed"],
    }),
    managers,
    async (c) => {
      const institution = await institutionOf(c);
      c.header("etag", etagOf({ updatedAt: institution.changedAt }));
      return c.json(institution);
    },
  )
  .put(
    "/v1/institution",
    describe({
      summary: "Set the language of what is sent",
      tag,
      answers,
      hasEtag: true,
      problems: ["bad-request", "not-signed-in", "not-allowed"],
    }),
    managers,
    takesIfMatch,
    jsonBody(institutionChangeSchema),
    async (c) => {
      const { database } = c.var.home;
      const { language } = c.req.valid("json");
      const writer = institutionWriter(database, c.var.acting);
      const changedAt = await writer.setLanguage(language, Date.now(), momentsToMatch(c));
      if (changedAt === null) return problem(c, "changed-meanwhile");
      c.header("etag", etagOf({ updatedAt: changedAt }));
      return c.json({ ...(await institutionOf(c)), language, changedAt });
    },
  );

async function institutionOf(c: Context<MemberEnv>): Promise<Institution> {
  const institution = await tenantReader(c.var.home.database, c.var.member.tenantId).institution();
  return { ...institution, jurisdiction: newRoomIdentity(c.env, institution.jurisdictionAsked).jurisdiction };
}
