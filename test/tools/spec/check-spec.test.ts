import { describe, expect, test } from "vitest";
import { checkSpec } from "#tools/spec/check-spec.ts";

/** Made here, so that these ids are not taken for those of real titles. */
function ids(...names: readonly string[]): string {
  return names.map((name) => `[${name}]`).join(" ");
}

const good = {
  spec: [
    {
      path: "docs/spec/a.md",
      text: `# A\n\nWhy.\n\n- ${ids("Q1")} one is so.\n- ${ids("Q2")} two, as ${ids("Q1")}.\n`,
    },
  ],
  tests: [{ path: "test/a.test.ts", text: `test("${ids("Q1", "Q2")} is so", () => {});\n` }],
  code: [{ path: "domain/a.ts", text: `/** ${ids("Q1")} Why. */\nexport const a = 1;\n` }],
};

describe("the specification and its tests", () => {
  test("agree when each rule has a test, and each id a rule", () => {
    expect(checkSpec(good)).toEqual([]);
  });

  test("a rule without a test is found, though a comment or the middle of a title names it", () => {
    const text = `// ${ids("Q2")}\ntest("${ids("Q1")} is so, see ${ids("Q2")}", () => {});\n`;
    expect(checkSpec({ ...good, tests: [{ path: "test/a.test.ts", text }] })).toEqual([
      "docs/spec/a.md:6: [Q2] has no test",
    ]);
  });

  test("titles are read in each kind of quotes, alone and after a table", () => {
    const text = `test.each([1])(\`${ids("Q1")} is \${so}\`, f);\nit('${ids("Q2")} is so', f);\n`;
    expect(checkSpec({ ...good, tests: [{ path: "test/a.test.ts", text }] })).toEqual([]);
  });

  test("a title with an unknown id is found", () => {
    const tests = [...good.tests, { path: "test/b.test.ts", text: `\ntest("${ids("Q3")} is so", () => {});\n` }];
    expect(checkSpec({ ...good, tests })).toEqual(["test/b.test.ts:2: [Q3] is no rule of docs/spec"]);
  });

  test("a comment that cites an unknown id is found, and code is not taken for one", () => {
    const code = [{ path: "domain/a.ts", text: `const b = c${ids("Q9")};\n * ${ids("Q3")} Why.\n` }];
    expect(checkSpec({ ...good, code })).toEqual(["domain/a.ts:2: [Q3] is no rule of docs/spec"]);
  });

  test("an id that stands twice is found, in one file or in two", () => {
    const twice = { path: "docs/spec/b.md", text: `- ${ids("Q1")} one is otherwise.\n` };
    expect(checkSpec({ ...good, spec: [...good.spec, twice] })).toEqual([
      "docs/spec/b.md:1: [Q1] stands already at docs/spec/a.md:5",
    ]);
  });

  test.each(["no full stop", ""])("a rule that is no sentence is found: '%s'", (sentence) => {
    const spec = [...good.spec, { path: "docs/spec/b.md", text: `- ${ids("Q4")} ${sentence}\n` }];
    expect(checkSpec({ ...good, spec })).toEqual([`docs/spec/b.md:1: not a rule: - [Q4] ${sentence}`]);
  });
});
