import { runInDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import { system } from "#domain/attempt/actor.ts";
import { brand, type ExamSessionId, type SittingId, type TenantId } from "#domain/exam/ids.ts";
import { createDelivery, type Delivery } from "#durable-objects/exam-session/delivery.ts";
import { createOutbox, type Outbox } from "#durable-objects/exam-session/outbox.ts";
import type { OutboxDelivery } from "#protocol/outbox.ts";
import type { SessionConfig } from "#protocol/session/rpc.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import { ada, openRoom } from "#test/support/session-room.ts";

afterEach(() => void vi.useRealTimers());

/** Time stands still until it is set on. */
function stopTime(): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
}

function pass(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

const config: SessionConfig = {
  tenantId: brand<TenantId>("tenant-1"),
  examSessionId: brand<ExamSessionId>("room-1"),
  sittingId: brand<SittingId>("sitting-1"),
  title: "First aid, spring",
  opensAt: 0,
  closesAt: 1,
  exam: firstAid,
};

/** The read model's end of the wire: each delivery waits here until the test answers it. */
function createReadModel() {
  const taken: number[][] = [];
  let answer: { take: () => void; fail: () => void } | null = null;
  return {
    /** The `seq`s of each delivery that was tried, in order. */
    taken,
    take({ rows }: OutboxDelivery): Promise<void> {
      taken.push(rows.map(({ seq }) => seq));
      return new Promise((resolve, reject) => {
        answer = { take: resolve, fail: () => reject(new Error("D1 is away")) };
      });
    },
    /** The answer of the delivery under way, for when it comes late. */
    later: (): (() => void) => answer?.take ?? (() => {}),
    /** Answers the delivery under way, and lets what follows from it happen. */
    async answers(how: "take" | "fail"): Promise<void> {
      answer?.[how]();
      await scheduler.wait(0);
    },
  };
}

function put(outbox: Outbox, from: number, to: number): void {
  for (let seq = from; seq <= to; seq += 1)
    outbox.put({ attemptId: ada, seq, at: seq, by: system, fact: { type: "admitted" } });
}

type Parts = { outbox: Outbox; delivery: Delivery; readModel: ReturnType<typeof createReadModel> };

/** Runs the parts on a real object's storage. */
async function inObject(act: (parts: Parts) => Promise<void>): Promise<void> {
  await runInDurableObject(await openRoom(), async (_instance, { storage }) => {
    const outbox = createOutbox(storage.sql);
    const readModel = createReadModel();
    await act({ outbox, readModel, delivery: createDelivery(outbox, readModel) });
  });
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

describe("delivery to the read model", () => {
  it("[R9] goes in order, one at a time, and deletes only what was taken", () =>
    inObject(async ({ outbox, delivery, readModel }) => {
      put(outbox, 1, 60);
      const running = delivery.run(config);
      const second = delivery.run(config);
      expect(readModel.taken).toEqual([numbers(1, 50)]);
      put(outbox, 61, 62);
      await readModel.answers("take");
      expect(readModel.taken).toEqual([numbers(1, 50), numbers(51, 62)]);
      await readModel.answers("fail");
      await Promise.all([running, second]);
      expect(outbox.next()?.rows.map(({ seq }) => seq)).toEqual(numbers(51, 62));
    }));

  it("[R9] has an alarm behind it while it is under way: the object may end before the answer comes", () =>
    inObject(async ({ outbox, delivery, readModel }) => {
      expect(delivery.retryAt()).toBeNull();
      put(outbox, 1, 1);
      delivery.standBehind(Date.now());
      expect(delivery.retryAt()).toBeGreaterThan(Date.now());
      const running = delivery.run(config);
      expect(delivery.retryAt()).toBeGreaterThan(Date.now());
      await readModel.answers("take");
      await running;
      expect(delivery.retryAt()).toBeNull();
    }));

  it("[R9] that failed is not tried again before its time, whatever else happens in the room", () =>
    inObject(async ({ outbox, delivery, readModel }) => {
      put(outbox, 1, 1);
      const running = delivery.run(config);
      await readModel.answers("fail");
      await running;
      const retryAt = delivery.retryAt();
      put(outbox, 2, 2);
      delivery.standBehind(Date.now());
      await delivery.run(config);
      expect(readModel.taken).toEqual([[1]]);
      expect(delivery.retryAt()).toBe(retryAt);
    }));

  it("[R18] that failed goes on with one row alone, which is what it takes to know that the read model is back", () =>
    inObject(async ({ outbox, delivery, readModel }) => {
      stopTime();
      put(outbox, 1, 60);
      const running = delivery.run(config);
      await readModel.answers("fail");
      await running;
      pass(1_001);
      const again = delivery.run(config);
      await readModel.answers("take");
      await readModel.answers("take");
      await readModel.answers("take");
      await again;
      expect(readModel.taken).toEqual([numbers(1, 50), [1], numbers(2, 51), numbers(52, 60)]);
      expect(outbox.isEmpty()).toBe(true);
    }));

  it("[R18] that is never answered is given up after fifteen seconds, and its answer means nothing any more", () =>
    inObject(async ({ outbox, delivery, readModel }) => {
      stopTime();
      put(outbox, 1, 2);
      const lost = delivery.run(config);
      const lateAnswer = readModel.later();
      pass(14_999);
      await delivery.run(config);
      expect(readModel.taken).toEqual([[1, 2]]);
      pass(1);
      expect(delivery.retryAt()).toBe(Date.now());
      const again = delivery.run(config);
      expect(readModel.taken).toEqual([[1, 2], [1]]);
      lateAnswer();
      await lost;
      // Nothing is deleted by it: the delivery under way takes the same rows once more.
      expect(outbox.next()?.rows.map(({ seq }) => seq)).toEqual([1, 2]);
      await readModel.answers("take");
      await readModel.answers("take");
      await again;
      expect(readModel.taken).toEqual([[1, 2], [1], [2]]);
      expect(delivery.retryAt()).toBeNull();
    }));

  it("[R18] of a backlog of thousands goes in order, fifty rows at a time and no large ones together", () =>
    inObject(async ({ outbox }) => {
      const taken: number[][] = [];
      const reading = {
        take: ({ rows }: OutboxDelivery): Promise<void> => {
          taken.push(rows.map(({ seq }) => seq));
          return Promise.resolve();
        },
      };
      put(outbox, 1, 5_000);
      const reason = "x".repeat(200_000);
      for (const seq of [5_001, 5_002])
        outbox.put({ attemptId: ada, seq, at: seq, by: system, fact: { type: "paused", reason } });
      await createDelivery(outbox, reading).run(config);
      expect(taken.flat()).toEqual(numbers(1, 5_002));
      expect(taken.map(({ length }) => length)).toEqual([...Array.from({ length: 100 }, () => 50), 1, 1]);
    }));

  it("[R9] that an earlier life of the object left behind is tried at once", () =>
    inObject(async ({ outbox, readModel }) => {
      put(outbox, 1, 1);
      expect(createDelivery(outbox, readModel).retryAt()).toBe(0);
    }));
});
