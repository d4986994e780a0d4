import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { asCandidate, asProctor, bringTo, evict, openRoom, storedLog } from "#test/support/session-room.ts";

describe("the object's tables", () => {
  it("[R6] a room from before the feed had an index keeps its log and shows its whole feed", async () => {
    const stub = await openRoom();
    await bringTo("open", await asCandidate(stub), await asProctor(stub));
    const log = await storedLog(stub);
    const { feed } = await (await asProctor(stub)).welcome();
    await runInDurableObject(stub, (_instance, { storage }) => {
      storage.sql.exec(
        "DROP INDEX events_fed; ALTER TABLE events DROP COLUMN is_fed; ALTER TABLE events DROP COLUMN leaf; ALTER TABLE attempts DROP COLUMN erased_at; ALTER TABLE attempts DROP COLUMN erased_why; ALTER TABLE outbox DROP COLUMN by_actor; DROP TABLE spent_proofs; UPDATE schema_version SET version = 1",
      );
    });
    await evict(stub);
    expect(await storedLog(stub)).toEqual(log);
    expect((await (await asProctor(stub)).welcome()).feed).toEqual(feed);
  });

  it("[R6] the feed is read by its index, not by reading every event", async () => {
    const plan = await runInDurableObject(await openRoom(), (_instance, { storage }) =>
      storage.sql
        .exec<{ detail: string }>(
          "EXPLAIN QUERY PLAN SELECT text FROM events WHERE is_fed = 1 AND position > ? ORDER BY position DESC LIMIT ?",
          0,
          500,
        )
        .toArray(),
    );
    expect(plan.map(({ detail }) => detail).join()).toContain("events_fed");
  });
});
