import { sign } from "node:crypto";
import { equalBytes } from "#domain/evidence/bytes.ts";
import { checkpointBody } from "#domain/evidence/checkpoint.ts";
import { concatenate } from "#domain/evidence/bytes.ts";
import { signedNote } from "#domain/evidence/signed-note.ts";
import { bundleOf, bundlePath, tilePath, tileWidth } from "#domain/evidence/tile.ts";
import { appendLeaves, rootOfEdge, type TreeEdge } from "#domain/evidence/tiled-tree.ts";
import { encodeUtf8 } from "#domain/evidence/utf8.ts";
import { type AuditTrailRpc, logOrigin, logPrefix } from "#protocol/transparency-log.ts";
import type { CheckpointSigner } from "../exam-session/env.ts";
import { sha256 } from "../exam-session/sha256.ts";
import type { LogState, LogStore, Outgoing } from "./log-store.ts";

/** Entries that one checkpoint takes in at most. */
const leavesPerStep = 1_000;

/** The audit is not what it was when it was signed: a row before the end is another one, or gone. Nothing is signed then. [L14] */
export class HistoryChanged extends Error {}

type Parts = {
  readonly storage: DurableObjectStorage;
  readonly store: LogStore;
  readonly trail: AuditTrailRpc;
  readonly bucket: Pick<R2Bucket, "put">;
  readonly signer: CheckpointSigner;
};

/**
 * One step of the log: what an earlier step left over is published; then entries are taken in, in order, and published with
 * a checkpoint. The grown tree and its signature are stored before anybody else can see them [L12], so that an end at any
 * point is gone on from there and no size ever has two roots. True when more entries wait.
 */
export async function step({ storage, store, trail, bucket, signer }: Parts): Promise<boolean> {
  const state = store.read();
  if (state === null) return false;
  await publish(store, bucket, state.logId);
  const { size } = state.edge;
  // From one before: it must be the one that is in the tree.
  const stretch = await trail.leavesFrom(state.tenantId, Math.max(1, size), leavesPerStep + 1);
  const leaves = freshLeaves(state, stretch?.leaves ?? []).slice(0, leavesPerStep);
  if (stretch === null || leaves.length === 0) return false;
  if (state.logId !== null && state.logId !== stretch.logId) throw new HistoryChanged("the log has another name");
  const grown = grow({ ...state, logId: stretch.logId }, leaves);
  const checkpoint = encodeUtf8(signed(signer, stretch.logId, grown.state.edge));
  storage.transactionSync(() => {
    store.write(grown.state, [...grown.outgoing, { path: "checkpoint", bytes: checkpoint }]);
  });
  await publish(store, bucket, stretch.logId);
  return stretch.leaves.length > leavesPerStep;
}

function freshLeaves({ edge, lastLeaf }: LogState, leaves: readonly Uint8Array[]): readonly Uint8Array[] {
  if (lastLeaf === null) return leaves;
  const [first] = leaves;
  if (first === undefined) throw new HistoryChanged(`entry ${edge.size} is gone`);
  if (!equalBytes(first, lastLeaf)) throw new HistoryChanged(`entry ${edge.size} is another one`);
  return leaves.slice(1);
}

/** The tree with these leaves, and the files that become others. Each is one under which it stays: it only grows. */
function grow(state: LogState, leaves: readonly Uint8Array[]) {
  const { edge, tiles } = appendLeaves(state.edge, leaves, sha256);
  const inBundles = [...state.bundle, ...leaves];
  const firstBundle = Math.floor(state.edge.size / tileWidth);
  const outgoing: Outgoing[] = tiles.map(({ level, index, hashes }) => ({
    path: `tile/${tilePath({ level, index, width: tileWidth })}`,
    bytes: concatenate(hashes),
  }));
  for (let index = 0; index * tileWidth < inBundles.length; index += 1) {
    const path = `tile/${bundlePath({ index: firstBundle + index, width: tileWidth })}`;
    outgoing.push({ path, bytes: bundleOf(inBundles.slice(index * tileWidth, (index + 1) * tileWidth)) });
  }
  const bundle = inBundles.slice(Math.floor(inBundles.length / tileWidth) * tileWidth);
  return { outgoing, state: { ...state, edge, bundle, lastLeaf: leaves.at(-1) ?? state.lastLeaf } };
}

function signed({ name, key, keyId }: CheckpointSigner, logId: string, edge: TreeEdge): string {
  const root = rootOfEdge(edge, sha256);
  const body = checkpointBody({ origin: logOrigin(name, logId), size: edge.size, root, extensions: [] });
  return signedNote(body, name, keyId, new Uint8Array(sign(null, encodeUtf8(body), key)));
}

/** Tiles before the checkpoint that speaks of them. [L13] Put again, a file is what it was. */
async function publish(store: LogStore, bucket: Parts["bucket"], logId: string | null): Promise<void> {
  const outgoing = store.outgoing();
  const last = outgoing.at(-1);
  if (last === undefined || logId === null) return;
  for (const { path, bytes } of outgoing) await bucket.put(logPrefix(logId) + path, bytes);
  store.published(last.position);
}
