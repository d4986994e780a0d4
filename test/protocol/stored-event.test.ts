import { describe, expect, test } from "vitest";
import type { AttemptEvent, AttemptFact } from "#domain/attempt/event.ts";
import { fold } from "#domain/attempt/evolve.ts";
import { goldenIn, readGolden } from "./golden.ts";

/** Every type of fact. A new one does not compile until it stands here, and then it needs its golden file. */
const factTypes: Readonly<Record<AttemptFact["type"], true>> = {
  registered: true,
  consentGiven: true,
  browserReleased: true,
  browserBound: true,
  takeOverAsked: true,
  takeOverRefused: true,
  writerChanged: true,
  accommodated: true,
  deviceChecked: true,
  identityCaptured: true,
  identityLeftToProctor: true,
  identityAskedAgain: true,
  admissionRequested: true,
  admitted: true,
  denied: true,
  paperOpened: true,
  timeGiven: true,
  answerSaved: true,
  answerKept: true,
  itemFlagged: true,
  itemVisited: true,
  sectionEntered: true,
  sectionEnded: true,
  signalBegan: true,
  signalEnded: true,
  sensorReported: true,
  violationNoted: true,
  warned: true,
  warningAcknowledged: true,
  messageSent: true,
  paused: true,
  resumed: true,
  breakStarted: true,
  breakEnded: true,
  mediaPublished: true,
  segmentStored: true,
  stillStored: true,
  handedIn: true,
  terminated: true,
  scored: true,
  heldForReview: true,
  reviewDecided: true,
};

const stored = goldenIn("events").map(({ name, content }) => ({ name, event: content as AttemptEvent }));

function logOf(without: AttemptFact["type"]): readonly AttemptEvent[] {
  return stored
    .filter(({ name }) => !name.includes("."))
    .map(({ event }) => event)
    .filter(({ fact }) => fact.type !== without)
    .toSorted((one, other) => one.seq - other.seq);
}

describe("stored events", () => {
  test("there is a golden file for each type of fact", () => {
    const named = stored.map(({ name, event }) => ({ type: name.replace(/\..*/, ""), event }));
    expect([...new Set(named.map(({ type }) => type))].toSorted()).toEqual(Object.keys(factTypes).toSorted());
    for (const { type, event } of named) expect(event.fact.type).toBe(type);
  });

  test("[A83] a log that was stored once adds up to the same attempt for ever", () => {
    expect(fold(logOf("terminated"))).toEqual(readGolden("attempt.json"));
  });

  test("[A83] a log that ended with a termination adds up too", () => {
    const attempt = fold(logOf("handedIn"));
    expect(attempt).toMatchObject({ status: "terminated", cause: null, reason: "Left the room", score: { points: 2 } });
  });

  test("[A83] [A38] a termination has the kind of cause that was stored with it", () => {
    const events = logOf("handedIn").map((event) =>
      event.fact.type === "terminated" ? (readGolden("events/terminated.technical.json") as AttemptEvent) : event,
    );
    expect(fold(events)).toMatchObject({ status: "terminated", cause: "technical", reason: "The power went" });
  });
});
