import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot, runWrangler } from "./child.ts";

const directory = join(projectRoot, "migrations");

/**
 * Brings the local databases (bindings of wrangler.toml) up to date. New ones get all migrations in one file: wrangler starts
 * the whole platform anew for each migration that it applies, which was most of the wait of a first start.
 */
export async function migrate(databases: readonly string[], stateDirectory: string): Promise<void> {
  const local = ["--local", "--persist-to", stateDirectory];
  if (existsSync(join(stateDirectory, "v3", "d1"))) {
    for (const database of databases) await runWrangler(["d1", "migrations", "apply", database, ...local]);
    return;
  }
  mkdirSync(stateDirectory, { recursive: true });
  const file = join(stateDirectory, "migrations.sql");
  writeFileSync(file, allMigrations());
  for (const database of databases) await runWrangler(["d1", "execute", database, ...local, "--file", file, "--yes"]);
  rmSync(file);
}

/** Every migration in its order, each with the note by which wrangler knows afterwards that it was applied. */
function allMigrations(): string {
  const names = readdirSync(directory)
    .filter((name) => name.endsWith(".sql"))
    .toSorted();
  const parts = names.map(
    (name) => `${readFileSync(join(directory, name), "utf8")}\nINSERT INTO d1_migrations (name) VALUES ('${name}');\n`,
  );
  return `${notes}\n${parts.join("")}`;
}

/** As `wrangler d1 migrations apply` makes it. */
const notes =
  "CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL);";
