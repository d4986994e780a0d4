import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { Permission } from "#domain/access/permission.ts";
import type { MemberId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { NewMember } from "#protocol/http/member.ts";
import type { Entering } from "../audit/acting.ts";
import { invitations, memberCustomRoles } from "./access-schema.ts";
import { heldIn } from "./member-writer.ts";
import { memberRoles, members } from "./schema.ts";

/** `id`: a new one, or that of the member of this institution who left and had the address. */
export type Invitee = NewMember & { readonly id: MemberId; readonly tokenHash: string };

/** `mayGive`: what their inviter may do. */
type Invitation = { readonly now: EpochMs; readonly expiresAt: EpochMs; readonly mayGive: readonly Permission[] };

/** A parameter of D1 holds 2 MB, and an invitee with an entry in the audit may take more than 1 kB of it. */
const inviteesInBatch = 500;

/**
 * Invites many, each with an entry in the audit, and says whom: an address that is somebody else's by now is passed over. What is
 * done to 500 of them is done together.
 */
export async function inviteMembers(
  database: D1Database,
  entering: Entering,
  invitees: readonly Invitee[],
  invitation: Invitation,
): Promise<ReadonlySet<MemberId>> {
  const invited = new Set<MemberId>();
  if (invitees.length === 0) entering.enterNothing();
  for (let from = 0; from < invitees.length; from += inviteesInBatch) {
    for (const id of await inviteSome(database, entering, invitees.slice(from, from + inviteesInBatch), invitation)) {
      invited.add(id);
    }
  }
  return invited;
}

async function inviteSome(
  database: D1Database,
  entering: Entering,
  invitees: readonly Invitee[],
  { now, expiresAt, mayGive }: Invitation,
): Promise<readonly MemberId[]> {
  const { tenantId } = entering;
  const db = drizzle(database);
  const each = sql`json_each(${JSON.stringify(invitees)}) as one`;
  const isInvited = sql`exists (select 1 from members where tenant_id = ${tenantId} and id = one.value ->> 'id')`;
  const ofThese = sql`tenant_id = ${tenantId} and member_id in (select one.value ->> 'id' from ${each})`;
  const acts = invitees.map(({ id, roles, customRoleIds }) => {
    return { kind: "member-invited", on: { kind: "member", id }, details: heldIn(roles, customRoleIds) } as const;
  });
  const entered = entering.enterEach(
    acts,
    sql`exists (select 1 from members where tenant_id = ${tenantId} and id = value ->> 'on')`,
  );
  const [rows] = await db.batch([
    db
      .insert(members)
      .select(
        sql`select ${tenantId}, one.value ->> 'id', one.value ->> 'email', one.value ->> 'name', '', ${now}, null
          from ${each} where true`,
      )
      .onConflictDoUpdate({
        target: [members.tenantId, members.id],
        set: { name: sql`excluded.name`, passwordHash: "", leftAt: null },
      })
      .onConflictDoNothing({ target: members.email })
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
  ]);
  return rows.map(({ id }) => id);
}
