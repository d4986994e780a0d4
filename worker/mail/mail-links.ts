import type { TenantId } from "#domain/exam/ids.ts";
import type { IssuedLink } from "#protocol/http/registration.ts";
import type { Sitting } from "#protocol/http/sitting.ts";
import type { Env } from "../env.ts";
import type { Home } from "../home.ts";
import { linkMail } from "./mail-text.ts";
import { postMails } from "./post-mails.ts";

type Asked = {
  readonly sitting: Pick<Sitting, "id" | "title" | "opensAt" | "closesAt">;
  readonly origin: string;
  readonly links: readonly (Pick<IssuedLink, "name" | "link"> & { readonly email: string | null })[];
};

/** Sends each candidate who has an address their link. */
export async function mailLinks(env: Env, home: Home, tenantId: TenantId, { sitting, origin, links }: Asked) {
  const { id: sittingId, title, opensAt, closesAt } = sitting;
  const checkLink = `${origin}/check`;
  await postMails(env, home, tenantId, ({ name: institution, language }) =>
    links.flatMap(({ name, link, email }) => {
      if (email === null) return [];
      const text = linkMail(language, { institution, sitting: title, name, opensAt, closesAt, link, checkLink });
      return [{ kind: "candidate-link" as const, to: email, sittingId, text }];
    }),
  );
}
