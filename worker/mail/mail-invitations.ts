import type { TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Env } from "../env.ts";
import type { Home } from "../home.ts";
import { invitationMail } from "./mail-text.ts";
import { postMails } from "./post-mails.ts";

type Invited = { readonly name: string; readonly email: string; readonly link: string };

/** Sends members their ways in, which are all good until the same moment. Answers the addresses whose mail is in the queue. */
export async function mailInvitations(
  env: Env,
  home: Home,
  tenantId: TenantId,
  invited: readonly Invited[],
  expiresAt: EpochMs,
): Promise<ReadonlySet<string>> {
  return postMails(env, home, tenantId, ({ name: institution, language }) =>
    invited.map(({ name, email, link }) => {
      const text = invitationMail(language, { institution, name, link, expiresAt });
      return { kind: "member-invitation" as const, to: email, sittingId: null, text };
    }),
  );
}
