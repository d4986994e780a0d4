import { describe, expect, test } from "vitest";
import { exportsByName, goesThroughDoors, importsOf, isNoBarrel, knowsNoFeature, namesTheFile } from "./doors.ts";
import { sources } from "./source.ts";

function importing(path: string, specifier: string) {
  return [{ path, text: `import { a } from "${specifier}";\n` }];
}

describe("doors", () => {
  test("every import goes through a door", () => {
    expect(goesThroughDoors(sources())).toEqual([]);
  });

  test.each([
    ["domain/a.ts", "#protocol/a.ts"],
    ["domain/a.ts", "valibot"],
    ["domain/a.ts", "node:crypto"],
    ["domain/attempt/a.ts", "../../protocol/a.ts"],
    ["domain/attempt/a.ts", "#domain/exam/a.ts"],
    ["protocol/a.ts", "#worker/a.ts"],
    ["protocol/a.ts", "hono"],
    ["durable-objects/a.ts", "#worker/a.ts"],
    ["durable-objects/a.ts", "hono"],
    ["worker/a.ts", "#durable-objects/exam-session/exam-session.ts"],
    ["worker/index.ts", "#client/a.ts"],
    ["worker/a.ts", "#tools/a.ts"],
    ["client/a.tsx", "#worker/a.ts"],
    ["client/a.tsx", "#durable-objects/a.ts"],
    ["client/a.tsx", "node:fs"],
    ["client/a.tsx", "#test/a.ts"],
    ["tools/start/a.ts", "#test/a.ts"],
    ["tools/start/a.ts", "../../worker/a.ts"],
    ["test/a.test.ts", "#elsewhere/a.ts"],
    ["test/a.test.ts", "../domain/a.ts"],
  ])("%s may not import %s", (path, specifier) => {
    expect(goesThroughDoors(importing(path, specifier))).toHaveLength(1);
  });

  test.each([
    ["domain/attempt/a.ts", "../exam/ids.ts"],
    ["protocol/a.ts", "#domain/a.ts"],
    ["protocol/a.ts", "valibot"],
    ["durable-objects/a.ts", "cloudflare:workers"],
    ["worker/index.ts", "#durable-objects/exam-session/exam-session.ts"],
    ["worker/a.ts", "hono"],
    ["client/a.tsx", "react"],
    ["client/a.tsx", "#protocol/a.ts"],
    ["tools/a/main.ts", "#worker/a.ts"],
    ["test/a.test.ts", "#client/a.ts"],
    ["vite.config.ts", "./tools/a.ts"],
    ["test/journey/a.spec.ts", "../../playwright.config.ts"],
  ])("%s may import %s", (path, specifier) => {
    expect(goesThroughDoors(importing(path, specifier))).toEqual([]);
  });

  test("imports are found however they are written, with their line", () => {
    const text = [
      `import "./a.css";`,
      `import b, {`,
      `  type C,`,
      `} from './b.ts';`,
      `export { d } from "./d.ts";`,
      `export * from "./e.ts";`,
      `const f = await import("./f.ts");`,
      `export const g = "./g.ts";`,
      `// import "./h.ts" is not one`,
    ].join("\n");
    expect(importsOf(text)).toEqual([
      { specifier: "./a.css", line: 1 },
      { specifier: "./b.ts", line: 2 },
      { specifier: "./d.ts", line: 5 },
      { specifier: "./e.ts", line: 6 },
      { specifier: "./f.ts", line: 7 },
    ]);
  });

  test("in the client, what features stand on knows no feature", () => {
    expect(knowsNoFeature(sources())).toEqual([]);
    expect(knowsNoFeature(importing("client/ui/a.tsx", "../proctor/a.ts"))).toHaveLength(1);
    expect(knowsNoFeature(importing("client/session/a.ts", "../routes/router.tsx"))).toHaveLength(1);
    expect(knowsNoFeature(importing("client/media/a.ts", "../session/a.ts"))).toEqual([]);
    expect(knowsNoFeature(importing("client/proctor/a.tsx", "../ui/a.ts"))).toEqual([]);
  });

  test("every import names its file with the ending", () => {
    expect(namesTheFile(sources())).toEqual([]);
    expect(namesTheFile(importing("domain/a.ts", "./b"))).toHaveLength(1);
    expect(namesTheFile(importing("worker/a.ts", "#domain/attempt/decide"))).toHaveLength(1);
    expect(namesTheFile(importing("client/a.ts", "./a.wasm?url"))).toEqual([]);
    expect(namesTheFile(importing("client/a.ts", "./a.ts?worker&url"))).toEqual([]);
  });
});

describe("exports", () => {
  test("everything is exported by name", () => {
    expect(exportsByName(sources())).toEqual([]);
  });

  test.each(["export default function a() {}", "export default {};", "const a = 1;\nexport { a as default };"])(
    "'%s' is not by name",
    (text) => {
      expect(exportsByName([{ path: "domain/a.ts", text }])).toEqual(["domain/a.ts: exports a default"]);
      expect(exportsByName([{ path: "vite.config.ts", text }])).toEqual([]);
    },
  );

  test("nothing is a barrel", () => {
    expect(isNoBarrel(sources())).toEqual([]);
  });

  test.each([
    { path: "domain/exam/index.ts", text: "export const a = 1;" },
    { path: "domain/exam.ts", text: `// All of it\nexport * from "./a.ts";\nexport type { B } from "./b.ts";\n` },
    { path: "domain/exam.ts", text: `export {\n  a,\n  b,\n} from "./a.ts";\n` },
  ])("$path is a barrel", (file) => {
    expect(isNoBarrel([file])).toEqual([`${file.path}: a barrel`]);
    expect(isNoBarrel([{ ...file, path: "worker/index.ts" }])).toEqual([]);
    expect(isNoBarrel([{ path: "domain/a.ts", text: `${file.text}\nexport function own() {}` }])).toEqual([]);
  });
});
