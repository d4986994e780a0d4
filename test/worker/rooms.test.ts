import { beforeEach, describe, expect, it, vi } from "vitest";
import { brand, type ExamSessionId } from "#domain/exam/ids.ts";
import type { IssuedLink, NewRegistrationsAnswer } from "#protocol/http/registration.ts";
import type { Sitting } from "#protocol/http/sitting.ts";
import { examSession, newRoomIdentity } from "#worker/exam-sessions.ts";
import {
  call,
  env,
  jsonOf,
  lin,
  mallory,
  openSchools,
  pia,
  problemOf,
  registrationsOf,
  rosa,
  type Scheduled,
  scheduleSitting,
  staffCookie,
  tokenOf,
} from "#test/support/school.ts";

beforeEach(openSchools);

type Session = {
  readonly id: string;
  readonly examSessionId: string;
  readonly number: number;
  readonly candidates: number;
};

function people(count: number, region?: string) {
  return Array.from({ length: count }, (_, index) => ({
    name: `Person ${index}`,
    email: null,
    ...(region === undefined ? {} : { region }),
  }));
}

/** A sitting like that of `scheduleSitting`, with rooms of its own size and nobody in them. */
async function sittingOf({ sitting }: Scheduled, change: { roomCapacity?: number; region?: string }): Promise<Sitting> {
  const { examVersionId, opensAt, closesAt } = sitting;
  const body = { examVersionId, title: "Many rooms", opensAt, closesAt, ...change };
  return jsonOf(await call("POST", "/v1/sittings", { cookie: await staffCookie(rosa), body }));
}

async function add(sittingId: string, candidates: unknown): Promise<Response> {
  const path = `/v1/sittings/${sittingId}/registrations`;
  return call("POST", path, { cookie: await staffCookie(rosa), body: { candidates } });
}

async function read(sittingId: string, who = rosa): Promise<Sitting> {
  return jsonOf(await call("GET", `/v1/sittings/${sittingId}`, { cookie: await staffCookie(who) }));
}

async function assign(sittingId: string, body: unknown): Promise<Response> {
  return call("PUT", `/v1/sittings/${sittingId}/proctors`, { cookie: await staffCookie(rosa), body });
}

async function mine(who: typeof lin): Promise<readonly Session[]> {
  const { sessions } = await jsonOf<{ sessions: Session[] }>(
    await call("GET", "/v1/exam-sessions", { cookie: await staffCookie(who) }),
  );
  return sessions;
}

async function openConsole(examSessionId: string, who: typeof lin): Promise<Response> {
  const headers = { upgrade: "websocket" };
  const path = `/v1/exam-sessions/${examSessionId}/socket`;
  const response = await call("GET", path, { cookie: await staffCookie(who), headers });
  response.webSocket?.accept();
  return response;
}

