import { applyD1Migrations, env, reset } from "cloudflare:test";
import { beforeEach } from "vitest";

const databases = () => [env.DB, env.DB_EU];

// Every test of this project begins with empty storage and the newest tables.
beforeEach(async () => {
  const tables = await newestTables();
  await empty();
  await Promise.all(databases().map((database) => database.batch(tables.map((sql) => database.prepare(sql)))));
});

let known: Promise<readonly string[]> | null = null;

/** What all migrations together make of an empty database: dozens of calls for each test became one. */
function newestTables(): Promise<readonly string[]> {
  known ??= migrated();
  return known;
}

/** Migrates once and reads what is there. */
async function migrated(): Promise<readonly string[]> {
  await empty();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  const { results } = await env.DB.prepare(
    `select sql from sqlite_master where sql is not null and name not like 'sqlite%' and name not like '\\_cf%' escape '\\'
     order by case type when 'table' then 1 when 'index' then 2 else 3 end, rowid`,
  ).all<{ sql: string }>();
  return results.map(({ sql }) => sql);
}

/** On a busy machine a reset now and then leaves D1 as it was (2 of 300 seen); asked again, it empties it. */
async function empty(): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    await reset();
    if (await isEmpty()) return;
  }
}

async function isEmpty(): Promise<boolean> {
  const counts = await Promise.all(
    databases().map((database) =>
      database.prepare("select count(*) as n from sqlite_master where name = 'd1_migrations'").first("n"),
    ),
  );
  return counts.every((count) => count === 0);
}
