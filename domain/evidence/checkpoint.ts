import { decodeBase64, encodeBase64 } from "./base64.ts";
import { sha256Length } from "./sha256.ts";

// https://c2sp.org/tlog-checkpoint

/** "Everything up to leaf `size` is fixed, and its root is this." */
export type Checkpoint = {
  /** Which tree: unique to it, and one line. */
  readonly origin: string;
  /** How many leaves the tree has. */
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
  /** Lines of our own after the three that everyone reads; none is the rule. */
  readonly extensions: readonly string[];
};

/** The body of the note to sign: `origin`, `size` and the root in base64, a line each. Throws a RangeError on nonsense. */
export function checkpointBody(checkpoint: Checkpoint): string {
  const { origin, size, root, extensions } = checkpoint;
  if (![origin, ...extensions].every(isLine)) throw new RangeError("A checkpoint's lines are not empty");
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`No tree has ${size} leaves`);
  if (root.length !== sha256Length) throw new RangeError("A root has 32 bytes");
  return [origin, String(size), encodeBase64(root), ...extensions].map((line) => `${line}\n`).join("");
}

/** The checkpoint in a note's body, or null when it is none. */
export function parseCheckpoint(body: string): Checkpoint | null {
  if (!body.endsWith("\n")) return null;
  const lines = body.slice(0, -1).split("\n");
  const [origin, size, encodedRoot, ...extensions] = lines;
  if (origin === undefined || size === undefined || encodedRoot === undefined || !lines.every(isLine)) return null;
  if (!/^(?:0|[1-9][0-9]*)$/.test(size) || !Number.isSafeInteger(Number(size))) return null;
  const root = decodeBase64(encodedRoot);
  if (root === null || root.length !== sha256Length) return null;
  return { origin, size: Number(size), root, extensions };
}

function isLine(text: string): boolean {
  return text !== "" && !text.includes("\n");
}
