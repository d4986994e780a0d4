import type { MailId, SittingId, TenantId } from "#domain/exam/ids.ts";
import type { MailKind } from "#protocol/http/mail.ts";
import { mailWriter } from "../database/mail-writer.ts";
import { tenantReader } from "../database/tenant-reader.ts";
import type { Env } from "../env.ts";
import type { Home } from "../home.ts";
import { faultOf, log } from "../log.ts";
import { newId } from "../new-id.ts";
import type { MailText } from "./mail-text.ts";

export type Posting = {
  readonly kind: MailKind;
  readonly to: string;
  /** Null where it is about none. */
  readonly sittingId: SittingId | null;
  readonly text: MailText;
};

/** A queue takes 256 kB in one call, and a mail of ours is some 3 kB. */
const mailsAtOnce = 25;

/** Who sends: what mails say of the institution, and in which language. */
type Sender = Awaited<ReturnType<ReturnType<typeof tenantReader>["sender"]>>;

/**
 * Keeps that these mails are to be sent, and puts them into the queue. Never throws: the act that they are about is done
 * already, and its answer may have the only copy of a link. What cannot be queued is listed as failed. [M2]
 * Answers the addresses whose mail is in the queue.
 */
export async function postMails(
  { OUTGOING }: Pick<Env, "OUTGOING">,
  home: Home,
  tenantId: TenantId,
  make: (sender: Sender) => readonly Posting[],
): Promise<ReadonlySet<string>> {
  const writer = mailWriter(home.database, tenantId);
  const queued = new Set<string>();
  const failed: MailId[] = [];
  async function queue(some: readonly (Posting & { readonly id: MailId })[]): Promise<void> {
    try {
      await OUTGOING.sendBatch(
        some.map(({ id, to, text }) => ({ body: { send: "mail", tenantId, mailId: id, to, ...text } })),
      );
      for (const { to } of some) queued.add(to);
    } catch (error) {
      tell(error);
      failed.push(...some.map(({ id }) => id));
    }
  }
  function tell(error: unknown): void {
    log({ event: "not-queued", tenantId, error: error instanceof Error ? faultOf(error).error : "none" });
  }
  try {
    const postings = make(await tenantReader(home.database, tenantId).sender());
    const all = postings.map((posting) => ({ id: newId<MailId>(), ...posting }));
    const rows = all.map(({ id, kind, to, sittingId, text: { subject } }) => ({ id, kind, to, sittingId, subject }));
    await writer.add(rows, Date.now());
    for (let start = 0; start < all.length; start += mailsAtOnce) await queue(all.slice(start, start + mailsAtOnce));
    if (failed.length > 0) await writer.settle(failed, "failed", Date.now());
  } catch (error) {
    // The database did not take them: none is listed, and none is sent. Or it did not take that some failed: after a day it does.
    tell(error);
  }
  return queued;
}
