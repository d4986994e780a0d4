import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { ada, asCandidate, evict, openRoom, type Stub } from "#test/support/session-room.ts";

type StoredAttempt = { snapshot_seq: number; tree_size: number };

async function storedAttempt(stub: Stub): Promise<StoredAttempt> {
  return runInDurableObject(stub, (_instance, { storage }) =>
    storage.sql.exec<StoredAttempt>("SELECT snapshot_seq, tree_size FROM attempts WHERE attempt_id = ?", ada).one(),
  );
}

/** Writes another name into the snapshot, and wakes the object anew: the name tells whether the snapshot was used. */
async function rename(stub: Stub, set = ""): Promise<void> {
  await runInDurableObject(stub, (_instance, { storage }) => {
    storage.sql.exec(
      `UPDATE attempts SET snapshot = json_set(snapshot, '$.file.name', 'From the snapshot') ${set} WHERE attempt_id = ?`,
      ada,
    );
  });
  await evict(stub);
}

async function afterMessages(count: number): Promise<Stub> {
  const stub = await openRoom();
  const candidate = await asCandidate(stub);
  for (let index = 0; index < count; index += 1) {
    expect(await candidate.do({ type: "sendMessage", text: `message ${index}` })).toMatchObject({ accepted: true });
  }
  return stub;
}

describe("snapshots", () => {
  it("[R7] a snapshot is stored about every hundred events, and the tail is folded on top of it", async () => {
    const stub = await afterMessages(120);
    const stored = await storedAttempt(stub);
    expect(stored).toEqual({ snapshot_seq: 101, tree_size: 101 });
    await rename(stub);
    const attempt = (await stub.record(ada))?.attempt;
    expect(attempt).toMatchObject({ seq: 122, file: { name: "From the snapshot" } });
    expect(attempt?.status === "registered" && attempt.file.messages).toHaveLength(120);
  });

  it("[R7] a snapshot of another fold is not used: the log is folded from its first event", async () => {
    const stub = await afterMessages(3);
    const before = await stub.record(ada);
    await rename(stub, ", fold_version = fold_version + 1");
    expect(await stub.record(ada)).toEqual(before);
  });
});
