import type { DeviceCheck } from "#domain/attempt/command.ts";
import type { AttemptFact } from "#domain/attempt/event.ts";
import type { AttemptStatus } from "#domain/attempt/state.ts";
import { brand, type ItemId, type RegistrationId } from "#domain/exam/ids.ts";
import type { Response } from "#domain/exam/response.ts";
import { scoreAttempt } from "#domain/scoring/score-attempt.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import { at, consentSha256, type History, minutes, nine } from "./given.ts";
import { ada, lin } from "./people.ts";

export const goodDevices: DeviceCheck = {
  camera: "passed",
  microphone: "passed",
  screen: "passed",
  fullScreen: "passed",
};

export const recoveryId = brand<ItemId>("recovery");
export const depthId = brand<ItemId>("depth");

export const adaRegistered = {
  type: "registered",
  registrationId: brand<RegistrationId>("ada-1"),
  name: "Ada",
} as const satisfies AttemptFact;
export const consentGiven: AttemptFact = { type: "consentGiven", textSha256: consentSha256, browser: "browser-of-ada" };

export const baseTime = {
  type: "timeGiven",
  entry: { kind: "base", ms: minutes(30), at: nine, by: ada.actor, reason: "Duration of the exam" },
} as const satisfies AttemptFact;

/** The score of a paper on which only this was answered. */
export function scoredWith(...answers: readonly (readonly [ItemId, Response])[]): AttemptFact {
  return { type: "scored", score: scoreAttempt(firstAid, new Map(answers)) };
}

const registered: History = [adaRegistered];
const consented: History = [...registered, consentGiven];
const checked: History = [...consented, { type: "deviceChecked", check: goodDevices }];
const waiting: History = [...checked, { type: "admissionRequested" }];
const admitted: History = [...waiting, at(nine, { type: "admitted" }, lin)];
const open: History = [...admitted, { type: "paperOpened" }, baseTime];

/** How an attempt comes to be in each status, by the shortest way. What ends or pauses it is five minutes after nine. */
export const histories: Readonly<Record<AttemptStatus, History>> = {
  unregistered: [],
  registered,
  consented,
  checked,
  waiting,
  denied: [...waiting, at(nine, { type: "denied", reason: "No photo" }, lin)],
  admitted,
  open,
  paused: [...open, at(nine + minutes(5), { type: "paused", reason: "Fire alarm" }, lin)],
  "handed-in": [...open, at(nine + minutes(5), { type: "handedIn", cause: "candidate" }, ada), scoredWith()],
  terminated: [...open, at(nine + minutes(5), { type: "terminated", reason: "Left the room" }, lin), scoredWith()],
};

/** The time was up, and the grace still runs. */
export const outOfTime: History = [...open, at(nine + minutes(30), { type: "handedIn", cause: "deadline" })];
