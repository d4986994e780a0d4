import { expect, test } from "vitest";
import { deletionWords } from "#client/review/deletion-words.ts";
import type { Deletion } from "#protocol/http/retention.ts";

const gone: Deletion = { of: "recordings", at: Date.UTC(2026, 10, 12, 12), rule: "period", days: 90 };

test("[D13] a reviewer reads when it was deleted, after how long, and as whose rule", () => {
  expect(deletionWords(gone)).toMatch(/^deleted on .*2026.* after 90 days, as your institution keeps recordings$/);
  expect(deletionWords({ ...gone, of: "identity", days: 1 })).toMatch(
    /after 1 day, as your institution keeps identity pictures$/,
  );
});

test("[D13] what was deleted before its days were noted is said to be over, and what a person asked for is said so", () => {
  expect(deletionWords({ ...gone, days: null })).toMatch(
    /: the time for which your institution keeps recordings was over$/,
  );
  expect(deletionWords({ ...gone, rule: "erasure", days: null })).toMatch(/, because the person asked for it$/);
});
