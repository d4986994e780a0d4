import { applyD1Migrations, env, reset } from "cloudflare:test";
import { beforeEach } from "vitest";

// Every test of this project begins with empty storage and the newest tables.
beforeEach(async () => {
  // On a busy machine a reset now and then leaves D1 as it was (2 of 300 seen); asked again, it empties it.
  for (let tries = 0; tries < 5; tries += 1) {
    await reset();
    if (await isEmpty()) break;
  }
  for (const database of [env.DB, env.DB_EU]) await applyD1Migrations(database, env.TEST_MIGRATIONS);
});

async function isEmpty(): Promise<boolean> {
  const counts = await Promise.all(
    [env.DB, env.DB_EU].map((database) =>
      database.prepare("select count(*) as n from sqlite_master where name = 'd1_migrations'").first("n"),
    ),
  );
  return counts.every((count) => count === 0);
}
