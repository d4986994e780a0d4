import { describe, expect, it } from "vitest";
import { aheadWords, clockFinding } from "#client/system-check/clock-words.ts";
import { computerOf, computerWords } from "#client/system-check/this-computer.ts";

const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";

describe("what a browser says of itself", () => {
  it.each([
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/156.0.0.0 Safari/537.36`, "Chrome 156 on Windows"],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0`,
      "Edge 156 on Windows",
    ],
    [`Mozilla/5.0 (X11; Linux x86_64) ${webkit} HeadlessChrome/156.0.0.0 Safari/537.36`, "Chrome 156 on Linux"],
    [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${webkit} Chrome/150.0.0.0 Safari/537.36`, "Chrome 150 on ChromeOS"],
    [`Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/156.0.0.0 Safari/537.36 OPR/140.0.0.0`, "Opera 140 on Linux"],
    ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox 145 on macOS"],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15",
      "Safari 26 on macOS",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/156.0.0.0 Mobile/15E148 Safari/604.1",
      "Chrome 156 on iOS or iPadOS",
    ],
    [`Mozilla/5.0 (Linux; Android 10; K) ${webkit} Chrome/156.0.0.0 Mobile Safari/537.36`, "Chrome 156 on Android"],
    ["curl/8", "another browser on another system"],
    [`Mozilla/5.0 (Windows NT 10.0) ${webkit} Chrome/999.0.0.0 Safari/537.36`, "Chrome 255 or later on Windows"],
  ])("“%s” is %s", (userAgent, words) => {
    expect(computerWords(computerOf(userAgent))).toBe(words);
  });
});

describe("a computer's clock", () => {
  it("is off beyond half a minute, ahead or behind", () => {
    expect([0, 30_000, -30_000].map(clockFinding)).toEqual(["fine", "fine", "fine"]);
    expect([30_001, -30_001].map(clockFinding)).toEqual(["off", "off"]);
  });

  it("is said to be so far off as people say it", () => {
    expect([0, 400, -800].map(aheadWords)).toEqual([
      "Right to the second",
      "Right to the second",
      "Right to the second",
    ]);
    expect(aheadWords(3_000)).toBe("About 3 seconds ahead of the server's");
    expect(aheadWords(-60_000)).toBe("About 1 minute behind the server's");
    expect(aheadWords(5 * 60_000 - 300)).toBe("About 5 minutes ahead of the server's");
    expect(aheadWords(-7_200_000)).toBe("About 2 hours behind the server's");
    expect(aheadWords(3 * 86_400_000)).toBe("About 3 days ahead of the server's");
  });
});
