import { and, eq, type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { Permission } from "#domain/access/permission.ts";
import type { MemberId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { NewMember } from "#protocol/http/member.ts";
import type { Entering } from "../audit/acting.ts";
import { randomToken } from "../auth/random-token.ts";
import { invitations, memberCustomRoles } from "./access-schema.ts";
import { heldIn } from "./member-writer.ts";
import { memberRoles, members } from "./schema.ts";

/** `id`: a new one, or that of the member of this institution who left and had the address. */
export type Invitee = NewMember & { readonly id: MemberId; readonly tokenHash: string };

/** `mayGive`: what their inviter may do. */
type Invitation = { readonly now: EpochMs; readonly expiresAt: EpochMs; readonly mayGive: readonly Permission[] };

/** A parameter of D1 holds 2 MB, and an invitee with an entry in the audit may take more than 1 kB of it. */
const inviteesInBatch = 500;

/** `broken`: those whom it did not come to any more, and why. */
type Inviting = {
  readonly invited: ReadonlySet<MemberId>;
  readonly broken: { readonly ids: ReadonlySet<MemberId>; readonly error: unknown } | null;
};

/**
 * Invites many, each with an entry in the audit, and says whom: an address that is somebody else's by now is passed over, and
 * who is back by now. What is done to 500 of them is done together. Throws where it breaks before anybody is invited.
 */
export async function inviteMembers(
  database: D1Database,
  entering: Entering,
  invitees: readonly Invitee[],
  invitation: Invitation,
): Promise<Inviting> {
  const invited = new Set<MemberId>();
  if (invitees.length === 0) entering.enterNothing();
  for (let from = 0; from < invitees.length; from += inviteesInBatch) {
    try {
      const some = invitees.slice(from, from + inviteesInBatch);
      for (const id of await inviteSome(database, entering, some, invitation)) invited.add(id);
    } catch (error) {
      if (from === 0) throw error;
      return { invited, broken: { ids: new Set(invitees.slice(from).map(({ id }) => id)), error } };
    }
  }
  return { invited, broken: null };
}

/**
 * Until the last statement, whom this batch wrote is known by a mark in the place of a password's hash: others who
 * were found to have left may be back by now, and stay as they are.
 */
async function inviteSome(
  database: D1Database,
  entering: Entering,
  invitees: readonly Invitee[],
  { now, expiresAt, mayGive }: Invitation,
): Promise<readonly MemberId[]> {
  const { tenantId } = entering;
  const db = drizzle(database);
  const each = sql`json_each(${JSON.stringify(invitees)}) as one`;
  const mark = randomToken(16);
  const writtenAs = (id: SQL) =>
    sql`exists (select 1 from members where tenant_id = ${tenantId} and id = ${id} and password_hash = ${mark})`;
  const isInvited = writtenAs(sql`one.value ->> 'id'`);
  const written = sql`(select one.value ->> 'id' from ${each} where ${isInvited})`;
  const ofThese = sql`tenant_id = ${tenantId} and member_id in ${written}`;
  const acts = invitees.map(({ id, roles, customRoleIds }) => {
    return { kind: "member-invited", on: { kind: "member", id }, details: heldIn(roles, customRoleIds) } as const;
  });
  const entered = entering.enterEach(acts, writtenAs(sql`value ->> 'on'`));
  const [rows] = await db.batch([
    db
      .insert(members)
      .select(
        sql`select ${tenantId}, one.value ->> 'id', one.value ->> 'email', one.value ->> 'name', ${mark}, ${now}, null
          from ${each} where true`,
      )
      .onConflictDoUpdate({
        target: [members.tenantId, members.id],
        set: { name: sql`excluded.name`, passwordHash: mark, leftAt: null },
        // Who left keeps the address only until somebody else is a member by it.
        setWhere: sql`left_at is not null and not exists (
          select 1 from members as other where other.email = excluded.email and other.left_at is null)`,
      })
      .onConflictDoNothing()
      .returning({ id: members.id }),
    db.delete(memberRoles).where(ofThese),
    db.delete(memberCustomRoles).where(ofThese),
    db.insert(memberRoles).select(sql`
      select distinct ${tenantId}, one.value ->> 'id', held.value
      from ${each}, json_each(one.value, '$.roles') as held where ${isInvited}`),
    db.insert(memberCustomRoles).select(sql`
      select distinct ${tenantId}, one.value ->> 'id', held.value
      from ${each}, json_each(one.value, '$.customRoleIds') as held where ${isInvited}`),
    db
      .insert(invitations)
      .select(
        sql`select ${tenantId}, one.value ->> 'id', one.value ->> 'tokenHash', ${expiresAt}, ${JSON.stringify(mayGive)} from ${each} where ${isInvited}`,
      )
      .onConflictDoUpdate({
        target: [invitations.tenantId, invitations.memberId],
        set: { tokenHash: sql`excluded.token_hash`, expiresAt, mayGive },
      }),
    entered,
    db
      .update(members)
      .set({ passwordHash: "" })
      .where(and(eq(members.tenantId, tenantId), sql`${members.id} in ${written}`)),
  ]);
  return rows.map(({ id }) => id);
}
