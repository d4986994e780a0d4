import type { MemberId, TenantId } from "#domain/exam/ids.ts";
import type { Sitting } from "#protocol/http/sitting.ts";
import { memberListReader } from "../database/member-list-reader.ts";
import type { Env } from "../env.ts";
import type { Home } from "../home.ts";
import { proctorMail } from "./mail-text.ts";
import { postMails } from "./post-mails.ts";

type Asked = {
  readonly sitting: Pick<Sitting, "id" | "title" | "opensAt" | "closesAt">;
  readonly origin: string;
  /** Who did not proctor it before. */
  readonly memberIds: readonly MemberId[];
};

/** Tells them that the sitting is theirs to proctor. */
export async function mailProctors(env: Env, home: Home, tenantId: TenantId, { sitting, origin, memberIds }: Asked) {
  if (memberIds.length === 0) return;
  const { id: sittingId, title, opensAt, closesAt } = sitting;
  const reader = memberListReader(home.database, tenantId);
  const members = await Promise.all(memberIds.map((id) => reader.byId(id)));
  await postMails(env, home, tenantId, ({ name: institution, language }) =>
    members.flatMap((member) => {
      if (member === null) return [];
      const link = `${origin}/proctor`;
      const text = proctorMail(language, { institution, sitting: title, name: member.name, opensAt, closesAt, link });
      return [{ kind: "proctor-assigned" as const, to: member.email, sittingId, text }];
    }),
  );
}
