import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { faultOfNewKey, isUseNews, keyPermissions, longestKeyMs } from "#domain/access/api-key.ts";
import { permissions } from "#domain/access/permission.ts";

const some = fc.subarray([...permissions]);

describe("what a key allows", () => {
  it("[K20] is in its scopes and is its member's, whichever they are", () => {
    fc.assert(
      fc.property(some, some, (scopes, ofMember) => {
        const allowed = keyPermissions(scopes, ofMember);
        for (const one of permissions) {
          expect(allowed.includes(one)).toBe(scopes.includes(one) && ofMember.includes(one));
        }
      }),
    );
  });
});

describe("a new key", () => {
  const scopes = ["read-results"] as const;
  const now = 1_000;

  it("[K20] has no scope that its member does not have", () => {
    const asked = { scopes, expiresAt: now + 1 };
    expect(faultOfNewKey(asked, ["read-results", "schedule"], now)).toBeNull();
    expect(faultOfNewKey(asked, ["schedule"], now)).toBe("more-than-member");
  });

  it("[K22] has an end to come, a year away at most", () => {
    const faultAt = (expiresAt: number) => faultOfNewKey({ scopes, expiresAt }, scopes, now);
    expect(faultAt(now)).toBe("ended");
    expect(faultAt(now + longestKeyMs)).toBeNull();
    expect(faultAt(now + longestKeyMs + 1)).toBe("too-long");
  });
});

describe("a use of a key", () => {
  it("[K27] is news when it is the first, or a minute after the one that is known", () => {
    expect(isUseNews(null, 0)).toBe(true);
    expect(isUseNews(1_000, 60_999)).toBe(false);
    expect(isUseNews(1_000, 61_000)).toBe(true);
  });
});
