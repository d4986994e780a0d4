/** As much of Vite's manifest (`dist/client/.vite/manifest.json`) as is read here. */
export type Manifest = Readonly<
  Record<
    string,
    { readonly file: string; readonly imports?: readonly string[]; readonly dynamicImports?: readonly string[] }
  >
>;

const entry = "index.html";
const candidatesPage = "routes/sit.tsx";
/** Fetched when the paper opens, and not ahead of it. */
const withThePaper: ReadonlySet<string> = new Set(["sensors/watch-candidate.ts"]);

/**
 * The scripts that a candidate's page loads before the exam opens: the entry, the candidate's page, and all that the page
 * fetches ahead of the exam. Workers are not among them, nor are the sensors: they are fetched when the paper opens. Throws when the manifest
 * does not have the two it begins with.
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
    const ahead = withDynamic ? (chunk.dynamicImports ?? []).filter((imported) => !withThePaper.has(imported)) : [];
    for (const imported of ahead) take(imported, true);
  }

  // The entry first and without its dynamic imports: those are the choice between the candidate's page and the consoles.
  take(entry, false);
  take(candidatesPage, true);
  return [...files];
}
