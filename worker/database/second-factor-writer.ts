import { and, eq, exists, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { MemberId, SignInId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Acting } from "../audit/acting.ts";
import { isDone } from "./audit-statement.ts";
import { passkeys } from "./passkey-schema.ts";
import { signInsEnded } from "./revoke-access.ts";
import { nothingShownStatement, shownStatement } from "./shown-factor.ts";
import { authenticators, recoveryCodes } from "./second-factor-schema.ts";

/** The first code of an app, by its time step, and the marks of the new recovery codes. */
type Confirmation = {
  readonly secret: string;
  readonly step: number;
  readonly marks: readonly string[];
  readonly now: EpochMs;
  /** In which it is shown. */
  readonly signInId: SignInId | null;
};

/** Changes the second factor of the member who acts, and of nobody else. */
export function secondFactorWriter(database: D1Database, acting: Acting) {
  const db = drizzle(database);
  const { tenantId, memberId } = acting;
  const own = and(eq(authenticators.tenantId, tenantId), eq(authenticators.memberId, memberId));
  const ownCodes = and(eq(recoveryCodes.tenantId, tenantId), eq(recoveryCodes.memberId, memberId));

  return {
    /** A secret to be confirmed, in place of one that never was. False where the member has an app already. */
    async begin(secret: string, now: EpochMs): Promise<boolean> {
      const [rows] = await db.batch([
        db
          .insert(authenticators)
          .values({ tenantId, memberId, secret, createdAt: now })
          .onConflictDoUpdate({
            target: [authenticators.tenantId, authenticators.memberId],
            set: { secret, createdAt: now, lastStep: null },
            setWhere: isNull(authenticators.confirmedAt),
          })
          .returning({ memberId: authenticators.memberId }),
        acting.enter({ kind: "second-factor-begun", on: null }, isDone),
      ]);
      return rows.length > 0;
    },

    /** From now on it counts. False where it does already, or where this is not the secret any more. */
    async confirm({ secret, step, marks, now, signInId }: Confirmation): Promise<boolean> {
      // An app that does not count yet has no codes: of two pages that confirm at a time, the second adds none.
      const [rows] = await db.batch([
        db
          .update(authenticators)
          .set({ confirmedAt: now, lastStep: step })
          .where(and(own, eq(authenticators.secret, secret), isNull(authenticators.confirmedAt)))
          .returning({ memberId: authenticators.memberId }),
        acting.enter({ kind: "second-factor-set", on: null }, isDone),
        db.insert(recoveryCodes).select(sql`
          select ${tenantId}, ${memberId}, value, null from json_each(${JSON.stringify(marks)})
          where not exists (
            select 1 from recovery_codes where tenant_id = ${tenantId} and member_id = ${memberId}
          )`),
        shownStatement(
          database,
          acting,
          signInId,
          exists(
            db
              .select({ one: sql`1` })
              .from(authenticators)
              .where(and(own, eq(authenticators.secret, secret), eq(authenticators.confirmedAt, now))),
          ),
        ),
      ]);
      return rows.length > 0;
    },

    /** Uses a code of the app up. False where it, or a later one, was used meanwhile. [G42] */
    async useStep(step: number): Promise<boolean> {
      const rows = await db
        .update(authenticators)
        .set({ lastStep: step })
        .where(
          and(
            own,
            isNotNull(authenticators.confirmedAt),
            or(isNull(authenticators.lastStep), lt(authenticators.lastStep, step)),
          ),
        )
        .returning({ memberId: authenticators.memberId });
      return rows.length > 0;
    },

    /** Uses a recovery code up. False where there is none like it, or where it was used. [G44] */
    async useRecoveryCode(mark: string, now: EpochMs): Promise<boolean> {
      const [rows] = await db.batch([
        db
          .update(recoveryCodes)
          .set({ usedAt: now })
          .where(and(ownCodes, eq(recoveryCodes.mark, mark), isNull(recoveryCodes.usedAt)))
          .returning({ mark: recoveryCodes.mark }),
        acting.enter({ kind: "recovery-code-used", on: null }, isDone),
      ]);
      return rows.length > 0;
    },

    async replaceRecoveryCodes(marks: readonly string[]): Promise<void> {
      await db.batch([
        db.delete(recoveryCodes).where(ownCodes),
        db.insert(recoveryCodes).values(marks.map((mark) => ({ tenantId, memberId, mark }))),
        acting.enter({ kind: "recovery-codes-replaced", on: null }),
      ]);
    },
  };
}

/** Turns the member's own app off; the recovery codes go with it. */
export async function removeAuthenticator(database: D1Database, acting: Acting): Promise<void> {
  await drizzle(database).batch([
    ...withoutApp(database, acting),
    nothingShownStatement(database, acting),
    acting.enter({ kind: "second-factor-removed", on: null }),
  ]);
}

/**
 * Takes from a colleague all that signs them in beside the password: app, recovery codes and passkeys. Their sign-ins end, and
 * it tells which. [G104]
 */
export async function removeFactorsOf(
  database: D1Database,
  acting: Acting,
  memberId: MemberId,
  now: EpochMs,
): Promise<readonly SignInId[]> {
  const owner = { tenantId: acting.tenantId, memberId };
  const [ended] = await drizzle(database).batch([
    signInsEnded(database, owner, now),
    ...withoutFactors(database, owner),
    acting.enter({ kind: "second-factor-removed", on: { kind: "member", id: memberId } }),
  ]);
  return ended.map(({ id }) => id);
}

/** The statements that take from a member all that signs them in beside the password. */
export function withoutFactors(database: D1Database, of: Pick<Acting, "tenantId" | "memberId">) {
  const own = and(eq(passkeys.tenantId, of.tenantId), eq(passkeys.memberId, of.memberId));
  return [...withoutApp(database, of), drizzle(database).delete(passkeys).where(own)] as const;
}

function withoutApp(database: D1Database, { tenantId, memberId }: Pick<Acting, "tenantId" | "memberId">) {
  const db = drizzle(database);
  return [
    db.delete(recoveryCodes).where(and(eq(recoveryCodes.tenantId, tenantId), eq(recoveryCodes.memberId, memberId))),
    db.delete(authenticators).where(and(eq(authenticators.tenantId, tenantId), eq(authenticators.memberId, memberId))),
  ] as const;
}
