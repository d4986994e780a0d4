import { describe, expect, test } from "vitest";
import { isKebabCase, isShort, saysWhatIsInside } from "./names.ts";
import { type Source, sources } from "./source.ts";

function files(...paths: readonly string[]): readonly Source[] {
  return paths.map((path) => ({ path, text: "" }));
}

function ofLength(path: string, lines: number): Source {
  return { path, text: "line\n".repeat(lines) };
}

describe("names", () => {
  test("every file and folder says what is inside", () => {
    expect(saysWhatIsInside(sources())).toEqual([]);
  });

  test.each([
    "domain/utils/time.ts",
    "client/ui/helpers.ts",
    "worker/common/a.ts",
    "client/shared/a.ts",
    "worker/services/exam.ts",
    "worker/session-manager.ts",
    "client/lib/a.ts",
    "test/misc/a.test.ts",
    "test/support/date-utils.test.ts",
  ])("%s does not say what is inside", (path) => {
    expect(saysWhatIsInside(files(path))).toEqual([`${path}: named for nothing in particular`]);
  });

  test("a longer word is not a hurried one", () => {
    expect(saysWhatIsInside(files("worker/library-card.ts", "client/shared-screen.tsx"))).toEqual([]);
  });

  test("every file and folder of code is in kebab-case", () => {
    expect(isKebabCase(sources())).toEqual([]);
  });

  test.each(["client/ExamClock.tsx", "client/takeExam/clock.ts", "worker/exam_writer.ts", "client/ui/Button.css"])(
    "%s is not kebab-case",
    (path) => {
      expect(isKebabCase(files(path))).toEqual([`${path}: not kebab-case`]);
    },
  );

  test("kebab-case has digits and endings", () => {
    expect(isKebabCase(files("domain/evidence/sha256.ts", "client/a.module.css", "docs/README.md"))).toEqual([]);
  });
});

describe("length", () => {
  test("every file is short", () => {
    expect(isShort(sources())).toEqual([]);
  });

  test("a file of 301 lines is too long, and a test of 501", () => {
    expect(isShort([ofLength("domain/a.ts", 300), ofLength("test/a.test.ts", 500)])).toEqual([]);
    expect(isShort([ofLength("domain/a.ts", 301), ofLength("test/a.test.ts", 501)])).toEqual([
      "domain/a.ts: 301 lines, more than 300",
      "test/a.test.ts: 501 lines, more than 500",
    ]);
  });
});
