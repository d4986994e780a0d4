import type { Violation } from "../integrity/judge.ts";
import type { AttemptEvent, AttemptFact } from "./event.ts";
import type { CaseFile, Message, Outage, TrackTally } from "./state.ts";
import { nobodyWrites } from "./writing.ts";

/** Outages that are kept: what is credited is credited when the candidate is back. */
const keptOutages = 20;

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
    media: null,
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
      | "violationNoted"
      | "warned"
      | "warningAcknowledged"
      | "messageSent"
      | "mediaPublished"
      | "segmentStored";
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
      const ended = before.conditions.find(({ kind }) => kind === fact.kind);
      const isOutage = fact.kind === "connection-lost" && ended !== undefined;
      return {
        ...before,
        conditions: before.conditions.filter((condition) => condition !== ended),
        outages: isOutage ? withOutage(before.outages, { since: ended.since, until: fact.until }) : before.outages,
      };
    }
    case "violationNoted":
      return withViolation(before, fact.violation, event.seq);
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
  }
}

function withOutage(before: CaseFile["outages"], outage: Outage): CaseFile["outages"] {
  return [...before, outage].slice(-keptOutages);
}

function withViolation(before: CaseFile, violation: Violation, seq: number): CaseFile {
  return {
    ...before,
    violations: [...before.violations, { ...violation, seq }],
    lastNoted: { ...before.lastNoted, [violation.kind]: violation.notedAt },
    conditions: before.conditions.map((each) => (each.kind === violation.kind ? { ...each, noted: true } : each)),
  };
}

function message({ seq, at, by }: AttemptEvent, kind: Message["kind"], text: string): Message {
  return { seq, at, from: by, kind, text, acknowledged: false };
}
