import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { silentAfterMs } from "#durable-objects/exam-session/silence.ts";
import { mayEcho } from "#durable-objects/exam-session/sockets.ts";
import { closeCodes, ping } from "#protocol/session/version.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import {
  ada,
  asCandidate,
  asProctor,
  bringTo,
  evict,
  openRoom,
  ringAlarm,
  type Stub,
} from "#test/support/session-room.ts";

async function openExam() {
  const stub = await openRoom();
  const candidate = await asCandidate(stub);
  const proctor = await asProctor(stub);
  await bringTo("open", candidate, proctor);
  return { stub, candidate, proctor };
}

async function tileOfAda(stub: Stub) {
  return (await (await asProctor(stub)).welcome()).tiles.find(({ attemptId }) => attemptId === ada);
}

describe("a socket that is gone", () => {
  it("[R11] is not heard any more once the session has closed it", async () => {
    const { stub, candidate, proctor } = await openExam();
    const itemId = firstAid.sections[0]!.items[0]!.id;
    candidate.sendRaw("{");
    candidate.sendRaw(
      JSON.stringify({
        type: "command",
        id: "after",
        command: { type: "saveAnswer", itemId, response: null, agoMs: 0 },
      }),
    );
    expect(await candidate.until(() => candidate.closed ?? undefined)).toMatchObject({ code: closeCodes.badMessage });
    // Decided in the turn of what came before it, or in a later one.
    await proctor.do(ada, { type: "sendMessage", text: "Are you still there?" });
    expect((await stub.record(ada))?.attempt).toMatchObject({
      work: { answers: { [itemId]: { response: { kind: "single-choice", option: "side" } } } },
    });
  });

  it("[A44] is noticed after a crash, when no close event came, and so is the candidate's return", async () => {
    const { stub } = await openExam();
    await evictDurableObject(stub, { webSockets: "close" });
    expect(await tileOfAda(stub)).toMatchObject({ online: false, view: { conditions: ["connection-lost"] } });
    const { view } = await (await asCandidate(stub)).welcome();
    expect(view.status).toBe("open");
    expect(await tileOfAda(stub)).toMatchObject({ online: true, view: { conditions: [] } });
  });

  /** As if a minute had passed since the sockets were opened; the object sleeps and wakes meanwhile. */
  async function letSocketsAge(stub: Stub): Promise<void> {
    await runInDurableObject(stub, (_instance, state) => {
      for (const socket of state.getWebSockets()) {
        const { since, ...identity } = v.parse(v.looseObject({ since: v.number() }), socket.deserializeAttachment());
        socket.serializeAttachment({ ...identity, since: since - 60_000 });
      }
    });
    await evict(stub);
  }

  it("[A44] is noticed when its page falls silent, though no close event came", async () => {
    const { stub, candidate, proctor } = await openExam();
    await letSocketsAge(stub);
    await ringAlarm(stub);
    expect(await candidate.until(() => candidate.closed ?? undefined)).toMatchObject({ code: 1001 });
    expect(await tileOfAda(stub)).toMatchObject({ online: false, view: { conditions: ["connection-lost"] } });
    // The proctor who is there is told, and is not taken for silent: consoles are not watched.
    expect(proctor.came.flatMap((down) => (down.type === "tiles" ? down.tiles : [])).at(-1)).toMatchObject({
      online: false,
    });
    expect(proctor.closed).toBeNull();
  });

  it("[A44] is not taken for silent while its page pings, and the next look is ahead", async () => {
    const { stub, candidate } = await openExam();
    candidate.sendRaw(ping);
    await candidate.until(() => (candidate.pongs > 0 ? true : undefined));
    await letSocketsAge(stub);
    await ringAlarm(stub);
    expect(await tileOfAda(stub)).toMatchObject({ online: true, view: { conditions: [] } });
    const alarm = await runInDurableObject(stub, (_instance, { storage }) => storage.getAlarm());
    expect(alarm).toBeGreaterThan(Date.now());
    expect(alarm).toBeLessThanOrEqual(Date.now() + silentAfterMs);
  });

  const echoed: readonly (readonly [number, boolean])[] = [
    [1000, true],
    [1001, false],
    [1005, false],
    [1006, false],
    [1015, false],
    [3000, true],
    [closeCodes.replaced, true],
    [5000, false],
  ];
  for (const [code, may] of echoed) {
    it(`[R11] with code ${code} is answered ${may ? "with it" : "with another, for it never travels back"}`, () => {
      expect(mayEcho(code)).toBe(may);
    });
  }
});
