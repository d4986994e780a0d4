import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Role } from "#protocol/http/sign-in.ts";
import { hashPassword } from "#worker/auth/password.ts";

export type DemoMember = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly roles: readonly Role[];
};

const demoTenant = { id: "meridian", name: "Meridian Aviation Academy" } as const;

/** Passwords are readable on purpose: this institution lives on one computer only. */
export const demoMembers = [
  {
    id: "ines",
    name: "Ines Okafor",
    email: "ines@meridian.example",
    password: "ines-runs-the-school",
    roles: ["admin", "reviewer"],
  },
  {
    id: "noor",
    name: "Noor Haddad",
    email: "noor@meridian.example",
    password: "noor-writes-exams",
    roles: ["author"],
  },
  {
    id: "lin",
    name: "Lin Wei",
    email: "lin@meridian.example",
    password: "lin-watches-closely",
    roles: ["proctor"],
  },
  {
    id: "tomas",
    name: "Tomas Brandt",
    email: "tomas@meridian.example",
    password: "tomas-watches-too",
    roles: ["proctor"],
  },
  {
    id: "ruth",
    name: "Ruth Adeyemi",
    email: "ruth@meridian.example",
    password: "ruth-reviews-calmly",
    roles: ["reviewer"],
  },
] as const satisfies readonly DemoMember[];

/**
 * The SQL that adds the demo tenant and its members; run again, it changes nothing. `passwordHashes` is by member id.
 * Only these have no route yet that makes them: everything else of the demo goes through the API.
 */
export function demoSql(passwordHashes: ReadonlyMap<string, string>, now: number): string {
  const tenant = quote(demoTenant.id);
  const lines = [
    `insert into tenants (id, name, created_at) values (${tenant}, ${quote(demoTenant.name)}, ${now}) on conflict do nothing;`,
  ];
  for (const { id, name, email, roles } of demoMembers) {
    const hash = passwordHashes.get(id);
    if (hash === undefined) throw new Error(`${id} has no password hash`);
    const values = [tenant, quote(id), quote(email), quote(name), quote(hash), String(now)].join(", ");
    lines.push(
      `insert into members (tenant_id, id, email, name, password_hash, created_at) values (${values}) on conflict do nothing;`,
    );
    for (const role of roles) {
      const held = [tenant, quote(id), quote(role)].join(", ");
      lines.push(`insert into member_roles (tenant_id, member_id, role) values (${held}) on conflict do nothing;`);
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Writes the SQL to a file for as long as `execute` takes to run it. */
export async function applyDemoMembers(execute: (sqlFile: string) => Promise<unknown>): Promise<void> {
  const hashes = await Promise.all(
    demoMembers.map(async ({ id, password }) => [id, await hashPassword(password)] as const),
  );
  const directory = await mkdtemp(join(tmpdir(), "invigil-"));
  try {
    const file = join(directory, "demo.sql");
    await writeFile(file, demoSql(new Map(hashes), Date.now()));
    await execute(file);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
