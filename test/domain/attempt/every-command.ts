import type {
  CandidateCommand,
  Command,
  ProctorCommand,
  StaffCommand,
  SystemCommand,
} from "#domain/attempt/command.ts";
import { noDetail } from "#domain/integrity/signal.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import { consentSha256, minutes, nine, seconds } from "./given.ts";
import { adaRegistered, goodDevices, recoveryId } from "./histories.ts";

type OneOfEach<Some extends Command> = { readonly [Type in Some["type"]]: Extract<Some, { type: Type }> };

/** One of each, and each a good one: whatever refuses it is the attempt's status. */
export const candidateCommands: OneOfEach<CandidateCommand> = {
  giveConsent: { type: "giveConsent", textSha256: consentSha256 },
  reportDeviceCheck: { type: "reportDeviceCheck", check: goodDevices },
  requestAdmission: { type: "requestAdmission" },
  leaveIdentityToProctor: { type: "leaveIdentityToProctor", reason: "My lamp is broken" },
  openPaper: { type: "openPaper" },
  saveAnswer: { type: "saveAnswer", itemId: recoveryId, response: { kind: "single-choice", option: "side" }, agoMs: 0 },
  flagItem: { type: "flagItem", itemId: recoveryId, flagged: true },
  visitItem: { type: "visitItem", itemId: recoveryId },
  enterSection: { type: "enterSection", sectionId: firstAid.sections[0]!.id },
  startBreak: { type: "startBreak" },
  endBreak: { type: "endBreak" },
  reportOutage: { type: "reportOutage", beganAgoMs: seconds(30), endedAgoMs: 0 },
  handIn: { type: "handIn" },
  beginSignal: { type: "beginSignal", kind: "tab-hidden", detail: noDetail, agoMs: 0 },
  endSignal: { type: "endSignal", kind: "tab-hidden", agoMs: 0 },
  reportMoment: { type: "reportMoment", kind: "pasted", detail: { count: 7, confidence: null }, agoMs: 0 },
  reportSensor: { type: "reportSensor", sensor: "faces", state: "lost", reason: "no-answer" },
  sendMessage: { type: "sendMessage", text: "May I drink?" },
  acknowledgeWarning: { type: "acknowledgeWarning", warning: 1 },
  takeOver: { type: "takeOver" },
};

export const staffCommands: OneOfEach<StaffCommand> = {
  releaseBrowser: { type: "releaseBrowser" },
  accommodate: {
    type: "accommodate",
    accommodations: { allowances: [], exceptions: [{ kind: "may-speak", reason: "Reads aloud" }] },
  },
  holdForReview: { type: "holdForReview", reason: "Somebody else was heard" },
  decideReview: { type: "decideReview", verdict: "stands", reason: "It was the radio" },
};

export const proctorCommands: OneOfEach<ProctorCommand> = {
  admit: { type: "admit" },
  deny: { type: "deny", reason: "No photo" },
  askIdentityAgain: { type: "askIdentityAgain", capture: "face", reason: "It is too dark" },
  warn: { type: "warn", text: "Look at your screen" },
  sendMessage: { type: "sendMessage", text: "You may drink" },
  pause: { type: "pause", reason: "Fire alarm" },
  resume: { type: "resume" },
  addTime: { type: "addTime", ms: minutes(5), reason: "The network failed" },
  withdrawTime: { type: "withdrawTime", entry: 0, reason: "A slip" },
  allowTakeOver: { type: "allowTakeOver", request: 1 },
  refuseTakeOver: { type: "refuseTakeOver", request: 1, reason: "Call the hotline" },
  terminate: { type: "terminate", cause: "conduct", reason: "Left the room" },
};

export const systemCommands: OneOfEach<SystemCommand> = {
  register: { ...adaRegistered, type: "register" },
  bindBrowser: { type: "bindBrowser", browser: "another-browser" },
  attend: { type: "attend", page: "a-page", isReading: false, isWriterHere: false },
  goOnElsewhere: { type: "goOnElsewhere", browser: "another-browser" },
  tick: { type: "tick" },
  loseConnection: { type: "loseConnection", agoMs: 0 },
  regainConnection: { type: "regainConnection" },
  publishMedia: { type: "publishMedia", sfuSession: "sfu-1", tracks: ["thumbnail"] },
  storeSegment: {
    type: "storeSegment",
    segment: {
      track: "camera",
      run: 0,
      index: 0,
      sha256: "a".repeat(64),
      bytes: 200_000,
      startsAt: nine,
      endsAt: nine + seconds(4),
    },
    storedSha256: null,
  },
  storeStill: {
    type: "storeStill",
    still: { violation: 1, source: "camera", sha256: "b".repeat(64), bytes: 40_000, takenAt: nine },
  },
  storeIdentity: {
    type: "storeIdentity",
    picture: { capture: "face", sha256: "b".repeat(64), bytes: 60_000, hints: [] },
  },
};
