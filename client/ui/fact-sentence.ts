import type { Actor } from "#domain/attempt/actor.ts";
import type { TimeEntryKind } from "#domain/attempt/deadline.ts";
import type { TerminationCause } from "#domain/attempt/command.ts";
import type { AttemptFact, HandInCause } from "#domain/attempt/event.ts";
import type { Accommodations } from "#domain/exam/accommodation.ts";
import { whatSensorNotices } from "#domain/integrity/explain.ts";
import type { SignalKind } from "#domain/integrity/signal.ts";
import { captureWords } from "./capture-words.ts";
import { allowanceWords, exceptionWords } from "./accommodation-words.ts";
import { formatDuration } from "./format-duration.ts";
import { formatTime } from "./format-moment.ts";

/** A signal as a person would name it, while it lasts. */
export function signalWords(kind: SignalKind): string {
  switch (kind) {
    case "tab-hidden":
      return "Page hidden";
    case "window-blurred":
      return "Other window in focus";
    case "full-screen-left":
      return "Not in full screen";
    case "camera-ended":
      return "Camera off";
    case "microphone-ended":
      return "Microphone off";
    case "screen-share-ended":
      return "Screen not shared";
    case "no-face":
      return "No face in the picture";
    case "several-faces":
      return "Several faces in the picture";
    case "screen-not-entire":
      return "Not the entire screen shared";
    case "several-displays":
      return "Several displays";
    case "camera-covered":
      return "Camera dark or blank";
    case "camera-frozen":
      return "Camera picture stands still";
    case "virtual-camera":
      return "Virtual camera";
    case "head-turned":
      return "Head turned away";
    case "microphone-silent":
      return "Microphone silent";
    case "loud-sound":
      return "Loud sound";
    case "speech":
      return "Speech";
    case "developer-tools":
      return "Developer tools";
    case "automation":
      return "Controlled by a program";
    case "sensor-lost":
      return "A sensor does not work";
    case "drag-and-drop":
      return "Text dragged";
    case "burst-typed":
      return "Text in a burst";
    case "context-menu":
      return "Context menu";
    case "print":
      return "Printing";
    case "print-screen":
      return "Picture of the screen";
    case "shortcut":
      return "Shortcut that is off";
    case "developer-tools-shortcut":
      return "Shortcut for developer tools";
    case "second-session":
      return "Opened a second time";
    case "connection-lost":
      return "Connection lost";
    case "copied":
      return "Text copied";
    case "cut":
      return "Text cut";
    case "pasted":
      return "Text pasted";
  }
}

function who(by: Actor): string {
  if (by.kind === "proctor") return by.name;
  return by.kind === "candidate" ? "The candidate" : "The session";
}

/** One event of an attempt as a sentence for staff. Total over all facts: a new one does not compile without words. */
export function factSentence(fact: AttemptFact, by: Actor): string {
  switch (fact.type) {
    case "registered":
      return "Registered for the exam.";
    case "consentGiven":
      return "Consented to what is collected.";
    case "browserReleased":
      return `A new link was issued by ${who(by)}; the browser before it can no longer go on.`;
    case "browserBound":
      return boundSentence(fact.how, by);
    case "takeOverAsked":
      return "Asked to go on in another browser or on another computer, with the same link.";
    case "takeOverRefused":
      return `${who(by)} did not let the exam go on in the other browser: ${fact.reason}`;
    case "writerChanged":
      return writerSentence(fact.how);
    case "accommodated":
      return accommodationSentence(fact.accommodations, by);
    case "deviceChecked":
      return deviceSentence(fact.check);
    case "identityCaptured":
      return `Took ${captureWords(fact.capture)}${fact.hints.length === 0 ? "" : "; the page found something wanting in it"}.`;
    case "identityLeftToProctor":
      return `Asked the proctor to check instead of ${fact.captures.map(captureWords).join(" and ")}: ${fact.reason}`;
    case "identityAskedAgain":
      return `${who(by)} asked for ${captureWords(fact.capture)} again: ${fact.reason}`;
    case "admissionRequested":
      return "Asked to be let in.";
    case "admitted":
      return `Admitted by ${who(by)}.`;
    case "denied":
      return `Not admitted by ${who(by)}: ${fact.reason}`;
    case "paperOpened":
      return "Opened the exam; the clock started.";
    case "timeGiven":
      return timeSentence(fact.entry.kind, fact.entry.ms, fact.entry.reason, by);
    case "answerSaved":
      return answerSentence(fact.response !== null, fact.late);
    case "answerKept":
      return `An answer that the page made before the end, at ${formatTime(fact.madeAt)}, arrived too late to count. It is kept, and not scored.`;
    case "itemFlagged":
      return fact.flagged ? "Flagged a question." : "Took the flag off a question.";
    case "itemVisited":
      return "Went to a question.";
    case "sectionEntered":
      return "Opened a section; its time began.";
    case "sectionEnded":
      return "The time of a section was up.";
    case "signalBegan":
      return `${signalWords(fact.kind)}: began.`;
    case "signalEnded":
      return `${signalWords(fact.kind)}: ended.`;
    case "sensorReported":
      return sensorSentence(fact);
    case "violationNoted":
      return fact.violation.reason;
    case "warned":
      return `${who(by)} warned: ${fact.text}`;
    case "warningAcknowledged":
      return "Read the warning.";
    case "messageSent":
      return `${who(by)}: ${fact.text}`;
    case "paused":
      return fact.violation === undefined
        ? `Paused by ${who(by)}: ${fact.reason}`
        : `Paused as the exam's policy says: ${fact.reason}`;
    case "resumed":
      return `Resumed by ${who(by)}.`;
    case "breakStarted":
      return "Took a break; the clock stood still.";
    case "breakEnded":
      return "The break ended.";
    case "mediaPublished":
      return fact.tracks.length === 0
        ? "What was live until then is shown no more."
        : "Camera, microphone and screen went live.";
    case "segmentStored":
      return `A piece of the ${fact.segment.track} recording was stored.`;
    case "stillStored":
      return `A picture of the ${fact.still.source} at a violation was stored.`;
    case "handedIn":
      return handInWords[fact.cause];
    case "terminated":
      return `Ended by ${who(by)}${fact.cause === undefined ? "" : endedFor[fact.cause]}: ${fact.reason}`;
    case "scored":
      return `Scored ${fact.score.points} of ${fact.score.outOf} points.`;
    case "heldForReview":
      return heldSentence(fact, by);
    case "reviewDecided":
      return reviewSentence(fact, by);
  }
}

