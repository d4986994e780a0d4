import { describe, expect, test } from "vitest";
import { factSentence, signalWords } from "#client/ui/fact-sentence.ts";
import { formatTime } from "#client/ui/format-moment.ts";
import type { Actor } from "#domain/attempt/actor.ts";
import type { DeviceCheck } from "#domain/attempt/command.ts";
import type { AttemptFact } from "#domain/attempt/event.ts";
import { lastingSignalKinds, momentarySignalKinds, noDetail } from "#domain/integrity/signal.ts";
import { minutes, nine } from "#test/domain/attempt/given.ts";
import {
  adaRegistered,
  baseTime,
  consentGiven,
  goodDevices,
  recoveryId,
  scoredWith,
} from "#test/domain/attempt/histories.ts";
import { ada, lin, session } from "#test/domain/attempt/people.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import { systemCommands } from "#test/domain/attempt/every-command.ts";

type Told = { readonly [Type in AttemptFact["type"]]: readonly [Extract<AttemptFact, { type: Type }>, Actor, string] };

/** One of each fact, by whom it is in life, and what staff read of it. A new fact does not compile without a line here. */
const told: Told = {
  registered: [adaRegistered, session.actor, "Registered for the exam."],
  consentGiven: [
    consentGiven as Extract<AttemptFact, { type: "consentGiven" }>,
    ada.actor,
    "Consented to what is collected.",
  ],
  browserReleased: [
    { type: "browserReleased" },
    lin.actor,
    "A new link was issued by Lin; the browser before it can no longer go on.",
  ],
  browserBound: [
    { type: "browserBound", browser: "another-browser-of-ada" },
    session.actor,
    "Came back in another browser, with the new link.",
  ],
  takeOverAsked: [
    { type: "takeOverAsked", browser: "another-browser-of-ada" },
    session.actor,
    "Asked to go on in another browser or on another computer, with the same link.",
  ],
  takeOverRefused: [
    { type: "takeOverRefused", reason: "Call the hotline" },
    lin.actor,
    "Lin did not let the exam go on in the other browser: Call the hotline",
  ],
  writerChanged: [
    { type: "writerChanged", page: "another-page-of-ada", how: "taken-over" },
    ada.actor,
    "Went on in another tab or window of the same browser.",
  ],
  accommodated: [
    {
      type: "accommodated",
      accommodations: {
        allowances: [
          { kind: "multiplier", factor: 1.25, reason: "Dyslexia" },
          { kind: "minutes", minutes: 10, reason: "Screen reader" },
        ],
        exceptions: [{ kind: "may-speak", reason: "Reads aloud" }],
      },
    },
    lin.actor,
    "Lin arranged: 25 % more time; 10 minutes more; may speak.",
  ],
  deviceChecked: [{ type: "deviceChecked", check: goodDevices }, ada.actor, "The device check passed."],
  identityCaptured: [
    { type: "identityCaptured", capture: "face", sha256: "c".repeat(64), bytes: 1, hints: ["too-dark"] },
    session.actor,
    "Took a photograph of the face; the page found something wanting in it.",
  ],
  identityLeftToProctor: [
    { type: "identityLeftToProctor", captures: ["document", "room"], reason: "I have one hand" },
    ada.actor,
    "Asked the proctor to check instead of a photograph of the document and a recording of the room: I have one hand",
  ],
  identityAskedAgain: [
    { type: "identityAskedAgain", capture: "document", reason: "It is blurred" },
    lin.actor,
    "Lin asked for a photograph of the document again: It is blurred",
  ],
  admissionRequested: [{ type: "admissionRequested" }, ada.actor, "Asked to be let in."],
  admitted: [{ type: "admitted" }, lin.actor, "Admitted by Lin."],
  denied: [{ type: "denied", reason: "No photo" }, lin.actor, "Not admitted by Lin: No photo"],
  paperOpened: [{ type: "paperOpened" }, ada.actor, "Opened the exam; the clock started."],
  timeGiven: [baseTime, session.actor, "30 minutes for the exam."],
  answerSaved: [
    { type: "answerSaved", itemId: recoveryId, response: { kind: "number", text: "7" }, late: false },
    ada.actor,
    "Answered a question.",
  ],
  answerKept: [
    { type: "answerKept", itemId: recoveryId, response: null, madeAt: nine },
    ada.actor,
    `An answer that the page made before the end, at ${formatTime(nine)}, arrived too late to count. It is kept, and not scored.`,
  ],
  itemFlagged: [{ type: "itemFlagged", itemId: recoveryId, flagged: true }, ada.actor, "Flagged a question."],
  itemVisited: [{ type: "itemVisited", itemId: recoveryId }, ada.actor, "Went to a question."],
  sectionEntered: [
    { type: "sectionEntered", sectionId: firstAid.sections[0]!.id },
    ada.actor,
    "Opened a section; its time began.",
  ],
  sectionEnded: [
    { type: "sectionEnded", sectionId: firstAid.sections[0]!.id },
    session.actor,
    "The time of a section was up.",
  ],
  breakStarted: [{ type: "breakStarted", endsAt: nine }, ada.actor, "Took a break; the clock stood still."],
  breakEnded: [{ type: "breakEnded" }, ada.actor, "The break ended."],
  signalBegan: [
    { type: "signalBegan", kind: "no-face", since: nine, detail: noDetail },
    ada.actor,
    "No face in the picture: began.",
  ],
  sensorReported: [
    { type: "sensorReported", sensor: "faces", state: "lost", reason: "could-not-load" },
    ada.actor,
    "The sensor for how many faces are in the picture does not work any more.",
  ],
  heldForReview: [
    { type: "heldForReview", why: "The browser's developer tools were open.", violation: 7, reviewers: 2 },
    session.actor,
    "Held until two people have decided: The browser's developer tools were open.",
  ],
  reviewDecided: [
    { type: "reviewDecided", verdict: "stands", reason: "The support desk had asked for it", settles: true },
    lin.actor,
    "Lin decided that the score stands: The support desk had asked for it",
  ],
  signalEnded: [{ type: "signalEnded", kind: "tab-hidden", until: nine }, ada.actor, "Page hidden: ended."],
  violationNoted: [
    {
      type: "violationNoted",
      violation: {
        kind: "tab-hidden",
        severity: "medium",
        reason: "The page was hidden for 3 seconds.",
        from: nine,
        notedAt: nine,
        confidence: null,
      },
    },
    session.actor,
    "The page was hidden for 3 seconds.",
  ],
  warned: [{ type: "warned", text: "Look at your screen" }, lin.actor, "Lin warned: Look at your screen"],
  warningAcknowledged: [{ type: "warningAcknowledged", warning: 4 }, ada.actor, "Read the warning."],
  messageSent: [{ type: "messageSent", text: "May I drink?" }, ada.actor, "The candidate: May I drink?"],
  paused: [{ type: "paused", reason: "Fire alarm" }, lin.actor, "Paused by Lin: Fire alarm"],
  resumed: [{ type: "resumed" }, lin.actor, "Resumed by Lin."],
  mediaPublished: [
    { type: "mediaPublished", sfuSession: "sfu-1", tracks: ["thumbnail"] },
    session.actor,
    "Camera, microphone and screen went live.",
  ],
  segmentStored: [
    { type: "segmentStored", segment: systemCommands.storeSegment.segment },
    session.actor,
    "A piece of the camera recording was stored.",
  ],
  stillStored: [
    { type: "stillStored", still: systemCommands.storeStill.still },
    session.actor,
    "A picture of the camera at a violation was stored.",
  ],
  handedIn: [{ type: "handedIn", cause: "candidate" }, ada.actor, "Handed in by the candidate."],
  terminated: [{ type: "terminated", reason: "Left the room" }, lin.actor, "Ended by Lin: Left the room"],
  scored: [scoredWith() as Extract<AttemptFact, { type: "scored" }>, session.actor, "Scored 0 of 8.5 points."],
};

