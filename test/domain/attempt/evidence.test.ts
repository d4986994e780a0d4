import { describe, expect, test } from "vitest";
import type { Segment } from "#domain/attempt/command.ts";
import { largestSegmentBytes } from "#domain/attempt/evidence.ts";
import type { AttemptFact } from "#domain/attempt/event.ts";
import { systemCommands } from "./every-command.ts";
import { attemptAfter, given, type History, minutes, nine, seconds } from "./given.ts";
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

  test.each([
    [{ startsAt: nine - minutes(5), endsAt: nine }, "stored"],
    [{ startsAt: nine - minutes(5) - 1, endsAt: nine }, "refused"],
    [{ startsAt: nine, endsAt: nine + minutes(15) }, "stored"],
    [{ startsAt: nine, endsAt: nine + minutes(15) + 1 }, "refused"],
  ] as const)("[A64] that says %o, consented at nine and sent at ten past, is %s", (changes, what) => {
    const sent = given(histories.open).when(store(changes), session, nine + minutes(10));
    if (what === "refused") return sent.thenRefused("bad-segment");
    sent.then([{ type: "segmentStored", segment: { ...segment, ...changes } }]);
  });

  test("[A65] more of them than a recorder can make of the time since consent is refused", () => {
    const tenMinutes = (count: number, bytes: number): History => [
      ...histories.open,
      ...Array.from({ length: count }, (_, index): AttemptFact => ({
        type: "segmentStored",
        segment: { ...segment, run: 1, index, bytes },
      })),
    ];
    // At nine, with the ten minutes that are always allowed: 600 segments, 150 MB.
    const stored: AttemptFact = { type: "segmentStored", segment };
    given(tenMinutes(599, 1)).when(storeSegment, session, nine).then([stored]);
    given(tenMinutes(600, 1)).when(storeSegment, session, nine).thenRefused("too-much-recording");
    given(tenMinutes(600, 1))
      .when(store({ track: "screen" }), session, nine)
      .then([{ type: "segmentStored", segment: { ...segment, track: "screen" } }]);
    const full = tenMinutes(1, 150_000_000 - segment.bytes);
    given(full).when(storeSegment, session, nine).then([stored]);
    given(full)
      .when(store({ bytes: segment.bytes + 1 }), session, nine)
      .thenRefused("too-much-recording");
    given(full)
      .when(store({ bytes: segment.bytes + 1 }), session, nine + seconds(1))
      .then([{ type: "segmentStored", segment: { ...segment, bytes: segment.bytes + 1 } }]);
  });

  test("[A65] the time ends with the attempt: what is left may still come, and no more", () => {
    const many = Array.from({ length: 900 }, (_, index): AttemptFact => ({
      type: "segmentStored",
      segment: { ...segment, run: 1, index },
    }));
    // Handed in five minutes after consent.
    given([...histories["handed-in"], ...many])
      .when(storeSegment, session, nine + minutes(50))
      .thenRefused("too-much-recording");
    given([...histories.open, ...many])
      .when(storeSegment, session, nine + minutes(50))
      .then([{ type: "segmentStored", segment }]);
  });

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
