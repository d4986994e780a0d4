import { Hono } from "hono";
import * as v from "valibot";
import { beyondOwn, newBeyondOwn } from "#domain/access/give.ts";
import type { RoleId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import { customRoleSchema, newRoleSchema, roleChangeSchema, roleListSchema } from "#protocol/http/member.ts";
import type { AppEnv } from "../app-env.ts";
import { requirePermission } from "../auth/require-member.ts";
import { memberListReader } from "../database/member-list-reader.ts";
import { memberWriter } from "../database/member-writer.ts";
import { describe } from "../describe.ts";
import { dismissWhoMayNot } from "../dismiss-proctor.ts";
import { moreThanOwn } from "../more-than-own.ts";
import { newId } from "../new-id.ts";
import { problem } from "../problem.ts";
import { jsonBody, pathIds } from "../validate.ts";

const tag = "Staff";
const rolePath = pathIds(v.object({ roleId: idField<RoleId>() }));
const manage = requirePermission("manage-members");
const nameTaken = "Another role has this name.";

/** Roles of the institution's own making. What the others allow is the product's (domain/access/permission.ts). */
export const roleRoutes = new Hono<AppEnv>()
  .get(
    "/v1/roles",
    describe({
      summary: "List the roles that the institution made itself",
      tag,
      answers: { 200: roleListSchema },
      problems: ["not-signed-in", "not-allowed"],
    }),
    requirePermission("read-members"),
    async (c) => c.json({ roles: await memberListReader(c.var.home.database, c.var.member.tenantId).customRoles() }),
  )
  .post(
    "/v1/roles",
    describe({
      summary: "Make a role",
      tag,
      answers: { 201: customRoleSchema },
      problems: ["bad-request", "not-signed-in", "not-allowed", "more-than-own", "conflict"],
    }),
    manage,
    jsonBody(newRoleSchema),
    async (c) => {
      const roleId = newId<RoleId>();
      const wanted = c.req.valid("json");
      const refusal = moreThanOwn(c, beyondOwn(c.var.member.permissions, wanted.permissions));
      if (refusal !== null) return refusal;
      const isDone = await memberWriter(c.var.home.database, c.var.acting).createRole(roleId, wanted);
      return isDone ? c.json({ roleId, ...wanted, revision: 1, members: 0 }, 201) : problem(c, "conflict", nameTaken);
    },
  )
  .put(
    "/v1/roles/:roleId",
    describe({
      summary: "Change a role for all who hold it",
      tag,
      answers: { 200: customRoleSchema },
      problems: ["bad-request", "not-signed-in", "not-allowed", "more-than-own", "not-found", "conflict"],
    }),
    manage,
    rolePath,
    jsonBody(roleChangeSchema),
    async (c) => {
      const { home, member, acting } = c.var;
      const { roleId } = c.req.valid("param");
      const reader = memberListReader(home.database, member.tenantId);
      const before = (await reader.customRoles()).find((role) => role.roleId === roleId);
      if (before === undefined) return problem(c, "not-found");
      const wanted = c.req.valid("json");
      const refusal = moreThanOwn(c, newBeyondOwn(member.permissions, before.permissions, wanted.permissions));
      if (refusal !== null) return refusal;
      if (!(await memberWriter(home.database, acting).changeRole(roleId, wanted))) {
        return problem(c, "conflict", before.revision === wanted.revision ? nameTaken : undefined);
      }
      await dismissWhoMayNot(c.env, home, member.tenantId, await reader.holdersOf(roleId));
      return c.json({ ...wanted, roleId, revision: wanted.revision + 1, members: before.members });
    },
  )
  .delete(
    "/v1/roles/:roleId",
    describe({
      summary: "Take a role from all who hold it, and away",
      tag,
      answers: { 204: null },
      problems: ["not-signed-in", "not-allowed", "not-found"],
    }),
    manage,
    rolePath,
    async (c) => {
      const { home, member, acting } = c.var;
      const { roleId } = c.req.valid("param");
      const holders = await memberListReader(home.database, member.tenantId).holdersOf(roleId);
      if (!(await memberWriter(home.database, acting).deleteRole(roleId))) return problem(c, "not-found");
      await dismissWhoMayNot(c.env, home, member.tenantId, holders);
      return c.body(null, 204);
    },
  );