test.each(Object.entries(told))("%s is told in a sentence", (_type, [fact, by, sentence]) => {
  expect(factSentence(fact, by)).toBe(sentence);
});

describe("the sentence says the difference", () => {
  test.each([
    ["conduct", "Ended by Lin for the candidate's conduct: Left the room"],
    ["technical", "Ended by Lin for a technical failure: Left the room"],
    ["other", "Ended by Lin for another cause: Left the room"],
  ] as const)("[A38] between causes of an end: %s", (cause, sentence) => {
    expect(factSentence({ type: "terminated", cause, reason: "Left the room" }, lin.actor)).toBe(sentence);
  });

  const deviceCheck = (failed: Partial<DeviceCheck>): AttemptFact => ({
    type: "deviceChecked",
    check: { ...goodDevices, ...failed },
  });
  const time = (kind: "allowance" | "extra" | "pause"): AttemptFact => ({
    type: "timeGiven",
    entry: { kind, ms: minutes(5), at: nine, by: lin.actor, reason: "Large print" },
  });
  test.each<readonly [string, AttemptFact, Actor, string]>([
    ["who wrote", { type: "messageSent", text: "You may" }, lin.actor, "Lin: You may"],
    ["what ended the exam", { type: "handedIn", cause: "deadline" }, session.actor, "Handed in at the deadline."],
    [
      "a flag taken off",
      { type: "itemFlagged", itemId: recoveryId, flagged: false },
      ada.actor,
      "Took the flag off a question.",
    ],
    [
      "an answer that was taken back, and late",
      { type: "answerSaved", itemId: recoveryId, response: null, late: true },
      ada.actor,
      "Took an answer back; it arrived late.",
    ],
    [
      "which devices did not pass",
      deviceCheck({ camera: "failed", fullScreen: "failed" }),
      ada.actor,
      "The device check did not pass: camera, full screen.",
    ],
    [
      "that nothing is live any more",
      { type: "mediaPublished", sfuSession: "sfu-1", tracks: [] },
      lin.actor,
      "What was live until then is shown no more.",
    ],
    [
      "an exam that its candidate took to another computer",
      { type: "browserBound", browser: "another-browser-of-ada", how: "taken-over" },
      session.actor,
      "Went on in another browser or on another computer, with the same link.",
    ],
    [
      "who let it go on there",
      { type: "browserBound", browser: "another-browser-of-ada", how: "granted" },
      lin.actor,
      "Lin let the exam go on in the browser that asked.",
    ],
    [
      "the page that came first",
      { type: "writerChanged", page: "first-page", how: "first" },
      session.actor,
      "Opened the page that writes.",
    ],
    [
      "a page that came when the one before had gone",
      { type: "writerChanged", page: "second-page", how: "came-back" },
      session.actor,
      "Came back in a new tab or window; it writes from now on.",
    ],
    ["an allowance", time("allowance"), session.actor, "5 minutes of allowance: Large print"],
    ["extra time and who gave it", time("extra"), lin.actor, "Lin added 5 minutes: Large print"],
    ["a pause given back", time("pause"), lin.actor, "5 minutes given back for the pause."],
  ])("%s", (_what, fact, by, sentence) => {
    expect(factSentence(fact, by)).toBe(sentence);
  });
});

test("each signal has a name of its own", () => {
  const kinds = [...lastingSignalKinds, ...momentarySignalKinds];
  expect(new Set(kinds.map(signalWords)).size).toBe(kinds.length);
});
