import { describe, expect, it } from "vitest";
import { gradeOf, verdictOf } from "#client/system-check/grade.ts";
import { lineTitles, lineWords } from "#client/system-check/line-words.ts";
import {
  browserFamilies,
  checkFindings,
  type CheckFindings,
  checkLines,
  systemFamilies,
} from "#protocol/system-check.ts";

const everything = checkLines.flatMap((line) => checkFindings[line].map((finding) => ({ line, finding })));

function findings(change: Partial<CheckFindings> = {}): CheckFindings {
  return { ...(Object.fromEntries(checkLines.map((line) => [line, "fine"])) as CheckFindings), ...change };
}

describe("the words for what was found", () => {
  it("say what was found, and what to do wherever it is not fine, in every browser and system", () => {
    for (const { line, finding } of everything) {
      const grade = gradeOf(line, finding);
      for (const browser of browserFamilies) {
        for (const system of systemFamilies) {
          const { says, whatToDo } = lineWords(line, finding, { browser, system });
          expect(says, `${line} ${finding}`).toMatch(/^[A-Z].*[^.]\.?$/);
          expect(says).not.toContain("not known");
          expect(whatToDo === null, `${line} ${finding}`).toBe(grade === null || grade === "fine");
        }
      }
    }
  });

  it("differ for different findings of a line", () => {
    for (const line of checkLines) {
      const said = checkFindings[line].map(
        (finding) => lineWords(line, finding, { browser: "chrome", system: "mac" }).says,
      );
      // Where a microphone or a screen cannot be opened, the exam's own advice has fewer kinds.
      if (line !== "microphone" && line !== "screen") expect(new Set(said).size, line).toBe(said.length);
    }
  });

  it("are the exam's own for a camera that was refused, in the words of the browser that it was", () => {
    const refused = (browser: "chrome" | "firefox") => lineWords("camera", "refused", { browser, system: "windows" });
    expect(refused("chrome").whatToDo).toContain("left end of the address bar");
    expect(refused("firefox").whatToDo).toContain("crossed-out camera");
  });

  it("are kind about a clock that is off: nothing is lost by it", () => {
    expect(lineWords("clock", "off", { browser: "chrome", system: "linux" }).says).toContain(
      "You lose nothing by that",
    );
    expect(gradeOf("clock", "off")).toBe("better");
  });

  it("name each line once", () => {
    expect(new Set(checkLines.map((line) => lineTitles[line].title)).size).toBe(checkLines.length);
  });
});

describe("the verdict", () => {
  it("is that all is ready only where all is fine", () => {
    expect(verdictOf(findings())).toMatchObject({ grade: "fine" });
    for (const { line, finding } of everything) {
      const { grade } = verdictOf(findings({ [line]: finding }));
      expect(grade, `${line} ${finding}`).toBe(gradeOf(line, finding) ?? "incomplete");
    }
  });

  it("is the worst of what was found, and never that all is well while something was not checked", () => {
    expect(verdictOf(findings({ camera: "refused", screen: "not-checked" })).grade).toBe("not-usable");
    expect(verdictOf(findings({ displays: "several", screen: "not-checked" })).grade).toBe("incomplete");
    expect(verdictOf(findings({ displays: "several", clock: "off" })).text).toContain("2 things");
  });
});
