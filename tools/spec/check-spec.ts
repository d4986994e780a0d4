/** A text by its path from the repository's root. */
export type Text = { readonly path: string; readonly text: string };

/**
 * The specification, the tests that carry its ids in their titles, and the code whose comments cite them. Rules are
 * lines `- [A12] a sentence.`; a title begins with its ids: `test("[A12] [A13] a sentence", …)`.
 */
export type Project = {
  readonly spec: readonly Text[];
  readonly tests: readonly Text[];
  readonly code: readonly Text[];
};

type Place = { readonly id: string; readonly path: string; readonly line: number };

const ruleLine = /^- \[([A-Z]\d+)\] \S.*\.$/;
const titleStart = /["'`]((?:\[[A-Z]\d+\] ?)+)/g;
const citation = /\[[A-Z]\d+\]/g;

function places({ path, text }: Text, idsIn: (line: string) => readonly string[]): readonly Place[] {
  return text.split("\n").flatMap((line, index) => idsIn(line).map((id) => ({ id, path, line: index + 1 })));
}

function at({ path, line }: Place): string {
  return `${path}:${line}`;
}

function bare(text: string): readonly string[] {
  return [...text.matchAll(citation)].map(([id]) => id.slice(1, -1));
}

function ruleIn(line: string): readonly string[] {
  const id = ruleLine.exec(line)?.[1];
  return id === undefined ? [] : [id];
}

function titleIdsIn(line: string): readonly string[] {
  return [...line.matchAll(titleStart)].flatMap(([, ids]) => bare(ids ?? ""));
}

/** Only in comments: in code, `[A1]` may be anything. */
function citedIn(line: string): readonly string[] {
  const comment = /^\s*(?:\/?\*|\/\/)(.*)$/.exec(line)?.[1];
  return comment === undefined ? [] : bare(comment);
}

/** What is wrong between the specification, the tests and the code, a line each; none when they agree. */
export function checkSpec({ spec, tests, code }: Project): readonly string[] {
  const rules = spec.flatMap((text) => places(text, ruleIn));
  const known = new Map<string, Place>();
  const faults: string[] = [];
  for (const rule of rules) {
    const first = known.get(rule.id);
    if (first === undefined) known.set(rule.id, rule);
    else faults.push(`${at(rule)}: [${rule.id}] stands already at ${at(first)}`);
  }
  for (const { path, text } of spec) {
    for (const [index, line] of text.split("\n").entries()) {
      if (/^\s*[-*] \[/.test(line) && !ruleLine.test(line)) faults.push(`${path}:${index + 1}: not a rule: ${line}`);
    }
  }
  const tested = tests.flatMap((text) => places(text, titleIdsIn));
  const cited = code.flatMap((text) => places(text, citedIn));
  for (const place of [...tested, ...cited]) {
    if (!known.has(place.id)) faults.push(`${at(place)}: [${place.id}] is no rule of docs/spec`);
  }
  const carried = new Set(tested.map(({ id }) => id));
  for (const rule of known.values()) {
    if (!carried.has(rule.id)) faults.push(`${at(rule)}: [${rule.id}] has no test`);
  }
  return faults;
}
