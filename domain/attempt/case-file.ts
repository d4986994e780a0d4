import type { Violation } from "../integrity/judge.ts";
import { system } from "./actor.ts";
import type { AttemptEvent, AttemptFact } from "./event.ts";
import { withStill } from "./still.ts";
import type { CaseFile, Message, Outage, TrackTally } from "./state.ts";
import { nobodyWrites } from "./writing.ts";

/** Outages that are kept: what is credited is credited when the candidate is back. */
const keptOutages = 20;

/** Words of the session that are kept: the view is sent whole, and a candidate can bring about as many as they like. */
const keptSystemMessages = 50;

const nothingRecorded: TrackTally = { segments: 0, bytes: 0, until: null };

/** The case file of somebody who has just been registered. */
export function emptyFile({ registrationId, name }: Extract<AttemptFact, { type: "registered" }>): CaseFile {
  return {
    registrationId,
    name,
    messages: [],
    conditions: [],
    violations: [],
    lastNoted: {},
    attendedAt: null,
    sensors: {},
    media: null,
    identity: {},
    recorded: { camera: nothingRecorded, screen: nothingRecorded },
    allowances: [],
    exceptions: [],
    outages: [],
    writing: nobodyWrites,
  };
}

/** Facts that are about the case file alone. */
export type FileFact = Extract<
  AttemptFact,
  {
    type:
      | "accommodated"
      | "signalBegan"
      | "signalEnded"
      | "sensorReported"
      | "violationNoted"
      | "warned"
      | "warningAcknowledged"
      | "messageSent"
      | "mediaPublished"
      | "segmentStored"
      | "stillStored";
  }
>;

/** The case file after one more fact. */
export function fileAfter(before: CaseFile, fact: FileFact, event: AttemptEvent): CaseFile {
  switch (fact.type) {
    case "accommodated": {
      const { allowances, exceptions } = fact.accommodations;
      const granted = { by: event.by, at: event.at };
      return {
        ...before,
        allowances: allowances.map((allowance) => ({ ...allowance, ...granted })),
        exceptions: exceptions.map((exception) => ({ ...exception, ...granted })),
      };
    }
    case "signalBegan": {
      const { kind, since, detail } = fact;
      return {
        ...before,
        conditions: [...before.conditions, { kind, since, detail, noted: false }],
      };
    }
    case "signalEnded": {
      const ended = before.conditions.find(
        ({ kind, detail }) => kind === fact.kind && (fact.subject === undefined || detail.subject === fact.subject),
      );
      const isOutage = fact.kind === "connection-lost" && ended !== undefined;
      return {
        ...before,
        conditions: before.conditions.filter((condition) => condition !== ended),
        outages: isOutage ? withOutage(before.outages, { since: ended.since, until: fact.until }) : before.outages,
      };
    }
    case "sensorReported": {
      const { sensor, state, reason } = fact;
      return { ...before, sensors: { ...before.sensors, [sensor]: { state, reason, at: event.at } } };
    }
    case "violationNoted":
      return withViolation(before, fact.violation, event);
    case "warned":
      return { ...before, messages: [...before.messages, message(event, "warning", fact.text)] };
    case "messageSent":
      return { ...before, messages: [...before.messages, message(event, "message", fact.text)] };
    case "warningAcknowledged": {
      const messages = before.messages.map((each) =>
        each.seq === fact.warning ? { ...each, acknowledged: true } : each,
      );
      return { ...before, messages };
    }
    case "mediaPublished":
      return { ...before, media: { sfuSession: fact.sfuSession, tracks: fact.tracks } };
    case "segmentStored": {
      const { track, bytes, endsAt } = fact.segment;
      const tally = before.recorded[track];
      const until = Math.max(tally.until ?? endsAt, endsAt);
      const grown = { segments: tally.segments + 1, bytes: tally.bytes + bytes, until };
      return { ...before, recorded: { ...before.recorded, [track]: grown } };
    }
    case "stillStored":
      return { ...before, violations: withStill(before.violations, fact.still) };
  }
}

function withOutage(before: CaseFile["outages"], outage: Outage): CaseFile["outages"] {
  return [...before, outage].slice(-keptOutages);
}

/** What the candidate is told of it comes from the session, and a warning has to be acknowledged. [I13] */
function withViolation(before: CaseFile, violation: Violation, event: AttemptEvent): CaseFile {
  const { kind, subject, told } = violation;
  const said = violation.response === "warn" ? "warning" : "notice";
  const spoken = told === undefined ? [] : [{ ...message(event, said, told), from: system }];
  return {
    ...before,
    violations: [...before.violations, { ...violation, seq: event.seq, stills: [] }],
    lastNoted: { ...before.lastNoted, [kind]: violation.notedAt },
    conditions: before.conditions.map((each) =>
      each.kind === kind && each.detail.subject === subject ? { ...each, noted: true } : each,
    ),
    messages: withoutOldSystemMessages([...before.messages, ...spoken]),
  };
}

/** What people wrote stays: how many a candidate can write is limited elsewhere. [I20] */
function withoutOldSystemMessages(messages: readonly Message[]): readonly Message[] {
  const bySystem = messages.filter(({ from }) => from.kind === "system");
  const oldest = bySystem.at(-keptSystemMessages);
  return bySystem.length <= keptSystemMessages || oldest === undefined
    ? messages
    : messages.filter(({ from, seq }) => from.kind !== "system" || seq >= oldest.seq);
}

function message({ seq, at, by }: AttemptEvent, kind: Message["kind"], text: string): Message {
  return { seq, at, from: by, kind, text, acknowledged: false };
}
