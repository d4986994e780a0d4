import { type SQL, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { drizzle } from "drizzle-orm/d1";
import type { MemberId, SittingId, TenantId, WebhookId } from "#domain/exam/ids.ts";
import { says } from "./says.ts";

/*
 * What is replaced as a whole is replaced only while it is still what the caller has seen. [K38] Each of these gives, in one text,
 * all that the replacement would overwrite: it is read, its hash is the ETag, and the batch that replaces it asks for it again.
 */

/** The text that a thing's replaceable part is, as an SQL expression; null where there is no such thing. */
export type State = SQL<string | null>;

/** What is replaced, and what of it the caller has seen: `text` null that there is none. `seen` null: whatever it is. */
export type Replaced = { readonly state: State; readonly seen: { readonly text: string | null } | null };

/** What it is then. */
export type Replacement = { readonly text: string | null };

export function memberState(tenantId: TenantId, id: MemberId): State {
  return sql`(
    select json_array(name,
      (select json_group_array(role) from (
        select role from member_roles where tenant_id = ${tenantId} and member_id = ${id} order by role)),
      (select json_group_array(role_id) from (
        select role_id from member_custom_roles where tenant_id = ${tenantId} and member_id = ${id} order by role_id)))
    from members where tenant_id = ${tenantId} and id = ${id} and left_at is null)`;
}

export function webhookState(tenantId: TenantId, id: WebhookId): State {
  return sql`(
    select json_array(url, listens_for, state) from webhook_endpoints where tenant_id = ${tenantId} and id = ${id})`;
}

export function providerState(tenantId: TenantId): State {
  return sql`coalesce((
    select json_array(issuer, client_id, client_secret, email_domain) from single_sign_on where tenant_id = ${tenantId}
  ), '[]')`;
}

export function periodsState(tenantId: TenantId): State {
  return sql`(
    select json_group_array(json_array(class, days)) from (
      select class, days from retention_periods where tenant_id = ${tenantId} order by class))`;
}

export function proctorsState(tenantId: TenantId, sittingId: SittingId): State {
  return sql`(
    select json_group_array(place) from (
      select json_array('whole', member_id) as place from sitting_leads
      where tenant_id = ${tenantId} and sitting_id = ${sittingId}
      union all
      select json_array(room.id, assigned.member_id) from proctor_assignments as assigned
      join exam_sessions as room on room.tenant_id = assigned.tenant_id and room.id = assigned.exam_session_id
      where room.tenant_id = ${tenantId} and room.sitting_id = ${sittingId}
      order by 1))`;
}

export async function readState(database: D1Database, state: State): Promise<string | null> {
  const [row] = await drizzle(database).all<{ text: string | null }>(sql`select ${state} as text`);
  return row?.text ?? null;
}

/**
 * The first statement of a batch that replaces something: undoes all of it where that is not what was seen any more. SQLite has
 * no other way to fail in a statement than one that does, and a text that is no JSON is one.
 */
export function stillAsSeen(database: D1Database, { state, seen }: Replaced): BatchItem<"sqlite"> {
  const isStill = seen === null ? sql`1` : sql`${state} is ${seen.text}`;
  return drizzle(database)
    .select({ checked: sql`json(case when ${isStill} then '[]' else 'changed-meanwhile' end)` })
    .from(sql`(select 1)`);
}

/** The last statement of such a batch: what it is then, before anybody else can replace it. */
export function asReplaced(database: D1Database, { state }: Replaced) {
  return drizzle(database)
    .select({ text: sql<string | null>`${state}` })
    .from(sql`(select 1)`);
}

/** What came of a batch that begins with `stillAsSeen`, or that it was this that undid it. */
export async function unlessChanged<Outcome>(batch: () => Promise<Outcome>): Promise<Outcome | "changed-meanwhile"> {
  try {
    return await batch();
  } catch (error) {
    if (says(error, /malformed JSON/)) return "changed-meanwhile";
    throw error;
  }
}
