import { and, eq, exists, isNull, lt, or, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { PasskeyId, SignInId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Acting } from "../audit/acting.ts";
import { isDone } from "./audit-statement.ts";
import { passkeys } from "./passkey-schema.ts";
import { nothingShownStatement, shownStatement } from "./shown-factor.ts";

export type NewPasskey = {
  readonly id: PasskeyId;
  readonly credentialId: string;
  readonly userHandle: string;
  readonly publicKey: string;
  readonly counter: number;
  readonly name: string;
  readonly createdAt: EpochMs;
};

/** Changes passkeys of the member who acts, and of nobody else. */
export function passkeyWriter(database: D1Database, acting: Acting) {
  const db = drizzle(database);
  const { tenantId, memberId } = acting;
  const own = (id: PasskeyId) =>
    and(eq(passkeys.tenantId, tenantId), eq(passkeys.memberId, memberId), eq(passkeys.id, id));
  return {
    /** `signInId`: in which it is added. False where the device's credential is somebody's passkey already. */
    async add(passkey: NewPasskey, signInId: SignInId | null): Promise<boolean> {
      const [rows] = await db.batch([
        db
          .insert(passkeys)
          .values({ tenantId, memberId, ...passkey })
          .onConflictDoNothing()
          .returning({ id: passkeys.id }),
        acting.enter({ kind: "passkey-added", on: null }, isDone),
        shownStatement(
          database,
          acting,
          signInId,
          exists(
            db
              .select({ one: sql`1` })
              .from(passkeys)
              .where(own(passkey.id)),
          ),
        ),
      ]);
      return rows.length > 0;
    },

    /**
     * Notes that it was shown for a challenge of `issuedAt`. False where it was shown after that already: of all who come
     * with one challenge, and of two challenges in the wrong order, one is taken. [G52]
     */
    async use(id: PasskeyId, counter: number, issuedAt: EpochMs, now: EpochMs): Promise<boolean> {
      const rows = await db
        .update(passkeys)
        .set({ counter, lastUsedAt: now })
        .where(and(own(id), or(isNull(passkeys.lastUsedAt), lt(passkeys.lastUsedAt, issuedAt))))
        .returning({ id: passkeys.id });
      return rows.length > 0;
    },

    /** False where the member has no such passkey. */
    async remove(id: PasskeyId): Promise<boolean> {
      const [rows] = await db.batch([
        db.delete(passkeys).where(own(id)).returning({ id: passkeys.id }),
        acting.enter({ kind: "passkey-removed", on: null }, isDone),
        nothingShownStatement(database, acting),
      ]);
      return rows.length > 0;
    },
  };
}
