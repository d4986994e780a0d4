import { describe, expect, test } from "vitest";
import { hasDockedPart, type WindowSize } from "#client/sensors/docked-tools.ts";

function page(innerWidth: number, innerHeight: number, zoom = 1): WindowSize {
  return { outerWidth: 1920, outerHeight: 1080, innerWidth: innerWidth / zoom, innerHeight: innerHeight / zoom };
}

describe("something docked to a page in full screen", () => {
  test.each([
    ["at the right", page(1420, 1080)],
    ["at the bottom", page(1920, 700)],
    ["at the right, at 150 % zoom", page(1420, 1080, 1.5)],
    ["at the bottom, at 67 % zoom", page(1920, 700, 0.67)],
    ["at the bottom, at 200 % zoom", page(1920, 800, 2)],
  ])("[I54] %s is seen", (_, size) => {
    expect(hasDockedPart(size)).toBe(true);
  });

  test.each([
    ["nothing", page(1920, 1080)],
    ["zoomed in", page(1920, 1080, 3)],
    ["zoomed out", page(1920, 1080, 0.5)],
    ["a bar of the system", page(1920, 1040)],
    ["a bar of the browser, zoomed", page(1920, 960, 1.25)],
    ["a window that is not shown yet", { outerWidth: 0, outerHeight: 0, innerWidth: 1920, innerHeight: 1080 }],
    ["a browser that tells the page's size for the window's", page(1000, 1080 * (1000 / 1920))],
  ])("[I54] %s is not", (_, size) => {
    expect(hasDockedPart(size)).toBe(false);
  });
});
