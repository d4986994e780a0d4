import { and, asc, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { MemberId, TenantId } from "#domain/exam/ids.ts";
import type { PasskeyEntry } from "#protocol/http/passkey.ts";
import { passkeys } from "./passkey-schema.ts";

export function passkeyReader(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);
  return {
    /** The oldest first. */
    async ofMember(memberId: MemberId): Promise<readonly (PasskeyEntry & { readonly credentialId: string })[]> {
      return db
        .select({
          passkeyId: passkeys.id,
          credentialId: passkeys.credentialId,
          name: passkeys.name,
          addedAt: passkeys.createdAt,
          lastUsedAt: passkeys.lastUsedAt,
        })
        .from(passkeys)
        .where(and(eq(passkeys.tenantId, tenantId), eq(passkeys.memberId, memberId)))
        .orderBy(asc(passkeys.createdAt), asc(passkeys.id));
    },
  };
}
