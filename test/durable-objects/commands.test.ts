import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import {
  ada,
  adasBrowser,
  asCandidate,
  asProctor,
  bringTo,
  evict,
  grace,
  gracesBrowser,
  lin,
  openRoom,
  storedLog,
} from "#test/support/session-room.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import { closeCodes } from "#protocol/session/version.ts";

const recovery = firstAid.sections[0]!.items[0]!.id;
const answer = {
  type: "saveAnswer",
  itemId: recovery,
  response: { kind: "single-choice", option: "back" },
  agoMs: 0,
} as const;

async function openExam() {
  const stub = await openRoom();
  const candidate = await asCandidate(stub);
  const proctor = await asProctor(stub);
  await bringTo("open", candidate, proctor);
  return { stub, candidate, proctor };
}

describe("commands", () => {
  it("[R1] a command that is sent again is answered with its first outcome and done once", async () => {
    const { stub, candidate } = await openExam();
    const first = await candidate.do(answer, "the-same-id");
    const log = await storedLog(stub);
    expect(await candidate.do(answer, "the-same-id")).toEqual(first);
    await evict(stub);
    expect(await candidate.do(answer, "the-same-id")).toEqual(first);
    expect(await storedLog(stub)).toEqual(log);
  });

  it("[R1] an id that the candidate used answers nothing of the proctor's", async () => {
    const { candidate, proctor } = await openExam();
    await candidate.do({ type: "handIn" }, "one-id");
    expect(await proctor.do(ada, { type: "pause", reason: "Look" }, "one-id")).toEqual({
      accepted: false,
      refusal: "handed-in",
    });
  });

  it("[R2] what comes in one turn is committed once and acknowledged together", async () => {
    const { candidate } = await openExam();
    const from = candidate.came.length;
    for (const id of ["a", "b", "c"]) candidate.sendRaw(JSON.stringify({ type: "command", id, command: answer }));
    const acks = await candidate.until(() => {
      const all = candidate.came.slice(from).filter((down) => down.type === "acks");
      return all.flatMap((down) => down.acks).length === 3 ? all : undefined;
    });
    expect(acks).toHaveLength(1);
    expect(acks[0]?.checkpoint).toMatch(/invigil\.test\/tenant-1\/attempt-ada\n/);
  });

  it("[R2] a turn that cannot be stored acknowledges nothing, changes nothing and closes its sockets", async () => {
    const { stub, candidate } = await openExam();
    const log = await storedLog(stub);
    await runInDurableObject(stub, (_instance, state) => {
      state.storage.sql.exec(
        "CREATE TRIGGER full_disk BEFORE INSERT ON outcomes BEGIN SELECT RAISE(ABORT, 'disk full'); END",
      );
    });
    const from = candidate.came.length;
    candidate.sendRaw(JSON.stringify({ type: "command", id: "lost", command: answer }));
    await candidate.until(() => candidate.closed ?? undefined);
    expect(candidate.closed?.code).toBe(1011);
    expect(candidate.came.slice(from).filter(({ type }) => type === "acks")).toEqual([]);

    await runInDurableObject(stub, (_instance, state) => state.storage.sql.exec("DROP TRIGGER full_disk"));
    const facts = (await storedLog(stub)).slice(log.length).map((text) => JSON.parse(text).fact.type);
    expect(facts).not.toContain("answerSaved");
    const back = await asCandidate(stub);
    expect(await back.do(answer, "lost")).toMatchObject({ accepted: true });
  });
});

describe("bad messages close their socket and change nothing", () => {
  const bad: readonly (readonly [string, string | ArrayBuffer, number])[] = [
    ["that is not JSON", "{", closeCodes.badMessage],
    ["of an unknown type", JSON.stringify({ type: "dance" }), closeCodes.badMessage],
    [
      "that only a proctor may say",
      JSON.stringify({ type: "command", id: "x", command: { type: "addTime", ms: 60_000, reason: "please" } }),
      closeCodes.badMessage,
    ],
    [
      "for another attempt",
      JSON.stringify({ type: "command", id: "x", attemptId: grace, command: { type: "handIn" } }),
      closeCodes.badMessage,
    ],
    ["that is binary", new ArrayBuffer(8), closeCodes.badMessage],
    ["over 64 kB", JSON.stringify({ type: "clock", sentAt: 1, padding: "x".repeat(70_000) }), closeCodes.tooLarge],
    ["over 64 kB in bytes alone", `"${"€".repeat(23_000)}"`, closeCodes.tooLarge],
    ["nested beyond reason", `${"[".repeat(20_000)}${"]".repeat(20_000)}`, closeCodes.badMessage],
  ];
  for (const [what, bytes, code] of bad) {
    it(`[R3] a message ${what}`, async () => {
      const { stub, candidate } = await openExam();
      const log = await storedLog(stub);
      candidate.sendRaw(bytes);
      expect(await candidate.until(() => candidate.closed ?? undefined)).toMatchObject({ code });
      const facts = (await storedLog(stub)).slice(log.length).map((text) => JSON.parse(text).fact);
      expect(facts.filter(({ kind }) => kind !== "connection-lost")).toEqual([]);
    });
  }
});

