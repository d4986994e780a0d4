import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runWrangler } from "#tools/start/child.ts";
import { migrate } from "#tools/start/migrate.ts";

it("makes a new database as wrangler would, which has nothing to apply to it then", { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "invigil-databases-"));
  try {
    await migrate(["DB_EU"], folder);
    const local = ["DB_EU", "--local", "--persist-to", folder];
    expect(await runWrangler(["d1", "migrations", "list", ...local])).toContain("No migrations to apply");
    const counted = "select count(*) as tables from sqlite_master where name in ('members', 'audit_entries')";
    expect(await runWrangler(["d1", "execute", ...local, "--json", "--command", counted])).toMatch(/"tables": 2/);
    await migrate(["DB_EU"], folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
