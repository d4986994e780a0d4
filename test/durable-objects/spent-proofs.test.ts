import { describe, expect, it } from "vitest";
import { ada, evict, grace, openRoom } from "#test/support/session-room.ts";

describe("what a browser has shown", () => {
  it("[G74] is not taken again for the same attempt, also after the room was put to rest", async () => {
    const stub = await openRoom();
    const soon = Date.now() + 60_000;
    expect(await stub.spendProof(ada, "proof-1", soon)).toBe(true);
    expect(await stub.spendProof(ada, "proof-1", soon)).toBe(false);
    await evict(stub);
    expect(await stub.spendProof(ada, "proof-1", soon)).toBe(false);
    expect(await stub.spendProof(ada, "proof-2", soon)).toBe(true);
    expect(await stub.spendProof(grace, "proof-1", soon)).toBe(true);
  });

  it("[G74] is kept no longer than it could be shown", async () => {
    const stub = await openRoom();
    expect(await stub.spendProof(ada, "over", Date.now() - 1)).toBe(true);
    await evict(stub);
    // The first after a rest tidies up: what is over is refused by its nonce already.
    expect(await stub.spendProof(ada, "another", Date.now() + 60_000)).toBe(true);
    expect(await stub.spendProof(ada, "over", Date.now() + 60_000)).toBe(true);
  });
});
