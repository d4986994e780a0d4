import { parseArgs } from "node:util";
import { type SignalKind, signalKinds } from "#domain/integrity/signal.ts";

const usage = `npm run bench:integrity                    measure all signals that the presets standard and strict look for
  --only KIND      the clips of one kind of signal alone; may be given several times
  --scene NAME     the clips of one launch of the browser alone; may be given several times
  --headed         show the browser (on a computer with a display)
  --json           one JSON object on standard output`;

export type BenchmarkOptions = {
  /** Empty: all. */
  readonly only: readonly SignalKind[];
  readonly scenes: readonly string[];
  readonly isHeaded: boolean;
  readonly isJson: boolean;
};

/** What was asked for cannot be done; the message says why. */
export class BadOptions extends Error {}

/** Reads the command line. Throws `BadOptions`. */
export function readOptions(argv: readonly string[], sceneNames: readonly string[]): BenchmarkOptions {
  const values = parsed(argv);
  const unknown = values.scene.find((name) => !sceneNames.includes(name));
  if (unknown !== undefined) throw new BadOptions(`There is no scene ${unknown}, only ${sceneNames.join(", ")}.`);
  return { only: values.only.map(kindNamed), scenes: values.scene, isHeaded: values.headed, isJson: values.json };
}

function kindNamed(name: string): SignalKind {
  const kind = signalKinds.find((each) => each === name);
  if (kind === undefined) throw new BadOptions(`There is no signal ${name}, only ${signalKinds.join(", ")}.`);
  return kind;
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        only: { type: "string", multiple: true, default: [] },
        scene: { type: "string", multiple: true, default: [] },
        headed: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new BadOptions(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}
