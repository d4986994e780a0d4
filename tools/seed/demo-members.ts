import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Role } from "#domain/access/permission.ts";
import { changeOf, keyOf, transferOf, unitsPerCredit } from "#domain/ledger/entry.ts";
import type { AuditEntry } from "#protocol/audit.ts";
import { ledgerAct } from "#worker/audit/ledger-act.ts";
import { hashPassword } from "#worker/auth/password.ts";
import { randomToken } from "#worker/auth/random-token.ts";
import type { HomeName } from "#worker/home.ts";

export type DemoMember = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly roles: readonly Role[];
};

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

/** A second institution, in a database and a bucket of its own. */
export const neighbours = [
  {
    id: "freya",
    name: "Freya Lund",
    email: "freya@fjord.example",
    password: "freya-runs-the-college",
    roles: ["admin", "author", "proctor", "auditor"],
  },
] as const satisfies readonly DemoMember[];

const insertTenant = "insert into tenants (id, name, home, created_at, jurisdiction) values";

/** What rooms are bound to, where the platform can. */
const jurisdictions: Readonly<Record<HomeName, string>> = { shared: "null", eu: "'eu'" };

type DemoTenant = {
  readonly id: string;
  readonly name: string;
  readonly home: HomeName;
  readonly members: readonly DemoMember[];
};

const demoTenants: readonly DemoTenant[] = [
  { id: "meridian", name: "Meridian Aviation Academy", home: "shared", members: demoMembers },
  { id: "fjord", name: "Fjord Maritime College", home: "eu", members: neighbours },
];

/**
 * The SQL that adds the demo tenants of one home, their members and their credits, and to the directory, which is the shared
 * home, every tenant; run again, it changes nothing. `passwordHashes` is by member id.
 * Only these have no route yet that makes them: everything else of the demo goes through the API.
 */
export function demoSql(home: HomeName, passwordHashes: ReadonlyMap<string, string>, now: number): string {
  const known = demoTenants.filter((one) => home === "shared" || one.home === home);
  const lines = known.flatMap((one) => [
    `${insertTenant} (${[one.id, one.name, one.home].map(quote).join(", ")}, ${now}, ${jurisdictions[one.home]}) on conflict do nothing;`,
    ...(one.home === home ? [...membersSql(one, passwordHashes, now), ...creditSql(one.id, now)] : []),
  ]);
  return `${lines.join("\n")}\n`;
}

function membersSql(
  { id: tenantId, members }: DemoTenant,
  passwordHashes: ReadonlyMap<string, string>,
  now: number,
): readonly string[] {
  const tenant = quote(tenantId);
  const lines: string[] = [];
  for (const { id, name, email, roles } of members) {
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
  return lines;
}

/** The credits that a demo tenant begins with, and their entry in the audit, as the ledger itself would write them. */
function creditSql(tenantId: string, now: number): readonly string[] {
  const entry = { kind: "credit", key: "demo", amount: 500 * unitsPerCredit, at: now } as const;
  const { from, to, amount } = transferOf(entry);
  const [tenant, key, source] = [tenantId, keyOf(entry), `ledger:${keyOf(entry)}`].map(quote);
  const who = { kind: "system" } as const;
  const audited: AuditEntry = { at: now, who, from: null, requestId: null, ...ledgerAct(entry) };
  const sides = [quote(entry.kind), quote(from), quote(to), amount, changeOf({ from, to, amount })].join(", ");
  return [
    `insert into ledger_entries (tenant_id, number, key, at, kind, paid_from, paid_to, amount, change)
     select ${tenant}, coalesce(max(number), 0) + 1, ${key}, ${now}, ${sides} from ledger_entries where tenant_id = ${tenant}
     having not exists (select 1 from ledger_entries where tenant_id = ${tenant} and key = ${key});`,
    `insert into audit_entries (tenant_id, seq, source, salt, entry)
     select ${tenant}, coalesce(max(seq), 0) + 1, ${source}, ${quote(randomToken(32))}, ${quote(JSON.stringify(audited))}
     from audit_entries where tenant_id = ${tenant}
     having not exists (select 1 from audit_entries where tenant_id = ${tenant} and source = ${source});`,
  ];
}

/** Writes the SQL of a home to a file for as long as `execute` takes to run it. */
export async function applyDemoMembers(home: HomeName, execute: (sqlFile: string) => Promise<unknown>): Promise<void> {
  const members = demoTenants.flatMap((tenant) => (tenant.home === home ? tenant.members : []));
  const hashes = await Promise.all(
    members.map(async ({ id, password }) => [id, await hashPassword(password)] as const),
  );
  const directory = await mkdtemp(join(tmpdir(), "invigil-"));
  try {
    const file = join(directory, "demo.sql");
    await writeFile(file, demoSql(home, new Map(hashes), Date.now()));
    await execute(file);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
