import { accommodate } from "./accommodate.ts";
import { endBreak, startBreak } from "./break.ts";
import {
  bindBrowser,
  giveConsent,
  openPaper,
  register,
  releaseBrowser,
  reportDeviceCheck,
  requestAdmission,
} from "./check-in.ts";
import type { CandidateCommand, Command, ProctorCommand, StaffCommand, SystemCommand } from "./command.ts";
import { type Context, type Decision, refuse } from "./decision.ts";
import { publishMedia, storeSegment } from "./evidence.ts";
import { acknowledgeWarning, sendMessage, warn } from "./conversation.ts";
import { askIdentityAgain, leaveIdentityToProctor, storeIdentity } from "./identity.ts";
import { addTime, admit, deny, pause, resume, terminate, withdrawTime } from "./intervention.ts";
import { reportOutage } from "./outage.ts";
import { decideReview, holdForReview } from "./review.ts";
import { beginSignal, endSignal, loseConnection, regainConnection, reportMoment, reportSensor } from "./sensing.ts";
import type { Attempt, Registered } from "./state.ts";
import { storeStill } from "./still.ts";
import { allowTakeOver, goOnElsewhere, refuseTakeOver } from "./take-over.ts";
import { tick } from "./tick.ts";
import { enterSection, flagItem, handIn, saveAnswer, visitItem } from "./working.ts";
import { attend, takeOver, whyNotTheWriter } from "./writer.ts";

const candidateCommands: ReadonlySet<Command["type"]> = new Set<CandidateCommand["type"]>([
  "giveConsent",
  "reportDeviceCheck",
  "requestAdmission",
  "leaveIdentityToProctor",
  "openPaper",
  "saveAnswer",
  "flagItem",
  "visitItem",
  "enterSection",
  "startBreak",
  "endBreak",
  "reportOutage",
  "handIn",
  "beginSignal",
  "endSignal",
  "reportMoment",
  "reportSensor",
  "sendMessage",
  "acknowledgeWarning",
  "takeOver",
]);
const proctorCommands: ReadonlySet<Command["type"]> = new Set<(ProctorCommand | StaffCommand)["type"]>([
  "releaseBrowser",
  "accommodate",
  "holdForReview",
  "decideReview",
  "admit",
  "deny",
  "askIdentityAgain",
  "warn",
  "sendMessage",
  "pause",
  "resume",
  "addTime",
  "withdrawTime",
  "allowTakeOver",
  "refuseTakeOver",
  "terminate",
]);
const systemCommands: ReadonlySet<Command["type"]> = new Set<SystemCommand["type"]>([
  "register",
  "bindBrowser",
  "attend",
  "goOnElsewhere",
  "tick",
  "loseConnection",
  "regainConnection",
  "publishMedia",
  "storeSegment",
  "storeStill",
  "storeIdentity",
]);
const permitted = {
  candidate: candidateCommands,
  proctor: proctorCommands,
  system: systemCommands,
};

/** The law of an attempt: what a command does to it, or why it may not. docs/spec/attempt.md has the rules. */
export function decide(attempt: Attempt, command: Command, context: Context): Decision {
  if (!permitted[context.actor.kind].has(command.type)) return refuse("not-permitted");
  if (command.type === "register") return register(attempt, command);
  if (attempt.status === "unregistered") return refuse("not-registered");
  if (isFromAnotherBrowser(attempt, context)) return refuse("another-browser");
  const why = whyNotTheWriter(attempt, command.type, context);
  if (why !== null) return refuse(why);
  if (isFullFor(attempt, command, context)) return refuse("too-many-events");
  return decideRegistered(attempt, command, context);
}

/** [A5] From consent on, the attempt belongs to the browser that consented. */
function isFromAnotherBrowser(attempt: Registered, context: Context): boolean {
  if (context.actor.kind !== "candidate" || attempt.status === "registered") return false;
  return attempt.consent.browser !== context.browser;
}

/** Several times what twelve hours of answers, signals and segments come to. */
const mostEvents = 100_000;

/** [A74] A page that floods the log is stopped; an exam can always be handed in. */
function isFullFor(attempt: Registered, command: Command, { actor }: Context): boolean {
  return actor.kind === "candidate" && attempt.seq >= mostEvents && command.type !== "handIn";
}

function decideRegistered(
  attempt: Registered,
  command: Exclude<Command, { type: "register" }>,
  context: Context,
): Decision {
  switch (command.type) {
    case "giveConsent":
      return giveConsent(attempt, command, context);
    case "releaseBrowser":
      return releaseBrowser(attempt);
    case "bindBrowser":
      return bindBrowser(attempt, command);
    case "attend":
      return attend(attempt, command, context);
    case "goOnElsewhere":
      return goOnElsewhere(attempt, command, context);
    case "accommodate":
      return accommodate(attempt, command);
    case "holdForReview":
      return holdForReview(attempt, command, context);
    case "decideReview":
      return decideReview(attempt, command, context);
    case "reportDeviceCheck":
      return reportDeviceCheck(attempt, command);
    case "requestAdmission":
      return requestAdmission(attempt, context);
    case "leaveIdentityToProctor":
      return leaveIdentityToProctor(attempt, command, context);
    case "openPaper":
      return openPaper(attempt, context);
    case "saveAnswer":
      return saveAnswer(attempt, command, context);
    case "flagItem":
      return flagItem(attempt, command, context);
    case "visitItem":
      return visitItem(attempt, command, context);
    case "enterSection":
      return enterSection(attempt, command, context);
    case "startBreak":
      return startBreak(attempt, context);
    case "endBreak":
      return endBreak(attempt, context);
    case "reportOutage":
      return reportOutage(attempt, command, context);
    case "handIn":
      return handIn(attempt, context);
    case "beginSignal":
      return beginSignal(attempt, command, context);
    case "endSignal":
      return endSignal(attempt, command, context);
    case "reportMoment":
      return reportMoment(attempt, command, context);
    case "reportSensor":
      return reportSensor(attempt, command, context);
    case "sendMessage":
      return sendMessage(attempt, command, context);
    case "acknowledgeWarning":
      return acknowledgeWarning(attempt, command);
    case "takeOver":
      return takeOver(attempt, context);
    case "admit":
      return admit(attempt);
    case "deny":
      return deny(attempt, command);
    case "askIdentityAgain":
      return askIdentityAgain(attempt, command, context);
    case "warn":
      return warn(attempt, command);
    case "pause":
      return pause(attempt, command, context);
    case "resume":
      return resume(attempt, context);
    case "addTime":
      return addTime(attempt, command, context);
    case "withdrawTime":
      return withdrawTime(attempt, command, context);
    case "allowTakeOver":
      return allowTakeOver(attempt, command);
    case "refuseTakeOver":
      return refuseTakeOver(attempt, command);
    case "terminate":
      return terminate(attempt, command, context);
    case "loseConnection":
      return loseConnection(attempt, command, context);
    case "regainConnection":
      return regainConnection(attempt, context);
    case "publishMedia":
      return publishMedia(attempt, command);
    case "storeSegment":
      return storeSegment(attempt, command, context);
    case "storeStill":
      return storeStill(attempt, command, context);
    case "storeIdentity":
      return storeIdentity(attempt, command, context);
    case "tick":
      return tick(attempt, context);
  }
}
