import { describe, expect, it } from "vitest";
import { type GuestLink, linkStateOf, linkTimes, whyLinkRefused } from "#domain/access/guest-link.ts";

const fresh: GuestLink = { notBefore: null, expiresAt: 1_000, openedAt: null, revokedAt: null };

describe("what a link is", () => {
  it.each([
    ["unopened", fresh, false],
    ["opened", { ...fresh, openedAt: 400 }, false],
    ["bound", { ...fresh, openedAt: 400 }, true],
    // Issued anew in the middle of an exam: it is in nobody's hands until it is opened.
    ["unopened", fresh, true],
    ["not-yet", { ...fresh, notBefore: 501 }, false],
    ["unopened", { ...fresh, notBefore: 500 }, false],
    ["expired", { ...fresh, expiresAt: 500, openedAt: 400 }, true],
    ["bound", { ...fresh, expiresAt: 501, openedAt: 400 }, true],
    ["revoked", { ...fresh, revokedAt: 450, openedAt: 400 }, true],
    ["revoked", { ...fresh, revokedAt: 450, expiresAt: 460 }, false],
  ] as const)("[G83] %s", (state, link, hasBegun) => {
    expect(linkStateOf(link, hasBegun, 500)).toBe(state);
  });

  it("[G81] [G82] opens its attempt from the first moment of its time to the last, unless it was revoked", () => {
    const link = { ...fresh, notBefore: 100 };
    expect([99, 100, 999, 1_000].map((now) => whyLinkRefused(link, now))).toEqual(["not-yet", null, null, "expired"]);
    expect([99, 500, 2_000].map((now) => whyLinkRefused({ ...link, revokedAt: 1 }, now))).toEqual([
      "revoked",
      "revoked",
      "revoked",
    ]);
  });
});

describe("the time that is asked for a link", () => {
  it("[G81] is as usual, narrower, or refused", () => {
    const latest = 1_000;
    expect(linkTimes({ notBefore: null, expiresAt: null }, latest)).toEqual({ notBefore: null, expiresAt: 1_000 });
    expect(linkTimes({ notBefore: 5, expiresAt: 900 }, latest)).toEqual({ notBefore: 5, expiresAt: 900 });
    expect(linkTimes({ notBefore: null, expiresAt: 1_001 }, latest)).toBe("beyond-the-sitting");
    expect(linkTimes({ notBefore: 900, expiresAt: 900 }, latest)).toBe("ends-before-it-begins");
    expect(linkTimes({ notBefore: 1_000, expiresAt: null }, latest)).toBe("ends-before-it-begins");
  });
});
