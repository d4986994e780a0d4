import { Hono } from "hono";
import type { MemberId } from "#domain/exam/ids.ts";
import { newTenantSchema, openedTenantSchema, tenantListSchema } from "#protocol/http/member.ts";
import type { AppEnv } from "../app-env.ts";
import { operatorIn } from "../audit/acting.ts";
import { newInvitation } from "../auth/invitation.ts";
import { requireOperator } from "../auth/require-operator.ts";
import { memberListReader } from "../database/member-list-reader.ts";
import { memberWriter } from "../database/member-writer.ts";
import { tenantDirectory } from "../database/tenant-directory.ts";
import { memberByEmail } from "../database/tenantless-lookup.ts";
import { describe } from "../describe.ts";
import { homesOf } from "../home.ts";
import { newId } from "../new-id.ts";
import { problem } from "../problem.ts";
import { jsonBody } from "../validate.ts";

const tag = "Institutions";

/** For the operator of the installation alone. */
export const tenantRoutes = new Hono<AppEnv>()
  .get(
    "/v1/tenants",
    describe({
      summary: "List the institutions",
      tag,
      answers: { 200: tenantListSchema },
      problems: ["not-signed-in"],
    }),
    requireOperator,
    async (c) => c.json({ tenants: await tenantDirectory(c.env).list() }),
  )
  .post(
    "/v1/tenants",
    describe({
      summary: "Open an institution in a home, and invite its first administrator",
      tag,
      answers: { 201: openedTenantSchema },
      problems: ["bad-request", "not-signed-in", "conflict", "email-taken"],
    }),
    requireOperator,
    jsonBody(newTenantSchema),
    async (c) => {
      const { id, name, home: homeName, language = "en", admin } = c.req.valid("json");
      const home = homesOf(c.env)[homeName];
      // Whatever broke off half way is gone on with: each step says whether it was done before.
      const tenant = await tenantDirectory(c.env).open({ id, name, home: homeName, language, now: Date.now() });
      if (tenant === null) return problem(c, "conflict", "This id belongs to another institution.");
      const reader = memberListReader(home.database, id);
      const known = await reader.byEmail(admin.email);
      const isElsewhere = known === null && (await memberByEmail(c.env, admin.email)) !== null;
      if (isElsewhere || (known !== null && known.state !== "invited")) return problem(c, "email-taken");
      const writer = memberWriter(home.database, operatorIn(c, home.database, id));
      const { link, tokenHash, expiresAt, mayGive } = await newInvitation(c, null);
      const memberId = known?.memberId ?? newId<MemberId>();
      const first = { id: memberId, ...admin, customRoleIds: [], tokenHash, expiresAt, mayGive, now: Date.now() };
      if (!(await writer.invite({ ...first, roles: ["admin"] }, known !== null))) return problem(c, "email-taken");
      return c.json({ tenant, invitation: { member: await reader.byId(memberId), link, expiresAt } }, 201);
    },
  );
