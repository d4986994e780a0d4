import { type Context, Hono } from "hono";
import * as v from "valibot";
import { beyondOwn, newBeyondOwn } from "#domain/access/give.ts";
import { type Permission, permissionsOf } from "#domain/access/permission.ts";
import type { MemberId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import {
  invitationSchema,
  invitedMemberSchema,
  memberChangeSchema,
  memberColumns,
  memberListSchema,
  memberQuerySchema,
  memberSchema,
  type NewMember,
  newInvitationSchema,
} from "#protocol/http/member.ts";
import type { AppEnv, MemberEnv } from "../app-env.ts";
import { openAgain } from "../auth/guard-sign-in.ts";
import { newInvitation } from "../auth/invitation.ts";
import { requirePermission } from "../auth/require-member.ts";
import { memberState } from "../database/seen-state.ts";
import { memberListReader } from "../database/member-list-reader.ts";
import { memberReader } from "../database/member-reader.ts";
import { memberWriter } from "../database/member-writer.ts";
import { memberByEmail } from "../database/tenantless-lookup.ts";
import { examSessionReader } from "../database/exam-session-reader.ts";
import { asksForCsv, csvAnswer, rowsPerRead } from "../csv-answer.ts";
import { describe } from "../describe.ts";
import { dismissFrom, dismissWhoMayNot } from "../dismiss-proctor.ts";
import { mailInvitations } from "../mail/mail-invitations.ts";
import { moreThanOwn } from "../more-than-own.ts";
import { readTagged, seenBy, tagReplaced, takesIfMatch } from "../etag.ts";
import { newId } from "../new-id.ts";
import { problem } from "../problem.ts";
import { jsonBody, pathIds, query } from "../validate.ts";

const tag = "Staff";
const memberPath = pathIds(v.object({ memberId: idField<MemberId>() }));
const manage = requirePermission("manage-members");
const noSuchRole = "customRoleIds: not all of them are roles of this institution.";

export const memberRoutes = new Hono<AppEnv>()
  .get(
    "/v1/members",
    describe({
      summary: "List the members by name, or those who may do something",
      tag,
      answers: { 200: memberListSchema },
      csv: memberColumns,
      problems: ["bad-request", "not-signed-in", "not-allowed"],
    }),
    requirePermission("read-members", "schedule"),
    query(memberQuerySchema),
    async (c) => {
      const asked = c.req.valid("query");
      if (!asksForCsv(c)) return c.json(await listed(c).list(asked));
      return csvAnswer(c, "members", memberColumns, async (after: MemberId | undefined) => {
        const { members, next } = await listed(c).list({ ...asked, after, limit: rowsPerRead });
        return { rows: members, next };
      });
    },
  )
  .post(
    "/v1/members",
    describe({
      summary: "Invite somebody to be a member; who left is one again",
      tag,
      answers: { 201: invitationSchema },
      problems: ["bad-request", "not-signed-in", "not-allowed", "more-than-own", "email-taken"],
    }),
    manage,
    jsonBody(invitedMemberSchema),
    async (c) => {
      const { sendByEmail = false, ...wanted } = c.req.valid("json");
      const given = await permissionsIn(c, wanted);
      if (given === null) return problem(c, "bad-request", noSuchRole);
      const refusal = moreThanOwn(c, beyondOwn(c.var.member.permissions, given));
      if (refusal !== null) return refusal;
      // Who left has the address still, and is invited under the same id: what they did stays theirs.
      const known = await listed(c).byEmail(wanted.email);
      const isTaken = known === null ? (await memberByEmail(c.env, wanted.email)) !== null : known.state !== "left";
      if (isTaken) return problem(c, "email-taken");
      const id = known?.memberId ?? newId<MemberId>();
      const { link, tokenHash, expiresAt, mayGive } = await newInvitation(c, c.var.member.permissions);
      const isDone = await writer(c).invite({ id, ...wanted, tokenHash, expiresAt, mayGive, now: Date.now() });
      if (!isDone) return problem(c, "email-taken");
      if (sendByEmail) await send(c, { ...wanted, link }, expiresAt);
      return c.json({ member: await listed(c).byId(id), link, expiresAt }, 201);
    },
  )
  .get(
    "/v1/members/:memberId",
    describe({
      summary: "Read a member",
      tag,
      hasEtag: true,
      answers: { 200: memberSchema },
      problems: ["not-signed-in", "not-allowed", "not-found"],
    }),
    requirePermission("read-members"),
    memberPath,
    async (c) => {
      const { memberId } = c.req.valid("param");
      const state = memberState(c.var.member.tenantId, memberId);
      const member = await readTagged(c, c.var.home.database, state, () => listed(c).byId(memberId));
      if (member === null) return problem(c, "not-found");
      return c.json(member);
    },
  )
  .put(
    "/v1/members/:memberId",
    describe({
      summary: "Change a member's name and roles",
      tag,
      hasEtag: true,
      answers: { 200: memberSchema },
      problems: ["bad-request", "not-signed-in", "not-allowed", "more-than-own", "not-found", "last-admin"],
    }),
    manage,
    takesIfMatch,
    memberPath,
    jsonBody(memberChangeSchema),
    async (c) => {
      const { memberId } = c.req.valid("param");
      const wanted = c.req.valid("json");
      const before = await listed(c).byId(memberId);
      if (before === null || before.state === "left") return problem(c, "not-found");
      const after = await permissionsIn(c, wanted);
      if (after === null) return problem(c, "bad-request", noSuchRole);
      const { database } = c.var.home;
      const has = await memberReader(database, c.var.member.tenantId).byId(memberId);
      const refusal = moreThanOwn(c, newBeyondOwn(c.var.member.permissions, has?.permissions ?? [], after));
      if (refusal !== null) return refusal;
      const state = memberState(c.var.member.tenantId, memberId);
      const replaced = await seenBy(c, database, state);
      if (replaced === "changed-meanwhile") return problem(c, replaced);
      const outcome = await writer(c).change(memberId, wanted, replaced);
      if (typeof outcome === "string") return problem(c, outcome);
      await tagReplaced(c, outcome);
      await dismissWhoMayNot(c.env, c.var.home, c.var.member.tenantId, [memberId]);
      return c.json(await listed(c).byId(memberId));
    },
  )
  .delete(
    "/v1/members/:memberId",
    describe({
      summary: "Remove a member: every right, assignment, sign-in and open console ends",
      tag,
      answers: { 204: null },
      problems: ["not-signed-in", "not-allowed", "not-found", "last-admin"],
    }),
    manage,
    memberPath,
    async (c) => {
      const { memberId } = c.req.valid("param");
      const { home, member, acting } = c.var;
      const rooms = await examSessionReader(home.database, member.tenantId).openRoomsOf(memberId, Date.now());
      const outcome = await memberWriter(home.database, acting).leave(memberId, Date.now());
      if (outcome !== "done") return problem(c, outcome);
      await dismissFrom(c.env, rooms, memberId);
      return c.body(null, 204);
    },
  )
  .post(
    "/v1/members/:memberId/invitation",
    describe({
      summary: "Give a member a new way in, by which they choose a password; the one before is void",
      tag,
      answers: { 201: invitationSchema },
      problems: ["bad-request", "not-signed-in", "not-allowed", "more-than-own", "not-found"],
    }),
    manage,
    memberPath,
    jsonBody(newInvitationSchema),
    async (c) => {
      const { memberId } = c.req.valid("param");
      const member = await listed(c).byId(memberId);
      if (member === null || member.state === "left") return problem(c, "not-found");
      // Whoever has the link may do what the colleague may. [G106]
      const has = await memberReader(c.var.home.database, c.var.member.tenantId).byId(memberId);
      const refusal = moreThanOwn(c, beyondOwn(c.var.member.permissions, has?.permissions ?? []));
      if (refusal !== null) return refusal;
      const { link, tokenHash, expiresAt, mayGive } = await newInvitation(c, c.var.member.permissions);
      await writer(c).inviteAgain(memberId, { tokenHash, expiresAt, mayGive });
      if (c.req.valid("json").sendByEmail === true) await send(c, { ...member, link }, expiresAt);
      return c.json({ member, link, expiresAt }, 201);
    },
  )
  .delete(
    "/v1/members/:memberId/sign-in-failures",
    describe({
      summary: "Forget the failures to sign in to a colleague's account, so that it opens again",
      tag,
      answers: { 204: null },
      problems: ["not-signed-in", "not-allowed", "not-found"],
    }),
    manage,
    memberPath,
    async (c) => {
      const colleague = await listed(c).byId(c.req.valid("param").memberId);
      if (colleague === null) return problem(c, "not-found");
      const { tenantId } = c.var.member;
      await openAgain(c, colleague.email, { tenantId, memberId: colleague.memberId });
      return c.body(null, 204);
    },
  );

async function send(
  c: Context<MemberEnv>,
  invited: { readonly name: string; readonly email: string; readonly link: string },
  expiresAt: number,
): Promise<void> {
  await mailInvitations(c.env, c.var.home, c.var.member.tenantId, [invited], expiresAt);
}

function listed(c: Context<MemberEnv>) {
  return memberListReader(c.var.home.database, c.var.member.tenantId);
}

function writer(c: Context<MemberEnv>) {
  return memberWriter(c.var.home.database, c.var.acting);
}

/** Everything that these roles allow; null where not all of them are roles of this institution. */
async function permissionsIn(
  c: Context<MemberEnv>,
  { roles, customRoleIds }: Pick<NewMember, "roles" | "customRoleIds">,
): Promise<readonly Permission[] | null> {
  if (customRoleIds.length === 0) return permissionsOf(roles, []);
  const known = new Map((await listed(c).customRoles()).map(({ roleId, permissions }) => [roleId, permissions]));
  const custom = customRoleIds.map((id) => known.get(id)).filter((held) => held !== undefined);
  return custom.length === customRoleIds.length ? permissionsOf(roles, custom) : null;
}
