import { parseArgs } from "node:util";
import { largestCapacity } from "#domain/exam/rooms.ts";

const usage = `npm run rehearse                       rehearse a sitting on this computer
npm run rehearse -- --origin URL     against a deployment; staff accounts are read from the environment
  --candidates N   how many sit (100)
  --rooms N        over how many exam sessions (1)
  --proctors N     how many consoles watch each room (5)
  --seconds N      how long they work (30)
  --rate N         messages a second of each candidate while they work (1)
  --bound          beside it, the bare bound: the same load on an object without our law (this computer only)
  --json           one JSON object on standard output
  --yes            load another computer without asking first`;

export type RehearseOptions = {
  /** Null: a stack of its own on this computer. */
  readonly origin: URL | null;
  readonly candidates: number;
  readonly rooms: number;
  readonly proctors: number;
  readonly seconds: number;
  readonly rate: number;
  readonly hasBound: boolean;
  readonly isJson: boolean;
  readonly isAgreed: boolean;
};

/** What was asked for cannot be done; the message says why. */
export class BadOptions extends Error {}

/** Reads the command line. Throws `BadOptions`. */
export function readOptions(argv: readonly string[]): RehearseOptions {
  const values = parsed(argv);
  const origin = values.origin === undefined ? null : urlOf(values.origin);
  if (values.bound && origin !== null) {
    throw new BadOptions("--bound compares two objects on one runtime: it works on this computer only.");
  }
  const options: RehearseOptions = {
    origin,
    candidates: whole("candidates", values.candidates, 1, 50_000),
    rooms: whole("rooms", values.rooms, 1, 1_000),
    proctors: whole("proctors", values.proctors, 1, 100),
    seconds: whole("seconds", values.seconds, 1, 3_600),
    // At more, a candidate would paste again before the policy notes it again.
    rate: between("rate", values.rate, 0.01, 8),
    hasBound: values.bound,
    isJson: values.json,
    isAgreed: values.yes,
  };
  if (options.rooms > options.candidates) throw new BadOptions("There are more rooms than candidates.");
  if (Math.ceil(options.candidates / options.rooms) > largestCapacity) {
    throw new BadOptions(`A room holds at most ${largestCapacity} candidates: rehearse more rooms.`);
  }
  return options;
}

/** Whether the load stays on this computer, so that nobody has to be asked. */
function isLoopback({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** Whether a person has to agree before anything is loaded: it is another computer, and nobody has said yes yet. */
export function mustAsk({ origin, isAgreed }: RehearseOptions): boolean {
  return origin !== null && !isLoopback(origin) && !isAgreed;
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        origin: { type: "string" },
        candidates: { type: "string", default: "100" },
        rooms: { type: "string", default: "1" },
        proctors: { type: "string", default: "5" },
        seconds: { type: "string", default: "30" },
        rate: { type: "string", default: "1" },
        bound: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        yes: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new BadOptions(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

function urlOf(text: string): URL {
  if (!URL.canParse(text) || !/^https?:/.test(text)) throw new BadOptions(`${text} is not an address.\n${usage}`);
  return new URL(new URL(text).origin);
}

function between(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!(value >= least && value <= most)) throw new BadOptions(`--${name} is from ${least} to ${most}.\n${usage}`);
  return value;
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = between(name, text, least, most);
  if (!Number.isInteger(value)) throw new BadOptions(`--${name} is a whole number.\n${usage}`);
  return value;
}
