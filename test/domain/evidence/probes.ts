import { readFileSync } from "node:fs";

// The probes of transparency-dev/merkle, gathered into one file for each kind of proof; the files name their source.
// Hashes are in base64, and some are null or not 32 bytes on purpose.

type Probe = {
  readonly file: string;
  readonly desc: string;
  readonly wantErr: boolean;
  readonly proof: readonly string[] | null;
};

export type InclusionProbe = Probe & {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string | null;
  readonly leafHash: string | null;
};

export type ConsistencyProbe = Probe & {
  readonly size1: number;
  readonly size2: number;
  readonly root1: string | null;
  readonly root2: string | null;
};

export const inclusionProbes: readonly InclusionProbe[] = read("inclusion").probes;
export const consistencyProbes: readonly ConsistencyProbe[] = read("consistency").probes;

function read(kind: "inclusion" | "consistency") {
  return JSON.parse(readFileSync(new URL(`./vectors/${kind}.json`, import.meta.url), "utf8"));
}
