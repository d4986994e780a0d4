/** As much of Vite's manifest (`dist/client/.vite/manifest.json`) as is read here. */
export type Manifest = Readonly<
  Record<
    string,
    { readonly file: string; readonly imports?: readonly string[]; readonly dynamicImports?: readonly string[] }
  >
>;

const entry = "index.html";
const candidatesPage = "routes/sit.tsx";
/**
 * What only some candidates meet, and most of it instead of something else: another browser at the door, a link that is not
 * good yet, a file for the calendar, a second tab that reads, and the photographs of an exam that asks for them.
 */
const notForAll: ReadonlySet<string> = new Set([
  "take-exam/door.tsx",
  "take-exam/too-early.tsx",
  "ui/calendar-file.ts",
  "take-exam/reading-step.tsx",
  "take-exam/identity-step.tsx",
]);

/**
 * The scripts that every candidate's page loads before the exam opens: the entry, the candidate's page, and all that the
 * page fetches ahead of the exam. What that in turn fetches when it is used is not among them: it comes after the exam has
 * opened, as do the sensors that the policy asks for, and their workers. Throws when the manifest does not have the two
 * it begins with.
 */
export function candidateBundle(manifest: Manifest): readonly string[] {
  const files = new Set<string>();
  const seen = new Set<string>();

  function take(key: string, withDynamic: boolean): void {
    if (seen.has(key)) return;
    seen.add(key);
    const chunk = manifest[key];
    if (chunk === undefined) throw new Error(`The build's manifest has no ${key}`);
    if (chunk.file.endsWith(".js")) files.add(chunk.file);
    for (const imported of chunk.imports ?? []) take(imported, withDynamic);
    const ahead = withDynamic ? (chunk.dynamicImports ?? []).filter((imported) => !notForAll.has(imported)) : [];
    for (const imported of ahead) take(imported, false);
  }

  // The entry first and without its dynamic imports: those are the choice between the candidate's page and the consoles.
  take(entry, false);
  take(candidatesPage, true);
  return [...files];
}
