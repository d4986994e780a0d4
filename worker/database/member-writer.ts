import { and, eq, isNull, ne, notInArray, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { drizzle } from "drizzle-orm/d1";
import type { Permission, Role } from "#domain/access/permission.ts";
import type { MemberId, RoleId, TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { MemberChange, NewRole, RoleChange } from "#protocol/http/member.ts";
import type { Entering } from "../audit/acting.ts";
import { customRoles, invitations, memberCustomRoles } from "./access-schema.ts";
import { apiKeys } from "./api-key-schema.ts";
import { isDone } from "./audit-statement.ts";
import { says } from "./says.ts";
import { asReplaced, type Replaced, type Replacement, type State, stillAsSeen, unlessChanged } from "./seen-state.ts";
import { memberRoles, members, proctorAssignments, sittingLeads } from "./schema.ts";
import { withoutFactors } from "./second-factor-writer.ts";
import { signIns } from "./sign-in-schema.ts";
import { singleSignOnSubjects } from "./single-sign-on-schema.ts";

/** `tokenHash` is `tokenHash` of the link's token. */
export type NewInvitation = {
  readonly tokenHash: string;
  readonly expiresAt: EpochMs;
  /** What its giver may do; null: everything. */
  readonly mayGive: readonly Permission[] | null;
};

type Invited = NewInvitation & MemberChange & { readonly id: MemberId; readonly email: string; readonly now: EpochMs };

/** `last-admin`: nobody would be left to manage the institution. [K5] */
export type MemberOutcome = "done" | "last-admin" | "not-found";

/** Writes members and their roles, with an entry in the audit beside each change. */
export function memberWriter(database: D1Database, entering: Entering) {
  const { tenantId } = entering;
  const db = drizzle(database);

  function give(memberId: MemberId, roles: readonly Role[], customRoleIds: readonly RoleId[]): BatchItem<"sqlite">[] {
    const own = and(eq(memberRoles.tenantId, tenantId), eq(memberRoles.memberId, memberId));
    const ownCustom = and(eq(memberCustomRoles.tenantId, tenantId), eq(memberCustomRoles.memberId, memberId));
    return [
      ...roles.map((role) => db.insert(memberRoles).values({ tenantId, memberId, role }).onConflictDoNothing()),
      db.delete(memberRoles).where(and(own, notInArray(memberRoles.role, [...roles]))),
      db.delete(memberCustomRoles).where(ownCustom),
      ...customRoleIds.map((roleId) => db.insert(memberCustomRoles).values({ tenantId, memberId, roleId })),
    ];
  }

  const its = (id: MemberId) => and(eq(members.tenantId, tenantId), eq(members.id, id));
  const on = (id: MemberId) => ({ kind: "member", id }) as const;

  return {
    /**
     * A new member, or one who left and is back; with `isAgain`, one too who has not come in yet. False: the address is somebody
     * else's, or they are a member by now.
     */
    async invite(
      { id, email, name, roles, customRoleIds, now, ...invitation }: Invited,
      isAgain = false,
    ): Promise<boolean> {
      const isMember = and(its(id), isNull(members.leftAt), isAgain ? ne(members.passwordHash, "") : undefined);
      const state: State = sql`(select 'member' from ${members} where ${isMember})`;
      const write = async () => {
        await db.batch([
          stillAsSeen(database, { state, seen: { text: null } }),
          db
            .insert(members)
            .values({ tenantId, id, email, name, passwordHash: "", createdAt: now })
            .onConflictDoUpdate({
              target: [members.tenantId, members.id],
              set: { name, passwordHash: "", leftAt: null },
            }),
          ...give(id, roles, customRoleIds),
          invitationStatement(database, tenantId, id, invitation),
          entering.enter({ kind: "member-invited", on: on(id), details: heldIn(roles, customRoleIds) }),
        ]);
      };
      try {
        return (await unlessChanged(write)) !== "changed-meanwhile";
      } catch (error) {
        if (says(error, /UNIQUE constraint failed: .*members\.email/)) return false;
        throw error;
      }
    },

    async change(
      id: MemberId,
      { name, roles, customRoleIds }: MemberChange,
      replaced: Replaced,
    ): Promise<Replacement | Exclude<MemberOutcome, "done"> | "changed-meanwhile"> {
      let after: Replacement = { text: null };
      const change = async () => {
        const results = await db.batch([
          stillAsSeen(database, replaced),
          db
            .update(members)
            .set({ name })
            .where(and(its(id), isNull(members.leftAt))),
          entering.enter({ kind: "member-changed", on: on(id), details: heldIn(roles, customRoleIds) }, isDone),
          ...give(id, roles, customRoleIds),
          asReplaced(database, replaced),
        ]);
        const [read]: readonly Replacement[] = results.at(-1);
        after = read ?? after;
        // Of who is not there, or has left, there is none.
        return after.text !== null;
      };
      const outcome = await unlessChanged(() => outcomeOf(change));
      return outcome === "done" ? after : outcome;
    },

    /** Takes every right and assignment; what they did keeps their name. The caller closes their consoles. */
    async leave(id: MemberId, now: EpochMs): Promise<MemberOutcome> {
      return outcomeOf(async () => {
        const [rows] = await db.batch([
          db
            .update(members)
            .set({ leftAt: now, passwordHash: "" })
            .where(and(its(id), isNull(members.leftAt)))
            .returning({ id: members.id }),
          entering.enter({ kind: "member-left", on: on(id) }, isDone),
          ...give(id, [], []),
          db
            .update(signIns)
            .set({ endedAt: now })
            .where(and(eq(signIns.tenantId, tenantId), eq(signIns.memberId, id), isNull(signIns.endedAt))),
          // The address may be somebody else's by the time that it is invited again: nothing from before opens it then.
          ...withoutFactors(database, { tenantId, memberId: id }),
          db
            .delete(singleSignOnSubjects)
            .where(and(eq(singleSignOnSubjects.tenantId, tenantId), eq(singleSignOnSubjects.memberId, id))),
          db
            .update(apiKeys)
            .set({ revokedAt: now })
            .where(and(eq(apiKeys.tenantId, tenantId), eq(apiKeys.memberId, id), isNull(apiKeys.revokedAt))),
          db.delete(invitations).where(and(eq(invitations.tenantId, tenantId), eq(invitations.memberId, id))),
          db
            .delete(proctorAssignments)
            .where(and(eq(proctorAssignments.tenantId, tenantId), eq(proctorAssignments.memberId, id))),
          db.delete(sittingLeads).where(and(eq(sittingLeads.tenantId, tenantId), eq(sittingLeads.memberId, id))),
        ]);
        return rows.length > 0;
      });
    },

    /** A new way in, in place of the one before. */
    async inviteAgain(id: MemberId, invitation: NewInvitation): Promise<void> {
      await db.batch([
        invitationStatement(database, tenantId, id, invitation),
        entering.enter({ kind: "member-invited-again", on: on(id) }),
      ]);
    },

    /** False: another role has that name. */
    async createRole(id: RoleId, { name, permissions }: NewRole): Promise<boolean> {
      const [rows] = await db.batch([
        db
          .insert(customRoles)
          .values({ tenantId, id, name, permissions })
          .onConflictDoNothing({ target: [customRoles.tenantId, customRoles.name] })
          .returning({ id: customRoles.id }),
        entering.enter(roleAct("role-created", id, permissions), isDone),
      ]);
      return rows.length > 0;
    },

    /** False: it was changed meanwhile, or is not there, or another has that name. */
    async changeRole(id: RoleId, { name, permissions, revision }: RoleChange): Promise<boolean> {
      try {
        const [rows] = await db.batch([
          db
            .update(customRoles)
            .set({ name, permissions, revision: revision + 1 })
            .where(and(eq(customRoles.tenantId, tenantId), eq(customRoles.id, id), eq(customRoles.revision, revision)))
            .returning({ id: customRoles.id }),
          entering.enter(roleAct("role-changed", id, permissions), isDone),
        ]);
        return rows.length > 0;
      } catch (error) {
        if (says(error, /UNIQUE constraint failed: .*custom_roles\.name/)) return false;
        throw error;
      }
    },

    /** Takes the role from all who hold it, and away. */
    async deleteRole(id: RoleId): Promise<boolean> {
      const [, rows] = await db.batch([
        db
          .delete(memberCustomRoles)
          .where(and(eq(memberCustomRoles.tenantId, tenantId), eq(memberCustomRoles.roleId, id))),
        db
          .delete(customRoles)
          .where(and(eq(customRoles.tenantId, tenantId), eq(customRoles.id, id)))
          .returning({ id: customRoles.id }),
        entering.enter({ kind: "role-deleted", on: { kind: "role", id } }, isDone),
      ]);
      return rows.length > 0;
    },
  };
}

/** The statement that puts an invitation in place of the one that there was. */
function invitationStatement(
  database: D1Database,
  tenantId: TenantId,
  memberId: MemberId,
  { tokenHash, expiresAt, mayGive }: NewInvitation,
): BatchItem<"sqlite"> {
  return drizzle(database)
    .insert(invitations)
    .values({ tenantId, memberId, tokenHash, expiresAt, mayGive })
    .onConflictDoUpdate({
      target: [invitations.tenantId, invitations.memberId],
      set: { tokenHash, expiresAt, mayGive },
    });
}

async function outcomeOf(change: () => Promise<boolean>): Promise<MemberOutcome> {
  try {
    return (await change()) ? "done" : "not-found";
  } catch (error) {
    if (says(error, /keeps an administrator/)) return "last-admin";
    throw error;
  }
}

/** Roles by name, and those of the institution's own making by id. */
export function heldIn(roles: readonly Role[], customRoleIds: readonly RoleId[]) {
  return { roles: roles.join(" "), customRoles: customRoleIds.join(" ") };
}

function roleAct(kind: "role-created" | "role-changed", id: RoleId, permissions: NewRole["permissions"]) {
  return { kind, on: { kind: "role", id }, details: { permissions: permissions.join(" ") } } as const;
}