describe("who may come in", () => {
  it("[A5] another browser is turned away and the candidate's own socket stays", async () => {
    const { stub, candidate } = await openExam();
    const mallory = await asCandidate(stub, ada, "browser-of-mallory");
    expect(await mallory.until(() => mallory.closed ?? undefined)).toMatchObject({ code: closeCodes.notAllowed });
    expect(mallory.came).toEqual([]);
    expect(await candidate.do(answer)).toMatchObject({ accepted: true });
  });

  it("[A9] a new link ends the old browser's socket and lets the next browser go on where the attempt was", async () => {
    const { stub, candidate } = await openExam();
    await stub.release(ada, { memberId: lin, name: "Lin" });
    expect(await candidate.until(() => candidate.closed ?? undefined)).toMatchObject({ code: closeCodes.notAllowed });
    const old = await asCandidate(stub, ada, adasBrowser);
    expect(await old.until(() => old.closed ?? undefined)).toMatchObject({ code: closeCodes.notAllowed });

    expect(await stub.checkIn(ada, "new-laptop")).toMatchObject({ way: { kind: "in" } });
    expect(await stub.checkIn(ada, "browser-of-mallory")).toMatchObject({ way: { kind: "ask" } });
    const back = await asCandidate(stub, ada, "new-laptop");
    expect((await back.welcome()).view.answers[recovery]?.response).toEqual({ kind: "single-choice", option: "side" });
    expect(await back.do(answer)).toMatchObject({ accepted: true });
  });

  it("[A5] an attempt that nobody registered is turned away", async () => {
    const stub = await openRoom();
    const mallory = await asCandidate(stub, "attempt-nobody" as typeof ada);
    expect(await mallory.until(() => mallory.closed ?? undefined)).toMatchObject({ code: closeCodes.notAllowed });
  });

  it("[R4] a newer socket of the same page replaces the older one, which is told so", async () => {
    const { stub, candidate } = await openExam();
    const newer = await asCandidate(stub, ada, adasBrowser);
    expect(await candidate.until(() => candidate.closed ?? undefined)).toMatchObject({ code: closeCodes.replaced });
    expect((await newer.welcome()).view.answers[recovery]?.response).toEqual({ kind: "single-choice", option: "side" });
    expect((await stub.record(ada))?.attempt).toMatchObject({ file: { conditions: [] } });
  });

  it("[R5] a candidate sees nothing of another candidate", async () => {
    const { stub, candidate } = await openExam();
    const other = await asCandidate(stub, grace, gracesBrowser);
    await other.welcome();
    await candidate.do({ ...answer, response: { kind: "single-choice", option: "sitting" } });
    await candidate.do({ type: "sendMessage", text: "my secret question" });
    const heard = JSON.stringify(other.came);
    for (const secret of ["Ada", "attempt-ada", 'sitting"', "my secret question"]) expect(heard).not.toContain(secret);
    expect(heard).not.toContain("key");
  });
});

describe("proctors", () => {
  it("[R6] a late joiner gets every tile and the feed from the beginning", async () => {
    const { stub } = await openExam();
    const late = await asProctor(stub);
    const { tiles, feed } = await late.welcome();
    expect(tiles.map(({ view }) => view.name).toSorted()).toEqual(["Ada", "Grace"]);
    expect(feed.map(({ fact }) => fact.type)).toEqual([
      "consentGiven",
      "admissionRequested",
      "admitted",
      "paperOpened",
      "timeGiven",
    ]);
  });

  it("[R6] a console that comes back gets what it missed and nothing twice", async () => {
    const { stub, candidate } = await openExam();
    const seen = (await (await asProctor(stub)).welcome()).feed.at(-1)?.position ?? 0;
    await candidate.do({ type: "sendMessage", text: "Hello?" });
    const { feed } = await (await asProctor(stub, seen)).welcome();
    expect(feed.map(({ fact }) => fact)).toEqual([{ type: "messageSent", text: "Hello?" }]);
  });

  it("[R6] a proctor who is dismissed loses the socket", async () => {
    const { stub, proctor } = await openExam();
    await stub.dismiss(["member-lin" as Parameters<typeof stub.dismiss>[0][number]]);
    expect(await proctor.until(() => proctor.closed ?? undefined)).toMatchObject({ code: closeCodes.notAllowed });
  });

  it("[A44] a lost connection is told to the proctor, and its end", async () => {
    const { stub, candidate, proctor } = await openExam();
    candidate.close();
    await proctor.until(() =>
      proctor.came.find(
        (down) =>
          down.type === "tiles" &&
          down.tiles.some(({ online, view }) => !online && view.conditions.includes("connection-lost")),
      ),
    );
    const from = proctor.came.length;
    await (await asCandidate(stub)).welcome();
    const back = await proctor.until(() =>
      proctor.came
        .slice(from)
        .find(
          (down) =>
            down.type === "tiles" && down.tiles.some(({ online, view }) => online && view.conditions.length === 0),
        ),
    );
    expect(back).toBeDefined();
  });
});