const handInWords: Readonly<Record<HandInCause, string>> = {
  candidate: "Handed in by the candidate.",
  deadline: "Handed in at the deadline.",
  policy: "Handed in as the exam's policy says.",
};

const endedFor: Readonly<Record<TerminationCause, string>> = {
  conduct: " for the candidate's conduct",
  technical: " for a technical failure",
  other: " for another cause",
};

function heldSentence({ why, violation, reviewers }: Extract<AttemptFact, { type: "heldForReview" }>, by: Actor) {
  const until = reviewers === 2 ? "two people have" : "a person has";
  return `Held${violation === null ? ` by ${who(by)}` : ""} until ${until} decided: ${why}`;
}

function reviewSentence({ verdict, reason, settles }: Extract<AttemptFact, { type: "reviewDecided" }>, by: Actor) {
  const said = verdict === "stands" ? "the score stands" : "the score is voided";
  return `${who(by)} decided that ${said}${settles ? "" : "; another person has to decide too"}: ${reason}`;
}

/** How a sensor is, for staff. */
export function sensorSentence({
  sensor,
  state,
}: Pick<Extract<AttemptFact, { type: "sensorReported" }>, "sensor" | "state">): string {
  const notices = whatSensorNotices(sensor);
  switch (state) {
    case "working":
      return `The sensor for ${notices} works.`;
    case "degraded":
      return `The sensor for ${notices} works less well than it should.`;
    case "lost":
      return `The sensor for ${notices} does not work any more.`;
    case "not-available":
      return `There is no sensor for ${notices} in this browser.`;
  }
}

function boundSentence(how: Extract<AttemptFact, { type: "browserBound" }>["how"], by: Actor): string {
  switch (how) {
    case undefined:
      return "Came back in another browser, with the new link.";
    case "taken-over":
      return "Went on in another browser or on another computer, with the same link.";
    case "granted":
      return `${who(by)} let the exam go on in the browser that asked.`;
  }
}

function writerSentence(how: Extract<AttemptFact, { type: "writerChanged" }>["how"]): string {
  switch (how) {
    case "first":
      return "Opened the page that writes.";
    case "came-back":
      return "Came back in a new tab or window; it writes from now on.";
    case "taken-over":
      return "Went on in another tab or window of the same browser.";
  }
}

function answerSentence(isAnswered: boolean, late: boolean): string {
  const done = isAnswered ? "Answered a question" : "Took an answer back";
  return late ? `${done}; it arrived late.` : `${done}.`;
}

function deviceSentence(check: Extract<AttemptFact, { type: "deviceChecked" }>["check"]): string {
  const words = { camera: "camera", microphone: "microphone", screen: "screen", fullScreen: "full screen" } as const;
  const failed = (["camera", "microphone", "screen", "fullScreen"] as const).filter((part) => check[part] === "failed");
  if (failed.length === 0) return "The device check passed.";
  return `The device check did not pass: ${failed.map((part) => words[part]).join(", ")}.`;
}

function accommodationSentence({ allowances, exceptions }: Accommodations, by: Actor): string {
  const words = [...allowances.map(allowanceWords), ...exceptions.map(({ kind }) => exceptionWords(kind))];
  return words.length === 0 ? `${who(by)} took back what was arranged.` : `${who(by)} arranged: ${words.join("; ")}.`;
}

function timeSentence(kind: TimeEntryKind, ms: number, reason: string, by: Actor): string {
  switch (kind) {
    case "base":
      return `${formatDuration(ms)} for the exam.`;
    case "allowance":
      return `${formatDuration(ms)} of allowance: ${reason}`;
    case "extra":
      return `${who(by)} added ${formatDuration(ms)}: ${reason}`;
    case "pause":
      return `${formatDuration(ms)} given back for the pause.`;
    case "break":
      return `${formatDuration(ms)} given back for the break.`;
    case "outage":
      return `${formatDuration(ms)} given back for the lost connection.`;
    case "withdrawn":
      return `${who(by)} took ${formatDuration(-ms)} back: ${reason}`;
  }
}
