import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { TenantId } from "#domain/exam/ids.ts";
import type { Jurisdiction } from "#domain/exam/rooms.ts";
import type { Institution } from "#protocol/http/institution.ts";
import type { MailLanguage } from "#protocol/http/mail.ts";
import { tenants } from "./schema.ts";

export function tenantReader(database: D1Database, tenantId: TenantId) {
  return {
    /** What the institution asks its rooms to be bound to. */
    async jurisdiction(): Promise<Jurisdiction | null> {
      const [row] = await drizzle(database)
        .select({ jurisdiction: tenants.jurisdiction })
        .from(tenants)
        .where(eq(tenants.id, tenantId));
      return row?.jurisdiction ?? null;
    },

    /** What it has set of itself, and what its record says of where it lives. */
    async institution(): Promise<Omit<Institution, "jurisdiction">> {
      const { name, language, changedAt, home, jurisdiction: jurisdictionAsked } = tenants;
      const [row] = await drizzle(database)
        .select({ name, language, changedAt, home, jurisdictionAsked })
        .from(tenants)
        .where(eq(tenants.id, tenantId));
      if (row === undefined) throw new Error("a member's institution has no record");
      return row;
    },

    /** What its mails say of it, and in which language. */
    async sender(): Promise<{ readonly name: string; readonly language: MailLanguage }> {
      const [row] = await drizzle(database)
        .select({ name: tenants.name, language: tenants.language })
        .from(tenants)
        .where(eq(tenants.id, tenantId));
      if (row === undefined) throw new Error("a member's institution has no record");
      return row;
    },
  };
}
