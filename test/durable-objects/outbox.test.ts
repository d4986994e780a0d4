import { env, runInDurableObject } from "cloudflare:test";
import { describe, expect, it, vi } from "vitest";
import { retryDelayMs } from "#durable-objects/exam-session/outbox.ts";
import { asCandidate, asProctor, bringTo, openRoom, type Stub } from "#test/support/session-room.ts";

async function waiting(stub: Stub): Promise<readonly string[]> {
  return runInDurableObject(stub, (_instance, state) =>
    state.storage.sql
      .exec<{ fact: string }>("SELECT fact FROM outbox ORDER BY position")
      .toArray()
      .map(({ fact }) => JSON.parse(fact).type),
  );
}

describe("the outbox", () => {
  it("[R9] D1 out of order changes nothing for candidates and proctors, and everything arrives afterwards", async () => {
    await env.DB.exec("ALTER TABLE attempts RENAME TO attempts_away");
    const stub = await openRoom();
    const candidate = await asCandidate(stub);
    await bringTo("open", candidate, await asProctor(stub));
    expect(await candidate.do({ type: "handIn" })).toMatchObject({ accepted: true });
    expect(await waiting(stub)).toEqual([
      "consentGiven",
      "admissionRequested",
      "admitted",
      "paperOpened",
      "handedIn",
      "scored",
    ]);
    await env.DB.exec("ALTER TABLE attempts_away RENAME TO attempts");
    // Nobody does anything any more: the alarm comes by itself, after the wait that follows a failure.
    await vi.waitFor(async () => expect(await waiting(stub)).toEqual([]), { timeout: 10_000 });
  });

  it("[R9] an alarm is set with the commit of a fact, before anybody knows how its delivery ends", async () => {
    const stub = await openRoom();
    await bringTo("consented", await asCandidate(stub), await asProctor(stub));
    // Nothing else of a consented attempt waits for the clock.
    const alarm = await runInDurableObject(stub, (_instance, { storage }) => storage.getAlarm());
    expect(alarm).toBeGreaterThan(Date.now());
  });

  it("[R9] the wait between tries doubles to a minute, with chance in it", () => {
    expect([1, 2, 3, 20].map((failures) => retryDelayMs(failures, 1))).toEqual([1_000, 2_000, 4_000, 60_000]);
    expect(retryDelayMs(2, 0)).toBe(1_000);
  });
});