describe("the rooms of a sitting", () => {
  it("begin with one, for two hundred candidates where nobody says otherwise", async () => {
    const { sitting } = await scheduleSitting();
    expect(sitting).toMatchObject({ roomCapacity: 200, region: null, roomCount: 1, candidates: 2 });
    expect(sitting.rooms).toEqual([
      {
        examSessionId: sitting.examSessionId,
        number: 1,
        capacity: 200,
        candidates: 2,
        region: null,
        jurisdiction: null,
      },
    ]);
  });

  it("[R20] [R21] are three for 450 candidates at once, each an exam session that knows its own and no other", async () => {
    const { id } = await sittingOf(await scheduleSitting(), {});
    const { links, opened } = await jsonOf<NewRegistrationsAnswer>(await add(id, people(450)));
    expect(links).toHaveLength(450);
    expect(opened.map(({ number, why }) => [number, why])).toEqual([
      [2, "rooms-full"],
      [3, "rooms-full"],
    ]);
    const sitting = await read(id);
    expect(sitting).toMatchObject({ roomCount: 3, candidates: 450, examSessionId: sitting.rooms[0]!.examSessionId });
    expect(sitting.rooms.map(({ candidates }) => candidates)).toEqual([150, 150, 150]);
    const registrations = await registrationsOf(id);
    for (const { examSessionId } of sitting.rooms) {
      const here = registrations.find((one) => one.examSessionId === examSessionId);
      const elsewhere = registrations.find((one) => one.examSessionId !== examSessionId);
      const session = examSession(env, examSessionId);
      expect(await session.standing(here!.attemptId, "any")).toBe("welcome");
      expect(await session.standing(elsewhere!.attemptId, "any")).toBe("unknown");
    }
    const last = links.at(-1)!;
    expect((await call("POST", "/v1/check-in", { body: { token: tokenOf(last) } })).status).toBe(200);
  });

  it("[R21] keep who was placed where they are when more candidates come", async () => {
    const { id } = await sittingOf(await scheduleSitting(), { roomCapacity: 3 });
    await jsonOf(await add(id, people(4)));
    const before = (await registrationsOf(id)).map((one) => [one.id, one.examSessionId]);
    await jsonOf(await add(id, people(5)));
    const { rooms } = await read(id);
    const registrations = await registrationsOf(id);
    const after = new Map(registrations.map((one) => [one.id, one.examSessionId]));
    for (const [registrationId, room] of before) expect(after.get(brand(registrationId!))).toBe(room);
    expect(rooms.map(({ candidates }) => candidates)).toEqual([3, 3, 3]);
  });

  it("[R22] [R23] are near who sits in them, and say why they were opened", async () => {
    const { id } = await sittingOf(await scheduleSitting(), { region: "weur" });
    const { opened } = await jsonOf<NewRegistrationsAnswer>(await add(id, [...people(1), ...people(2, "apac")]));
    expect(opened).toEqual([{ number: 2, region: "apac", why: "first-of-region" }]);
    const { rooms } = await read(id);
    expect(rooms.map(({ region, candidates }) => [region, candidates])).toEqual([
      ["weur", 1],
      ["apac", 2],
    ]);
    expect((await problemOf(await add(id, people(1, "atlantis")))).code).toBe("bad-request");
  });

  it("[R24] hold no more than they may when many requests add candidates at the same time", async () => {
    const { id } = await sittingOf(await scheduleSitting(), { roomCapacity: 2 });
    const answers = await Promise.all(Array.from({ length: 5 }, () => add(id, people(3))));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    const { rooms, candidates } = await read(id);
    const registrations = await registrationsOf(id);
    expect(candidates).toBe(15);
    for (const { examSessionId, candidates: here } of rooms) {
      expect(here).toBeLessThanOrEqual(2);
      expect(registrations.filter((one) => one.examSessionId === examSessionId)).toHaveLength(here);
    }
    expect(new Set(rooms.map(({ number }) => number)).size).toBe(rooms.length);
    expect(rooms).toHaveLength(8);
  });

  it("[R24] hold no more than they may when each of many requests alone would have fitted", async () => {
    const { id } = await sittingOf(await scheduleSitting(), { roomCapacity: 5 });
    const answers = await Promise.all(Array.from({ length: 4 }, () => add(id, people(4))));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    const { rooms, candidates } = await read(id);
    expect(candidates).toBe(16);
    for (const { candidates: here } of rooms) expect(here).toBeLessThanOrEqual(5);
  });

  it("[R24] refuse a place too many in the database itself, and have one again when a registration goes", async () => {
    const { id } = await sittingOf(await scheduleSitting(), { roomCapacity: 1 });
    await jsonOf(await add(id, people(1)));
    const copy = env.DB.prepare(
      `insert into registrations select tenant_id, 'again', sitting_id, exam_session_id, candidate_id, 'again', 'again', 1, 1, null, null, null
       from registrations where sitting_id = ?`,
    ).bind(id);
    await expect(copy.run()).rejects.toThrow("room-full");
    await env.DB.prepare("delete from attempts").run();
    await env.DB.prepare("delete from registrations where sitting_id = ?").bind(id).run();
    expect((await read(id)).rooms.map(({ candidates }) => candidates)).toEqual([0]);
  });

  it("are not opened by the hundred in one request", async () => {
    const { id } = await sittingOf(await scheduleSitting(), { roomCapacity: 1 });
    expect(await problemOf(await add(id, people(52)))).toMatchObject({ status: 400, code: "bad-request" });
    expect(await read(id)).toMatchObject({ roomCount: 1, candidates: 0 });
  });

  it("are asked for allowances each for its own candidates, and issue new links for them", async () => {
    const { id } = await sittingOf(await scheduleSitting(), { roomCapacity: 1 });
    await jsonOf(await add(id, people(2)));
    const registrations = await registrationsOf(id);
    const cookie = await staffCookie(rosa);
    for (const registration of registrations) {
      const path = `/v1/sittings/${id}/registrations/${registration.id}`;
      const body = { allowances: [{ kind: "minutes", minutes: 5, reason: "R" }], exceptions: [] };
      await jsonOf(await call("PUT", `${path}/accommodations`, { cookie, body }));
      const { links } = await jsonOf<{ links: IssuedLink[] }>(await call("POST", `${path}/link`, { cookie }));
      expect((await call("POST", "/v1/check-in", { body: { token: tokenOf(links[0]!) } })).status).toBe(200);
    }
    const { accommodations } = await jsonOf<{ accommodations: { registrationId: string }[] }>(
      await call("GET", `/v1/sittings/${id}/accommodations`, { cookie }),
    );
    expect(new Set(accommodations.map((one) => one.registrationId))).toEqual(
      new Set(registrations.map((one) => one.id)),
    );
  });
});

