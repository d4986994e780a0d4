import { applyD1Migrations, env, reset } from "cloudflare:test";
import { beforeEach } from "vitest";

// Every test of this project begins with empty storage and the newest tables.
beforeEach(async () => {
  // On a busy machine a reset now and then leaves D1 as it was (2 of 300 seen); asked again, it empties it.
  for (let tries = 0; tries < 5; tries += 1) {
    await reset();
    if (await isEmpty()) break;
  }
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
});

async function isEmpty(): Promise<boolean> {
  const tables = await env.DB.prepare("select count(*) as n from sqlite_master where name = 'd1_migrations'").first(
    "n",
  );
  return tables === 0;
}
