import { join } from "node:path";
import { expect, request } from "@playwright/test";
import { projectRoot } from "#tools/start/child.ts";
import { localSecrets } from "#tools/start/secrets.ts";
import { demo } from "./demo.ts";

export type Account = { readonly email: string; readonly password: string };

/** An institution that no other journey knows, with its administrator: for what would disturb the others. */
export async function openInstitution(id: string): Promise<Account> {
  const { origin } = demo();
  const key = localSecrets(join(projectRoot, ".dev.vars"))["OPERATOR_KEY"] ?? "";
  const operator = await request.newContext({ baseURL: origin, extraHTTPHeaders: { origin } });
  const admin = { name: "Sofia Marin", email: `sofia@${id}.example` };
  const opened = await operator.post("/v1/tenants", {
    headers: { authorization: `Bearer ${key}` },
    data: { id, name: "Harbour Pilot School", home: "shared", admin },
  });
  expect(opened.status()).toBe(201);
  const { invitation } = (await opened.json()) as { invitation: { link: string } };
  const account = { email: admin.email, password: "sofia-pilots-the-harbour" };
  const token = new URL(invitation.link).hash.slice(1);
  const accepted = await operator.post("/v1/invitations/accept", { data: { token, password: account.password } });
  expect(accepted.ok()).toBe(true);
  await operator.dispose();
  return account;
}
