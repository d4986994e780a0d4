import { evictDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { mayEcho } from "#durable-objects/exam-session/sockets.ts";
import { closeCodes } from "#protocol/session/version.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import { ada, asCandidate, asProctor, bringTo, openRoom } from "#test/support/session-room.ts";

async function openExam() {
  const stub = await openRoom();
  const candidate = await asCandidate(stub);
  const proctor = await asProctor(stub);
  await bringTo("open", candidate, proctor);
  return { stub, candidate, proctor };
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
    const tileOfAda = async () =>
      (await (await asProctor(stub)).welcome()).tiles.find(({ attemptId }) => attemptId === ada);
    expect(await tileOfAda()).toMatchObject({ online: false, view: { conditions: ["connection-lost"] } });
    const { view } = await (await asCandidate(stub)).welcome();
    expect(view.status).toBe("open");
    expect(await tileOfAda()).toMatchObject({ online: true, view: { conditions: [] } });
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
