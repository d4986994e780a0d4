import { and, desc, eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { TenantId } from "#domain/exam/ids.ts";
import type { MailList, MailQuery } from "#protocol/http/mail.ts";
import { mails } from "./mail-schema.ts";

const mailsPerPage = 50;

export function mailReader(database: D1Database, tenantId: TenantId) {
  return {
    /** Newest first, a page of 50. */
    async list({ sitting, status, before }: MailQuery): Promise<MailList> {
      const [moment, id] = before?.split(".") ?? [];
      const rows = await drizzle(database)
        .select({
          id: mails.id,
          kind: mails.kind,
          to: mails.to,
          subject: mails.subject,
          sittingId: mails.sittingId,
          status: mails.status,
          createdAt: mails.createdAt,
          sentAt: mails.sentAt,
        })
        .from(mails)
        .where(
          and(
            eq(mails.tenantId, tenantId),
            sitting === undefined ? undefined : eq(mails.sittingId, sitting),
            status === undefined ? undefined : eq(mails.status, status),
            before === undefined ? undefined : sql`(${mails.createdAt}, ${mails.id}) < (${Number(moment)}, ${id})`,
          ),
        )
        .orderBy(desc(mails.createdAt), desc(mails.id))
        .limit(mailsPerPage + 1);
      const page = rows.slice(0, mailsPerPage);
      const last = page.at(-1);
      return {
        mails: page,
        older: rows.length > page.length && last !== undefined ? `${last.createdAt}.${last.id}` : null,
      };
    },
  };
}
