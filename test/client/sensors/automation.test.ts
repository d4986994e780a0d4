import { describe, expect, test } from "vitest";
import { automationTrace } from "#client/sensors/automation.ts";

const ordinary = ["window", "document", "chrome", "React", "__REACT_DEVTOOLS_GLOBAL_HOOK__", "_gaq", "callback"];

describe("a program that controls the browser", () => {
  test("[I58] the browser's own word is a trace", () => {
    expect(automationTrace(true, [])).toBe("navigator.webdriver");
  });

  test.each([
    "__playwright__binding__",
    "cdc_adoQpoasnfa76pfcZLmcfl_Array",
    "__selenium_unwrapped",
    "__webdriver_evaluate",
    "callPhantom",
    "domAutomation",
  ])("[I58] %s is a trace", (name) => {
    expect(automationTrace(false, [...ordinary, name])).toBe(name);
  });

  test("an ordinary page has none", () => {
    expect(automationTrace(false, ordinary)).toBeNull();
  });
});
