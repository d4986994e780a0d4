import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const golden = join(import.meta.dirname, "golden");

/** A golden file's content. They are never changed: what was once sent or stored must be read for ever. */
export function readGolden(path: string): unknown {
  return JSON.parse(readFileSync(join(golden, path), "utf8"));
}

/** The files of a folder, each with its name without `.json`. `saveAnswer.number` is a second one of `saveAnswer`. */
export function goldenIn(folder: string): readonly { readonly name: string; readonly content: unknown }[] {
  return readdirSync(join(golden, folder)).map((file) => ({
    name: file.replace(/\.json$/, ""),
    content: readGolden(join(folder, file)),
  }));
}
