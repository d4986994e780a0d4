import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { TenantId } from "#domain/exam/ids.ts";
import type { Jurisdiction } from "#domain/exam/rooms.ts";
import type { homes } from "#protocol/http/institution.ts";
import { tenants } from "./database/schema.ts";
import type { Env } from "./env.ts";

/** One of the homes that a deployment has. */
export type HomeName = (typeof homes)[number];

/** Where an institution's rows and recordings are: nobody else's reader or writer is made from them. */
export type Home = { readonly database: D1Database; readonly recordings: R2Bucket };

type Homes = Pick<Env, "DB" | "DB_EU" | "RECORDINGS" | "RECORDINGS_EU">;

/** What the rooms of an institution there are bound to, where the platform can. */
export const jurisdictionOf: Readonly<Record<HomeName, Jurisdiction | null>> = { shared: null, eu: "eu" };

/** Every home that this deployment has, by the name that an institution's record has of its own. */
export function homesOf({ DB, DB_EU, RECORDINGS, RECORDINGS_EU }: Homes): Readonly<Record<HomeName, Home>> {
  return {
    shared: { database: DB, recordings: RECORDINGS },
    eu: { database: DB_EU, recordings: RECORDINGS_EU },
  };
}

// An institution never moves (a trigger of the directory sees to it), so what was read once is true for good.
const known = new WeakMap<D1Database, Map<TenantId, HomeName>>();

/**
 * The home of an institution, by its record in the directory, which is the shared database. One that is not there lives in
 * the shared home, where nothing is found of it.
 */
export async function homeOf(env: Homes, tenantId: TenantId): Promise<Home> {
  const names = known.get(env.DB) ?? new Map<TenantId, HomeName>();
  known.set(env.DB, names);
  const name = names.get(tenantId) ?? (await homeNameOf(env.DB, tenantId));
  if (name !== null) names.set(tenantId, name);
  return homesOf(env)[name ?? "shared"];
}

async function homeNameOf(directory: D1Database, tenantId: TenantId): Promise<HomeName | null> {
  const [row] = await drizzle(directory).select({ home: tenants.home }).from(tenants).where(eq(tenants.id, tenantId));
  return row?.home ?? null;
}
