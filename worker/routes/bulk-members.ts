import { type Context, Hono } from "hono";
import { beyondOwn } from "#domain/access/give.ts";
import { permissionsOf } from "#domain/access/permission.ts";
import type { MemberId } from "#domain/exam/ids.ts";
import {
  invitationEntries,
  invitedMembersSchema,
  memberRows,
  type NewMember,
  newMemberSchema,
} from "#protocol/http/member.ts";
import type { RowFault } from "#protocol/http/problem.ts";
import type { AppEnv, MemberEnv } from "../app-env.ts";
import { invitationEndsAt, newInvitation } from "../auth/invitation.ts";
import { requirePermission } from "../auth/require-member.ts";
import { type Invitee, inviteMembers } from "../database/invite-members.ts";
import { memberListReader } from "../database/member-list-reader.ts";
import { emailsOfMembers } from "../database/tenantless-lookup.ts";
import { describe } from "../describe.ts";
import { logFault } from "../logging-faults.ts";
import { mailInvitations } from "../mail/mail-invitations.ts";
import { notYourOwn } from "../more-than-own.ts";
import { newId } from "../new-id.ts";
import { askedIn, problemKinds } from "../problem.ts";
import { faultsIn, goodAmong, rowsBody } from "../rows-body.ts";

type Wanted = { readonly row: number; readonly value: NewMember };

const members = rowsBody({
  field: "members",
  row: newMemberSchema,
  rest: invitationEntries,
  csv: {
    ...memberRows,
    columns:
      "Columns: `name`, `email`, `roles` (such as `author proctor`), `custom_role_ids`; several in a cell are parted by spaces.",
  },
});

export const bulkMemberRoutes = new Hono<AppEnv>().post(
  "/v1/members/bulk",
  describe({
    summary: "Invite up to 5,000 people to be members; each row is done, or refused by itself",
    tag: "Staff",
    answers: { 200: invitedMembersSchema },
    problems: ["bad-request", "not-signed-in", "not-allowed"],
  }),
  requirePermission("manage-members"),
  members,
  async (c) => {
    const { rows, rest } = c.req.valid("json");
    const { home, acting, member } = c.var;
    const { fit, refused } = await judge(c, goodAmong(rows));
    const links = new Map<MemberId, { readonly link: string; readonly wanted: Wanted }>();
    const mayGive = c.var.member.permissions;
    const now = Date.now();
    const expiresAt = invitationEndsAt(now);
    const invitees = await Promise.all(
      fit.map(async ({ id, ...wanted }): Promise<Invitee> => {
        const { link, tokenHash } = await newInvitation(c, mayGive);
        links.set(id, { link, wanted });
        return { id, ...wanted.value, tokenHash };
      }),
    );
    const invitation = { now, expiresAt, mayGive };
    const { invited: done, broken } = await inviteMembers(home.database, acting, invitees, invitation);
    if (broken !== null) logFault(askedIn(c), broken.error);
    const all = [...links].map(([memberId, { link, wanted }]) => ({ memberId, link, ...wanted }));
    const invited = all.filter(({ memberId }) => done.has(memberId));
    const asked = invited.map(({ link, value: { name, email } }) => ({ name, email, link }));
    // [M2] The answer has the only copy of the links, and comes though no mail can be queued.
    const queued =
      rest.sendByEmail === true ? await mailInvitations(c.env, home, member.tenantId, asked, expiresAt) : null;
    // Somebody invited them at this very moment, or the database went away.
    const late = all
      .filter(({ memberId }) => !done.has(memberId))
      .map(({ row, memberId }) => (broken?.ids.has(memberId) === true ? notDone(row) : taken(row)));
    return c.json({
      invited: invited.map(({ row, memberId, link, value: { email } }) => {
        const mail = queued === null ? null : queued.has(email) ? ("queued" as const) : ("failed" as const);
        return { row, memberId, email, link, mail };
      }),
      refused: [...faultsIn(rows), ...refused, ...late].toSorted((one, other) => one.row - other.row),
      expiresAt,
    });
  },
);

/** Who of them can be invited, under which id, and what is wrong with the others. */
async function judge(
  c: Context<MemberEnv>,
  rows: readonly Wanted[],
): Promise<{ readonly fit: readonly (Wanted & { readonly id: MemberId })[]; readonly refused: readonly RowFault[] }> {
  const reader = memberListReader(c.var.home.database, c.var.member.tenantId);
  const emails = rows.map(({ value }) => value.email);
  const [own, left, known] = await Promise.all([
    reader.customRoles(),
    reader.whoLeft(emails),
    emailsOfMembers(c.env, emails),
  ]);
  const heldBy = new Map(own.map(({ roleId, permissions }) => [roleId, permissions]));
  const fit: (Wanted & { readonly id: MemberId })[] = [];
  const refused: RowFault[] = [];
  const rowOf = new Map<string, number>();
  for (const { row, value } of rows) {
    const { email, roles, customRoleIds } = value;
    const custom = customRoleIds.map((id) => heldBy.get(id)).filter((held) => held !== undefined);
    const beyond = beyondOwn(c.var.member.permissions, permissionsOf(roles, custom));
    const before = rowOf.get(email);
    if (before !== undefined) refused.push(taken(row, `Row ${before} has the same address.`));
    else if (custom.length < customRoleIds.length) {
      const detail = "customRoleIds: not all of them are roles of this institution.";
      refused.push({ row, code: "bad-request", detail });
    } else if (beyond.length > 0) {
      refused.push({ row, code: "more-than-own", detail: notYourOwn(beyond) });
    } else if (known.has(email)) refused.push(taken(row));
    else fit.push({ row, value, id: left.get(email) ?? newId<MemberId>() });
    if (before === undefined) rowOf.set(email, row);
  }
  return { fit, refused };
}

function taken(row: number, detail: string = problemKinds["email-taken"].detail): RowFault {
  return { row, code: "email-taken", detail };
}

function notDone(row: number): RowFault {
  const detail = "Something broke on our side. Look whether they are a member before you send this row again.";
  return { row, code: "internal-error", detail };
}