describe("who proctors which rooms", () => {
  it("is the whole sitting for a lead, rooms opened later too, and only their own for others", async () => {
    const { id } = await sittingOf(await scheduleSitting(), { roomCapacity: 1 });
    await jsonOf(await add(id, people(2)));
    const [first, second] = (await read(id)).rooms;
    const rooms = [{ examSessionId: second!.examSessionId, memberIds: [pia.id] }];
    const assigned = await jsonOf<Sitting>(await assign(id, { memberIds: [lin.id], rooms }));
    expect(assigned.proctors.map(({ memberId, isLead, examSessionIds }) => [memberId, isLead, examSessionIds])).toEqual(
      [
        [lin.id, true, [first!.examSessionId, second!.examSessionId]],
        [pia.id, false, [second!.examSessionId]],
      ],
    );
    await jsonOf(await add(id, people(1)));
    const third = (await read(id)).rooms[2]!;
    const ofSitting = (await mine(lin)).filter((one) => one.id === id);
    expect(ofSitting.map(({ number, candidates }) => [number, candidates])).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
    expect((await mine(pia)).map(({ number }) => number)).toEqual([2]);
    expect((await openConsole(third.examSessionId, lin)).status).toBe(101);
    expect((await openConsole(second!.examSessionId, pia)).status).toBe(101);
    expect((await openConsole(first!.examSessionId, pia)).status).toBe(404);
  });

  it("sends a proctor away from the rooms that are no longer theirs, and lets them stay in the others", async () => {
    const { id } = await sittingOf(await scheduleSitting(), { roomCapacity: 1 });
    await jsonOf(await add(id, people(2)));
    const [first, second] = (await read(id)).rooms;
    await jsonOf(await assign(id, { memberIds: [pia.id] }));
    const [left, kept] = await Promise.all([first!, second!].map((room) => openConsole(room.examSessionId, pia)));
    const closed: string[] = [];
    left!.webSocket!.addEventListener("close", () => closed.push("first"));
    kept!.webSocket!.addEventListener("close", () => closed.push("second"));
    const rooms = [{ examSessionId: second!.examSessionId, memberIds: [pia.id] }];
    await jsonOf(await assign(id, { memberIds: [], rooms }));
    await vi.waitFor(() => expect(closed).toEqual(["first"]));
    expect((await openConsole(first!.examSessionId, pia)).status).toBe(404);
  });

  it("takes no room of another sitting, and nobody of another institution", async () => {
    const scheduled = await scheduleSitting();
    const { id, rooms } = await sittingOf(scheduled, {});
    const elsewhere = [{ examSessionId: scheduled.sitting.examSessionId, memberIds: [pia.id] }];
    expect((await problemOf(await assign(id, { memberIds: [], rooms: elsewhere }))).code).toBe("bad-request");
    const stranger = [{ examSessionId: rooms[0]!.examSessionId, memberIds: [mallory.id] }];
    expect((await problemOf(await assign(id, { memberIds: [], rooms: stranger }))).code).toBe("bad-request");
    expect((await read(id)).proctors).toEqual([]);
    const path = `/v1/sittings/${id}`;
    expect((await problemOf(await call("GET", path, { cookie: await staffCookie(mallory) }))).code).toBe("not-found");
    expect(await mine(mallory)).toEqual([]);
  });
});

describe("the jurisdiction of a room", () => {
  it("[R25] that the local platform does not have is left out, and that is said once in the log and with the room", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    await env.DB.prepare("update tenants set jurisdiction = 'eu' where id = 'north'").run();
    const scheduled = await scheduleSitting();
    const { rooms, jurisdictionAsked } = await sittingOf(scheduled, {});
    expect([rooms[0]!.jurisdiction, jurisdictionAsked]).toEqual([null, "eu"]);
    const lines = warn.mock.calls.map(([line]) => String(line)).filter((line) => line.includes("jurisdiction"));
    expect(lines).toEqual(['{"level":"warn","event":"jurisdiction-unavailable","jurisdiction":"eu"}']);
    warn.mockRestore();
  });

  it("[R25] is part of the id where the platform has it, so that the id alone finds the object", () => {
    const asked: string[] = [];
    const hex = "ab".repeat(32);
    const platform = {
      jurisdiction: (name: string) => {
        asked.push(name);
        return { newUniqueId: () => ({ toString: () => hex }) };
      },
      idFromString: (id: string) => `object ${id}`,
      idFromName: (name: string) => `named ${name}`,
      get: (id: string) => id,
    };
    const sessions = { EXAM_SESSIONS: platform as never };
    expect(newRoomIdentity(sessions, "fedramp")).toEqual({ examSessionId: hex, jurisdiction: "fedramp" });
    expect(asked).toEqual(["fedramp"]);
    expect(examSession(sessions, brand<ExamSessionId>(hex))).toBe(`object ${hex}`);
    expect(examSession(sessions, brand<ExamSessionId>("AbC"))).toBe("named AbC");
  });

  it("[R25] is never left out for a fault that passes", () => {
    const jurisdiction = () => {
      throw new Error("Network connection lost.");
    };
    expect(() => newRoomIdentity({ EXAM_SESSIONS: { jurisdiction } as never }, "eu")).toThrow("Network");
  });
});
