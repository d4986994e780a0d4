/** How a requirement of the standard stands, as docs/asvs.md explains. */
const states = ["met", "not shown", "partly", "not met", "does not apply"] as const;
const shownByNothing: readonly string[] = [
  "not shown",
  "not met",
  "does not apply",
] satisfies (typeof states)[number][];

export type Row = {
  readonly id: string;
  readonly level: string;
  readonly state: string;
  /** Paths from the root, each with the ids of rules that it is said to show. */
  readonly shownBy: readonly { readonly path: string; readonly ids: readonly string[] }[];
};

/** What a file says; null where there is none. */
export type Reader = (path: string) => string | null;

export function rowsOf(text: string): readonly Row[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("| v5.0.0-"))
    .map((line) => {
      const [, id = "", level = "", , state = "", , shown = ""] = line.split("|").map((cell) => cell.trim());
      const named = [...shown.matchAll(/`([^`]+)`((?: \[[A-Z]\d+\])*)/g)];
      const shownBy = named.map(([, path = "", ids = ""]) => ({
        path: path.startsWith("docs/") ? path : `test/${path}`,
        ids: ids.match(/[A-Z]\d+/g) ?? [],
      }));
      return { id, level, state, shownBy };
    });
}

/** What is wrong with the rows, a line for each. */
export function faultsIn(rows: readonly Row[], read: Reader): readonly string[] {
  const seen = new Set<string>();
  return rows.flatMap((row) => {
    const isTwice = seen.has(row.id);
    seen.add(row.id);
    return [...(isTwice ? ["is there twice"] : []), ...faultsOf(row, read)].map((fault) => `${row.id} ${fault}`);
  });
}

function faultsOf({ state, shownBy }: Row, read: Reader): readonly string[] {
  const isKnown = states.some((one) => one === state);
  const isShown = shownBy.length > 0;
  const faults = isKnown ? [] : [`has no state that there is: ${state}`];
  if (state === "met" && !isShown) faults.push("is met, and nothing shows it");
  if (shownByNothing.includes(state) && isShown) faults.push(`is ${state}, and something shows it`);
  for (const { path, ids } of shownBy) {
    const text = read(path);
    if (text === null) faults.push(`names ${path}, which is not there`);
    for (const id of ids) {
      if (text !== null && !text.includes(`[${id}]`)) faults.push(`names ${id}, which is not in ${path}`);
    }
  }
  return faults;
}

/** The table at the top: how many of each chapter are in each state. */
export function summaryOf(rows: readonly Row[]): string {
  const chapters = [...new Set(rows.map(chapterOf))];
  const line = (name: string, of: readonly Row[]) => [
    name,
    ...states.map((state) => of.filter((row) => row.state === state).length),
    of.length,
  ];
  const lines = [
    ...chapters.map((chapter) =>
      line(
        chapter,
        rows.filter((row) => chapterOf(row) === chapter),
      ),
    ),
    line("all", rows),
  ];
  const header = ["chapter", ...states, "all"];
  return [header, header.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function chapterOf({ id }: Row): string {
  return `V${id.slice("v5.0.0-".length).split(".", 1)[0]}`;
}
