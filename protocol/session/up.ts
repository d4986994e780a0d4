import * as v from "valibot";
import type { CandidateCommand, ProctorCommand } from "#domain/attempt/command.ts";
import { checkResults, terminationCauses } from "#domain/attempt/command.ts";
import { longestGrantMs } from "#domain/attempt/deadline.ts";
import type { AttemptId, ItemId, SectionId } from "#domain/exam/ids.ts";
import { maxResponseTextLength } from "#domain/exam/response.ts";
import { identityCaptures } from "#domain/integrity/policy.ts";
import { sensorNames, sensorReasons, sensorStates } from "#domain/integrity/sensor.ts";
import { lastingSignalKinds, longestSubject, momentarySignalKinds } from "#domain/integrity/signal.ts";
import { longestMessage } from "./version.ts";

/** Ids are short, so that a stranger cannot make the session store long ones. */
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const itemId = v.pipe(
  id,
  v.transform((text) => text as ItemId),
);
const text = v.pipe(v.string(), v.maxLength(2000));
const agoMs = v.pipe(v.number(), v.finite(), v.minValue(0));
const eventNumber = v.pipe(v.number(), v.integer(), v.minValue(1));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const checkResult = v.picklist(checkResults);
const responseText = v.pipe(v.string(), v.maxLength(maxResponseTextLength));

const signalDetail = v.strictObject({
  count: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
  confidence: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  subject: v.exactOptional(v.pipe(v.string(), v.maxLength(longestSubject))),
});

const responseSchema = v.variant("kind", [
  v.strictObject({ kind: v.literal("single-choice"), option: id }),
  v.strictObject({
    kind: v.literal("multiple-choice"),
    options: v.pipe(v.array(id), v.maxLength(100)),
  }),
  v.strictObject({ kind: v.literal("number"), text: responseText }),
  v.strictObject({ kind: v.literal("short-text"), text: responseText }),
]);

/** The commonest first: they are tried in this order. */
const candidateCommandSchema: v.GenericSchema<unknown, CandidateCommand> = v.variant("type", [
  v.strictObject({
    type: v.literal("saveAnswer"),
    itemId,
    response: v.nullable(responseSchema),
    agoMs,
  }),
  v.strictObject({ type: v.literal("visitItem"), itemId }),
  v.strictObject({ type: v.literal("flagItem"), itemId, flagged: v.boolean() }),
  v.strictObject({
    type: v.literal("beginSignal"),
    kind: v.picklist(lastingSignalKinds),
    detail: signalDetail,
    agoMs,
  }),
  v.strictObject({ type: v.literal("endSignal"), kind: v.picklist(lastingSignalKinds), agoMs }),
  v.strictObject({
    type: v.literal("reportMoment"),
    kind: v.picklist(momentarySignalKinds),
    detail: signalDetail,
    agoMs,
  }),
  v.strictObject({
    type: v.literal("reportSensor"),
    sensor: v.picklist(sensorNames),
    state: v.picklist(sensorStates),
    reason: v.nullable(v.picklist(sensorReasons)),
  }),
  v.strictObject({ type: v.literal("giveConsent"), textSha256: sha256 }),
  v.strictObject({
    type: v.literal("reportDeviceCheck"),
    check: v.strictObject({
      camera: checkResult,
      microphone: checkResult,
      screen: checkResult,
      fullScreen: checkResult,
    }),
  }),
  v.strictObject({ type: v.literal("leaveIdentityToProctor"), reason: text }),
  v.strictObject({ type: v.literal("requestAdmission") }),
  v.strictObject({ type: v.literal("openPaper") }),
  v.strictObject({
    type: v.literal("enterSection"),
    sectionId: v.pipe(
      id,
      v.transform((value) => value as SectionId),
    ),
  }),
  v.strictObject({ type: v.literal("startBreak") }),
  v.strictObject({ type: v.literal("endBreak") }),
  v.strictObject({ type: v.literal("reportOutage"), beganAgoMs: agoMs, endedAgoMs: agoMs }),
  v.strictObject({ type: v.literal("handIn") }),
  v.strictObject({ type: v.literal("sendMessage"), text: v.pipe(v.string(), v.maxLength(longestMessage)) }),
  v.strictObject({
    type: v.literal("acknowledgeWarning"),
    warning: eventNumber,
  }),
  v.strictObject({ type: v.literal("takeOver") }),
]);

const proctorCommandSchema: v.GenericSchema<unknown, ProctorCommand> = v.variant("type", [
  v.strictObject({ type: v.literal("admit") }),
  v.strictObject({ type: v.literal("deny"), reason: text }),
  v.strictObject({ type: v.literal("askIdentityAgain"), capture: v.picklist(identityCaptures), reason: text }),
  v.strictObject({ type: v.literal("warn"), text }),
  v.strictObject({ type: v.literal("sendMessage"), text }),
  v.strictObject({ type: v.literal("pause"), reason: text }),
  v.strictObject({ type: v.literal("resume") }),
  v.strictObject({
    type: v.literal("addTime"),
    ms: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(longestGrantMs)),
    reason: text,
  }),
  v.strictObject({
    type: v.literal("withdrawTime"),
    entry: v.pipe(v.number(), v.integer(), v.minValue(0)),
    reason: text,
  }),
  v.strictObject({ type: v.literal("allowTakeOver"), request: eventNumber }),
  v.strictObject({ type: v.literal("refuseTakeOver"), request: eventNumber, reason: text }),
  v.strictObject({ type: v.literal("terminate"), cause: v.exactOptional(v.picklist(terminationCauses)), reason: text }),
]);

/** A question for the server's clock; `sentAt` is the asker's own and comes back untouched. */
const clockQuestion = v.strictObject({
  type: v.literal("clock"),
  sentAt: v.pipe(v.number(), v.finite()),
});

/** What a candidate's page says. `id` is made by the page; the same id again is answered with the stored outcome. */
export const candidateUpSchema = v.variant("type", [
  v.strictObject({ type: v.literal("command"), id, command: candidateCommandSchema }),
  clockQuestion,
]);
export type CandidateUp = v.InferOutput<typeof candidateUpSchema>;

/** What a proctor's console says. */
export const proctorUpSchema = v.variant("type", [
  v.strictObject({
    type: v.literal("command"),
    id,
    attemptId: v.pipe(
      id,
      v.transform((value) => value as AttemptId),
    ),
    command: proctorCommandSchema,
  }),
  clockQuestion,
  /** Everything that came before this mark was read. The session waits for it rather than send without end. */
  v.strictObject({ type: v.literal("heard"), mark: v.pipe(v.number(), v.integer()) }),
]);
export type ProctorUp = v.InferOutput<typeof proctorUpSchema>;
