import { describe, expect, test } from "vitest";
import type { Segment } from "#domain/attempt/command.ts";
import { largestSegmentBytes } from "#domain/attempt/evidence.ts";
import type { AttemptFact } from "#domain/attempt/event.ts";
import { systemCommands } from "./every-command.ts";
import { attemptAfter, given, minutes, nine, seconds } from "./given.ts";
import { histories } from "./histories.ts";
import { session } from "./people.ts";

const { publishMedia, storeSegment } = systemCommands;
const { segment } = storeSegment;

function store(changes: Partial<Segment>) {
  return { ...storeSegment, segment: { ...segment, ...changes } };
}

describe("live media", () => {
  test("[A60] is published after consent and until the end", () => {
    const { type: _, ...media } = publishMedia;
    given(histories.registered).when(publishMedia, session, nine).thenRefused("not-consented");
    given(histories.consented)
      .when(publishMedia, session, nine)
      .then([{ type: "mediaPublished", ...media }]);
    given(histories["handed-in"])
      .when(publishMedia, session, nine + minutes(6))
      .thenRefused("handed-in");
  });

  test("[A60] the newest session of the SFU replaces the one before", () => {
    const publications = ["sfu-1", "sfu-2"].map((sfuSession): AttemptFact => ({
      type: "mediaPublished",
      sfuSession,
      tracks: ["screen"],
    }));
    expect(attemptAfter([...histories.open, ...publications])).toMatchObject({
      file: { media: { sfuSession: "sfu-2", tracks: ["screen"] } },
    });
  });
});

describe("a segment", () => {
  test("[A61] is stored once, and the same bytes again change nothing", () => {
    given(histories.open)
      .when(storeSegment, session, nine)
      .then([{ type: "segmentStored", segment }]);
    given(histories.open)
      .when({ ...storeSegment, storedSha256: segment.sha256 }, session, nine)
      .thenNothing();
  });

  test("[A61] other bytes in its place are refused", () => {
    given(histories.open)
      .when({ ...storeSegment, storedSha256: "b".repeat(64) }, session, nine)
      .thenRefused("segment-differs");
  });

  test.each(["handed-in", "terminated"] as const)("[A62] may arrive when the attempt is %s", (status) => {
    given(histories[status])
      .when(storeSegment, session, nine + minutes(50))
      .then([{ type: "segmentStored", segment }]);
  });

  test("[A62] never before consent", () => {
    given(histories.registered).when(storeSegment, session, nine).thenRefused("not-consented");
  });

  test.each([{ bytes: 0 }, { bytes: largestSegmentBytes + 1 }, { endsAt: segment.startsAt - 1 }])(
    "[A63] with %o is refused",
    (changes) => {
      given(histories.open).when(store(changes), session, nine).thenRefused("bad-segment");
    },
  );

  test.each([{ bytes: 1 }, { bytes: largestSegmentBytes }, { endsAt: segment.startsAt }])(
    "[A63] with %o is stored",
    (changes) => {
      const command = store(changes);
      given(histories.open)
        .when(command, session, nine)
        .then([{ type: "segmentStored", segment: command.segment }]);
    },
  );

  test("[A61] is counted under its track, and the last moment recorded never goes back", () => {
    const stored = [
      segment,
      { ...segment, index: 1, endsAt: nine + seconds(8), bytes: 5 },
      { ...segment, index: 0, run: 1, endsAt: nine + seconds(2), bytes: 7 },
      { ...segment, track: "screen", bytes: 9 } as const,
    ].map((each): AttemptFact => ({ type: "segmentStored", segment: each }));
    expect(attemptAfter([...histories.open, ...stored])).toMatchObject({
      file: {
        recorded: {
          camera: { segments: 3, bytes: 200_012, until: nine + seconds(8) },
          screen: { segments: 1, bytes: 9, until: nine + seconds(4) },
        },
      },
    });
  });
});
