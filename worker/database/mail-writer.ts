import { and, eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { MailId, SittingId, TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { MailKind, MailStatus } from "#protocol/http/mail.ts";
import { mails } from "./mail-schema.ts";

export type NewMail = {
  readonly id: MailId;
  readonly kind: MailKind;
  readonly to: string;
  readonly subject: string;
  readonly sittingId: SittingId | null;
};

/** A parameter of D1 holds 2 MB, and a mail with a long subject and address takes more than 1 kB of it. */
const mailsInStatement = 1_000;

/** What comes of mails: a part of the act that asked for them, which has its entry in the audit. */
export function mailWriter(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);
  return {
    /** All or none of them, a statement for each thousand. */
    async add(all: readonly NewMail[], now: EpochMs): Promise<void> {
      const [first, ...rest] = Array.from({ length: Math.ceil(all.length / mailsInStatement) }, (_, part) =>
        db.insert(mails).select(sql`
        select ${tenantId}, value ->> 'id', value ->> 'kind', value ->> 'to', value ->> 'subject', value ->> 'sittingId',
          'waiting', ${now}, null
        from json_each(${JSON.stringify(all.slice(part * mailsInStatement, (part + 1) * mailsInStatement))})`),
      );
      if (first !== undefined) await db.batch([first, ...rest]);
    },

    /** Whether it still waits: a message that comes twice is sent once. */
    async waits(id: MailId): Promise<boolean> {
      const rows = await db
        .select({ id: mails.id })
        .from(mails)
        .where(and(eq(mails.tenantId, tenantId), eq(mails.id, id), eq(mails.status, "waiting")));
      return rows.length > 0;
    },

    async settle(ids: readonly MailId[], status: Exclude<MailStatus, "waiting">, now: EpochMs): Promise<void> {
      await db
        .update(mails)
        .set({ status, sentAt: status === "sent" ? now : null })
        .where(
          and(
            eq(mails.tenantId, tenantId),
            sql`${mails.id} in (select value from json_each(${JSON.stringify(ids)}))`,
            eq(mails.status, "waiting"),
          ),
        );
    },
  };
}
