import { mailWriter } from "../database/mail-writer.ts";
import { type Env, settingsOf } from "../env.ts";
import { homeOf } from "../home.ts";
import { log } from "../log.ts";
import type { Outcome } from "../outgoing/outcome.ts";
import type { OutgoingMail } from "../outgoing/outgoing-message.ts";

/** How long after each try that failed the next is: mail servers ask for minutes, and an exam does not wait for days. */
const retryDelaysMs = [60_000, 5 * 60_000, 30 * 60_000, 2 * 3_600_000];

/** [M2] Tries a mail once. `attempts`: which try it is, from 1. */
export async function sendMail(env: Env, mail: OutgoingMail, attempts: number): Promise<Outcome> {
  const { tenantId, mailId, to, subject, text, html } = mail;
  const { database } = await homeOf(env, tenantId);
  const writer = mailWriter(database, tenantId);
  if (!(await writer.waits(mailId))) return { afterMs: null };
  try {
    await env.MAIL.send({ from: settingsOf(env).mailFrom, to, subject, text, html });
  } catch (error) {
    // The platform's own refusal: an address that takes no mail, or a moment in which it can send none.
    const code = error instanceof Error && "code" in error ? String(error.code) : "none";
    log({ event: "not-sent", tenantId, error: `mail: ${code}` });
    const afterMs = retryDelaysMs[attempts - 1] ?? null;
    if (afterMs === null) await writer.settle([mailId], "failed", Date.now());
    return { afterMs };
  }
  await writer.settle([mailId], "sent", Date.now());
  return { afterMs: null };
}
