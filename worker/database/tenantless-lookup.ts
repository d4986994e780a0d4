import { and, eq, isNull, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { Permission } from "#domain/access/permission.ts";
import type { AttemptId, ExamSessionId, MemberId, PasskeyId, RegistrationId, TenantId } from "#domain/exam/ids.ts";
import type { GuestLink } from "#domain/access/guest-link.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Env } from "../env.ts";
import { type Home, homesOf } from "../home.ts";
import { invitations } from "./access-schema.ts";
import { linkColumns } from "./link.ts";
import { passkeys } from "./passkey-schema.ts";
import { candidates, members, registrations } from "./schema.ts";

/*
 * The only reads that do not begin with a tenant, because they are how the tenant becomes known: signing in by e-mail or
 * passkey, and opening a guest link or an invitation. Whatever follows is asked of a reader made from the tenant found here.
 */

export type KnownMember = {
  readonly home: Home;
  readonly tenantId: TenantId;
  readonly memberId: MemberId;
  /** Null for who was invited and has not come. */
  readonly passwordHash: string | null;
};

/** Somebody who is a member now, in whichever home. `email` in lower case. */
export async function memberByEmail(env: Env, email: string): Promise<KnownMember | null> {
  return firstAtHome(env, async ({ database }) => {
    const [row] = await drizzle(database)
      .select({ tenantId: members.tenantId, memberId: members.id, passwordHash: members.passwordHash })
      .from(members)
      .where(and(eq(members.email, email), isNull(members.leftAt)));
    return row === undefined ? null : { ...row, passwordHash: row.passwordHash === "" ? null : row.passwordHash };
  });
}

/** Which of these addresses, in lower case, belong to somebody who is a member now, in whichever home. */
export async function emailsOfMembers(env: Env, emails: readonly string[]): Promise<ReadonlySet<string>> {
  const asked = JSON.stringify(emails);
  const found = await Promise.all(
    Object.values(homesOf(env)).map(({ database }) =>
      drizzle(database)
        .select({ email: members.email })
        .from(members)
        .where(and(isNull(members.leftAt), sql`${members.email} in (select value from json_each(${asked}))`)),
    ),
  );
  return new Set(found.flat().map(({ email }) => email));
}

export type KnownInvitation = {
  readonly home: Home;
  readonly tenantId: TenantId;
  readonly memberId: MemberId;
  readonly expiresAt: EpochMs;
  /** What its giver could give then; null: everything. */
  readonly mayGive: readonly Permission[] | null;
};

/** `hash` is `tokenHash` of the invitation's token. */
export async function invitationByToken(env: Env, hash: string): Promise<KnownInvitation | null> {
  return firstAtHome(env, async ({ database }) => {
    const [row] = await drizzle(database)
      .select({
        tenantId: invitations.tenantId,
        memberId: invitations.memberId,
        expiresAt: invitations.expiresAt,
        mayGive: invitations.mayGive,
      })
      .from(invitations)
      .where(eq(invitations.tokenHash, hash));
    return row ?? null;
  });
}

export type KnownPasskey = {
  readonly home: Home;
  readonly tenantId: TenantId;
  readonly memberId: MemberId;
  readonly passkeyId: PasskeyId;
  readonly credentialId: string;
  readonly publicKey: string;
  readonly counter: number;
};

/** The passkey that a device shows, with whose it says it is, in whichever home. */
export async function passkeyByCredential(
  env: Env,
  credentialId: string,
  userHandle: string,
): Promise<KnownPasskey | null> {
  return firstAtHome(env, async ({ database }) => {
    const [row] = await drizzle(database)
      .select({
        tenantId: passkeys.tenantId,
        memberId: passkeys.memberId,
        passkeyId: passkeys.id,
        credentialId: passkeys.credentialId,
        publicKey: passkeys.publicKey,
        counter: passkeys.counter,
      })
      .from(passkeys)
      .where(and(eq(passkeys.credentialId, credentialId), eq(passkeys.userHandle, userHandle)));
    return row ?? null;
  });
}

export type LinkedRegistration = {
  readonly home: Home;
  readonly tenantId: TenantId;
  readonly registrationId: RegistrationId;
  readonly examSessionId: ExamSessionId;
  readonly attemptId: AttemptId;
  readonly name: string;
  readonly link: GuestLink;
};

/** `linkHash` is `tokenHash` of the link's token. */
export async function registrationByLink(env: Env, linkHash: string): Promise<LinkedRegistration | null> {
  return firstAtHome(env, async ({ database }) => {
    const [row] = await drizzle(database)
      .select({
        tenantId: registrations.tenantId,
        registrationId: registrations.id,
        examSessionId: registrations.examSessionId,
        attemptId: registrations.attemptId,
        name: candidates.name,
        link: linkColumns,
      })
      .from(registrations)
      .innerJoin(
        candidates,
        and(eq(candidates.tenantId, registrations.tenantId), eq(candidates.id, registrations.candidateId)),
      )
      .where(eq(registrations.linkHash, linkHash));
    return row ?? null;
  });
}

/** Asks every home at once: which one has it cannot be known before. Homes are as few as a deployment has databases. */
async function firstAtHome<Row extends object>(
  env: Env,
  read: (home: Home) => Promise<Row | null>,
): Promise<(Row & { readonly home: Home }) | null> {
  const homes = Object.values(homesOf(env));
  const rows = await Promise.all(homes.map(async (home) => ({ home, row: await read(home) })));
  for (const { home, row } of rows) if (row !== null) return { ...row, home };
  return null;
}
