import { describe, expect, it } from "vitest";
import { missingWords } from "#client/take-exam/browser-support.ts";
import { browserOf, cameraAdvice, screenAdvice } from "#client/take-exam/device-advice.ts";

const chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0";
const safari = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/26.0 Safari/605.1.15";

describe("advice", () => {
  it.each([
    [chrome, "chromium"],
    [firefox, "firefox"],
    [safari, "safari"],
  ])("knows the browser by its user agent", (userAgent, browser) => {
    expect(browserOf(userAgent)).toBe(browser);
  });

  it("about a refused camera differs from browser to browser", () => {
    const words = (["chromium", "firefox", "safari"] as const).map(
      (browser) => cameraAdvice("refused", browser).whatToDo,
    );
    expect(new Set(words).size).toBe(3);
  });

  it("about a window or a tab says that nothing of it was sent", () => {
    expect(screenAdvice("not-entire-screen", "chromium", false).whatToDo).toContain("Nothing of it was sent");
  });

  it("about a refused screen names the system's own setting on a Mac only", () => {
    expect(screenAdvice("refused", "safari", true).whatToDo).toContain("System Settings");
    expect(screenAdvice("refused", "chromium", false).whatToDo).not.toContain("System Settings");
  });
});

describe("what a browser lacks", () => {
  const all = {
    isSecureContext: true,
    hasCamera: true,
    hasScreenShare: true,
    hasLiveVideo: true,
    hasRecorder: true,
    hasStorage: true,
  };

  it("is nothing in a good one", () => {
    expect(missingWords(all)).toEqual([]);
  });

  it.each(["hasCamera", "hasScreenShare", "hasLiveVideo", "hasRecorder", "hasStorage"] as const)(
    "is said when %s is false",
    (need) => {
      expect(missingWords({ ...all, [need]: false })).toHaveLength(1);
    },
  );

  it("is the insecure address alone when the page has no secure context, for that is the cause of the rest", () => {
    expect(missingWords({ ...all, isSecureContext: false, hasCamera: false })).toHaveLength(1);
  });
});
