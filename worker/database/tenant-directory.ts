import { asc, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { MailLanguage } from "#protocol/http/mail.ts";
import type { Tenant } from "#protocol/http/member.ts";
import type { Env } from "../env.ts";
import { homesOf, jurisdictionOf } from "../home.ts";
import type { HomeName } from "../home.ts";
import { tenants } from "./schema.ts";

type NewTenant = {
  readonly id: TenantId;
  readonly name: string;
  readonly home: HomeName;
  readonly language: MailLanguage;
  readonly now: EpochMs;
};

/** Every institution of the installation: the directory is the shared database. */
export function tenantDirectory(env: Env) {
  const list = (): Promise<Tenant[]> =>
    drizzle(env.DB)
      .select({
        id: tenants.id,
        name: tenants.name,
        home: tenants.home,
        jurisdiction: tenants.jurisdiction,
        createdAt: tenants.createdAt,
      })
      .from(tenants)
      .orderBy(asc(tenants.name), asc(tenants.id));

  return {
    list,

    async has(id: TenantId): Promise<boolean> {
      const rows = await drizzle(env.DB).select({ id: tenants.id }).from(tenants).where(eq(tenants.id, id));
      return rows.length > 0;
    },

    /** The directory first: it decides whose the id is. Null when it is that of another institution. */
    async open({ id, name, home, language, now }: NewTenant): Promise<Tenant | null> {
      const row = { id, name, home, language, createdAt: now, jurisdiction: jurisdictionOf[home] };
      const isThere = (await list()).some((one) => one.id === id);
      if (!isThere) await drizzle(env.DB).insert(tenants).values(row).onConflictDoNothing();
      const known = (await list()).find((one) => one.id === id);
      if (known === undefined || known.name !== name || known.home !== home) return null;
      await drizzle(homesOf(env)[home].database).insert(tenants).values(row).onConflictDoNothing();
      return known;
    },
  };
}
