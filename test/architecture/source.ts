import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A file of the repository, by its path from the root with forward slashes. */
export type Source = { readonly path: string; readonly text: string };

/** Judges files and answers one line for each fault, with the file's path first. */
export type Rule = (files: readonly Source[]) => readonly string[];

const root = dirname(dirname(import.meta.dirname));
const kinds = /\.(ts|tsx|mjs|css|html|md|sql|toml|json)$/;
/** What a program writes: nobody keeps house there. */
const generated = /^(migrations\/|package-lock\.json$)/;

/** Every text that people write here: what git knows, and what it would know after `git add`. */
export function sources(): readonly Source[] {
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], { cwd: root, encoding: "utf8" });
  return listed
    .split("\0")
    .filter((path) => kinds.test(path) && !generated.test(path) && existsSync(join(root, path)))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

export function isCode({ path }: Source): boolean {
  return /\.(ts|tsx|mjs)$/.test(path);
}

export function isTest({ path }: Source): boolean {
  return path.startsWith("test/");
}
