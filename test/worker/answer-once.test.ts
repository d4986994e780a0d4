import { beforeEach, describe, expect, it, vi } from "vitest";
import { onSchedule } from "#worker/outgoing/on-schedule.ts";
import {
  call,
  draft,
  env,
  jsonOf,
  keyOf,
  noor,
  openSchools,
  problemOf,
  rosa,
  scheduleSitting,
  staffCookie,
} from "#test/support/school.ts";

let author: { cookie: string };

beforeEach(async () => {
  await openSchools();
  author = { cookie: await staffCookie(noor) };
});

const named = (name: string) => ({ "idempotency-key": name });

function create(name: string, title = "Spring exam", by: { cookie: string } | { key: string } = author) {
  const headers = "key" in by ? { ...named(name), authorization: `Bearer ${by.key}` } : named(name);
  const cookie = "cookie" in by ? { cookie: by.cookie } : {};
  return call("POST", "/v1/exams", { ...cookie, headers, body: { ...draft, title } });
}

async function count(table: string): Promise<number | null> {
  return env.DB.prepare(`select count(*) as n from ${table}`).first<number>("n");
}

describe("a request that names itself", () => {
  it("[K30] is done once, answered alike, and once in the audit", async () => {
    const first = await jsonOf(await create("one"));
    const again = await create("one");
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(await jsonOf(again)).toEqual(first);
    expect(await count("exams")).toBe(1);
    const entered = "select count(*) as n from audit_entries where kind = 'exam-created'";
    expect(await env.DB.prepare(entered).first("n")).toBe(1);
  });

  it("[K30] gets the links of the first again, which the database holds only sealed", async () => {
    const { sitting } = await scheduleSitting();
    const path = `/v1/sittings/${sitting.id}/registrations`;
    const body = { candidates: [{ name: "Newton", email: null }] };
    const ask = async () =>
      jsonOf<{ links: { link: string }[] }>(
        await call("POST", path, { cookie: await staffCookie(rosa), headers: named('"a-name"'), body }),
      );
    const first = await ask();
    expect(await ask()).toEqual(first);
    const token = new URL(first.links[0]!.link).hash.slice(1);
    const { results } = await env.DB.prepare("select * from kept_answers").all();
    expect(JSON.stringify(results)).not.toContain(token);
    expect(await env.DB.prepare("select count(*) as n from candidates where name = 'Newton'").first("n")).toBe(1);
  });

  it("[K30] gets the refusal of the first again", async () => {
    const refused = {
      cookie: await staffCookie(rosa),
      headers: named("r"),
      body: { name: "Clerk", permissions: ["all"] },
    };
    const [first, again] = [await call("POST", "/v1/roles", refused), await call("POST", "/v1/roles", refused)];
    expect(first.status).toBe(400);
    expect(await problemOf(again)).toEqual(await problemOf(first));
  });

  it("[K31] is refused with another body under the same name", async () => {
    await create("one");
    expect(await problemOf(await create("one", "Another exam"))).toMatchObject({
      status: 422,
      code: "idempotency-key-reused",
    });
    expect(await count("exams")).toBe(1);
  });

  it("[K32] is done for one of many that come at the same moment", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => create("one")));
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(0);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(await count("exams")).toBe(1);
  });

  it("[K33] has nothing to do with that of another member, nor of a key of the same", async () => {
    await create("one");
    await create("one", "By a key", { key: await keyOf(noor, ["write-exams"]) });
    await create("one", "By another", { cookie: await staffCookie(rosa) });
    expect(await count("exams")).toBe(3);
  });

  it("[K34] is not done again by itself after a fault behind what was done", async () => {
    await env.DB.exec("CREATE TRIGGER shut BEFORE UPDATE ON kept_answers BEGIN SELECT RAISE(ABORT, 'shut'); END");
    const line = vi.spyOn(console, "error").mockImplementation(() => {});
    expect((await create("one")).status).toBe(500);
    line.mockRestore();
    await env.DB.exec("DROP TRIGGER shut");
    const again = await problemOf(await create("one"));
    expect(again).toMatchObject({ status: 409, code: "conflict" });
    expect(again.detail).toContain("may have been done");
    expect(await count("exams")).toBe(1);
    expect((await create("two")).status).toBe(201);
  });

  it("[K34] is forgotten after a day", async () => {
    await create("one");
    await onSchedule(env, Date.now() + 23 * 3_600_000);
    expect(await count("kept_answers")).toBe(1);
    await onSchedule(env, Date.now() + 25 * 3_600_000);
    expect(await count("kept_answers")).toBe(0);
  });

  it("must have a name that a header can hold", async () => {
    expect(await problemOf(await create("ä".repeat(3)))).toMatchObject({ code: "bad-request" });
    expect(await problemOf(await create("x".repeat(256)))).toMatchObject({ code: "bad-request" });
  });
});
