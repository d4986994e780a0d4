import { expect, test } from "vitest";
import { memorySpool } from "../../support/memory-spool.ts";
import { spoolStory, spoolStoryAsItShouldBe } from "../../support/spool-story.ts";

// The same story is told by the real spool in test/journey/media-recorder.spec.ts.
test("the spool of these tests behaves as the real one has to", async () => {
  expect(await spoolStory(memorySpool())).toEqual(spoolStoryAsItShouldBe);
});
