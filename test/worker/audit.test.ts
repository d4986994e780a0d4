import { exports } from "cloudflare:workers";
import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { brand, type AttemptId, type MemberId, type TenantId } from "#domain/exam/ids.ts";
import type { AuditEntry } from "#protocol/audit.ts";
import type { AuditList, AuditQuery } from "#protocol/http/audit.ts";
import type { OutboxRow } from "#protocol/outbox.ts";
import type { IssuedLink } from "#protocol/http/registration.ts";
import type { ReadModelRpc } from "#protocol/session/rpc.ts";
import type { AppEnv } from "#worker/app-env.ts";
import { auditRequests } from "#worker/audit/audit-requests.ts";
import { requirePermission } from "#worker/auth/require-member.ts";
import { auditReader } from "#worker/database/audit-reader.ts";
import {
  call,
  draft,
  emailOf,
  env,
  jsonOf,
  lin,
  mallory,
  noor,
  olu,
  openSchools,
  password,
  type Person,
  rosa,
  type Scheduled,
  scheduleSitting,
  settings,
  staffCookie,
} from "#test/support/school.ts";

beforeEach(openSchools);
afterEach(() => void vi.restoreAllMocks());

type Row = { readonly seq: number; readonly tenant_id: string; readonly entry: string };

async function stored(tenantId: string = "north"): Promise<readonly (AuditEntry & { readonly seq: number })[]> {
  const statement = env.DB.prepare("select * from audit_entries where tenant_id = ? order by seq").bind(tenantId);
  const { results } = await statement.all<Row>();
  return results.map(({ seq, entry }) => ({ seq, ...(JSON.parse(entry) as AuditEntry) }));
}

async function list(query: string = "", who: Person = olu): Promise<AuditList> {
  return jsonOf(await call("GET", `/v1/audit${query}`, { cookie: await staffCookie(who) }));
}

describe("an audit entry", () => {
  it("[L3] says who did what, on what, when, from where and in which request, with the change", async () => {
    const cookie = await staffCookie(noor);
    const headers = { "cf-connecting-ip": "192.0.2.7" };
    const { id } = await jsonOf<{ id: string }>(await call("POST", "/v1/exams", { cookie, body: draft, headers }));
    expect(await stored()).toEqual([
      {
        seq: 1,
        at: expect.any(Number),
        kind: "exam-created",
        who: { kind: "member", id: "noor" },
        on: { kind: "exam", id },
        from: "192.0.2.7",
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        details: {},
      },
    ]);
  });

  it("[L3] is not there without the change, and the change not without it", async () => {
    const cookie = await staffCookie(noor);
    await call("PUT", "/v1/exams/nowhere", { cookie, body: draft });
    expect((await stored()).map(({ kind }) => kind)).toEqual(["denied"]);
    await env.DB.exec("CREATE TRIGGER shut BEFORE INSERT ON audit_entries BEGIN SELECT RAISE(ABORT, 'shut'); END");
    vi.spyOn(console, "error").mockReturnValue();
    expect((await call("POST", "/v1/exams", { cookie, body: draft })).status).toBe(500);
    expect(await env.DB.prepare("select count(*) as n from exams").first("n")).toBe(0);
  });

  it("[L1] has the next number, however many are written at the same moment, each institution by itself", async () => {
    const [north, south] = [await staffCookie(noor), await staffCookie(mallory)];
    await Promise.all(
      Array.from({ length: 12 }, (_, n) => call("POST", "/v1/exams", { cookie: n % 3 ? north : south, body: draft })),
    );
    expect((await stored()).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect((await stored("south")).map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  });

  it("[L2] cannot be changed, taken out, put between others or exchanged, whoever writes to the database", async () => {
    await call("POST", "/v1/exams", { cookie: await staffCookie(noor), body: draft });
    const { DB } = env;
    await expect(DB.prepare("update audit_entries set entry = '{}'").run()).rejects.toThrow("never changes");
    await expect(DB.prepare("delete from audit_entries").run()).rejects.toThrow("never deleted");
    for (const seq of [0, 1, 3]) {
      const insert = `insert or replace into audit_entries (tenant_id, seq, salt, entry) values ('north', ${seq}, 's', '{}')`;
      await expect(DB.prepare(insert).run(), `number ${seq}`).rejects.toThrow("without gaps");
    }
    // REPLACE takes a row out without a word to a trigger of "delete".
    await DB.prepare(
      "insert into audit_entries (tenant_id, seq, source, salt, entry) values ('north', 2, 'a:1', 's', '{}')",
    ).run();
    const again =
      "insert or replace into audit_entries (tenant_id, seq, source, salt, entry) values ('north', 3, 'a:1', 's', '{}')";
    await expect(DB.prepare(again).run()).rejects.toThrow("entered once");
    for (const [tenant, log] of [
      ["north", "'x'"],
      ["south", "(select log_id from transparency_logs)"],
    ]) {
      const insert = `insert or replace into transparency_logs (tenant_id, log_id) values ('${tenant}', ${log})`;
      await expect(DB.prepare(insert).run(), tenant).rejects.toThrow("never changes");
    }
    expect(await stored()).toHaveLength(2);
    await expect(DB.prepare("update transparency_logs set log_id = 'x'").run()).rejects.toThrow("never changes");
    await expect(DB.prepare("delete from transparency_logs").run()).rejects.toThrow("never deleted");
  });

  it("has a salt of its own, and its institution a name for strangers that says nothing of it", async () => {
    const cookie = await staffCookie(noor);
    for (let n = 0; n < 2; n += 1) await call("POST", "/v1/exams", { cookie, body: draft });
    const { results } = await env.DB.prepare("select salt from audit_entries").all<{ salt: string }>();
    expect(new Set(results.map(({ salt }) => salt)).size).toBe(2);
    for (const { salt } of results) expect(salt).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const logs = await env.DB.prepare("select * from transparency_logs").all<{ log_id: string }>();
    expect(logs.results).toEqual([{ tenant_id: "north", log_id: expect.stringMatching(/^[0-9a-f]{32}$/) }]);
  });
});

describe("staff at the front door", () => {
  it("[L5] is entered when they sign in and out, and when somebody tries their account with a wrong password", async () => {
    const body = { email: emailOf(rosa), password };
    await call("POST", "/v1/sign-in", { body: { ...body, password: "not hers" } });
    await call("POST", "/v1/sign-in", { body: { ...body, email: "nobody@school.example" } });
    // After the answer, which is to take as long as for an account that there is not.
    await vi.waitFor(async () => expect(await stored()).toHaveLength(1));
    const { headers } = await call("POST", "/v1/sign-in", { body });
    await call("POST", "/v1/sign-out", {
      cookie: /__Host-invigil_staff=[^;]+/.exec(headers.get("set-cookie") ?? "")?.[0] ?? "",
    });
    expect((await stored()).map(({ kind, who }) => [kind, who])).toEqual(
      ["sign-in-refused", "signed-in", "signed-out"].map((kind) => [kind, { kind: "member", id: "rosa" }]),
    );
  });

  it("[L5] a denial by another site's page is the member's whose cookie came with it, and one of nobody is nobody's", async () => {
    const headers = { origin: "https://evil.test" };
    await call("POST", "/v1/exams", { cookie: await staffCookie(noor), body: draft, headers });
    await call("POST", "/v1/exams", { body: draft });
    expect(await stored()).toMatchObject([
      { kind: "denied", who: { id: "noor" }, details: { method: "POST", route: "/v1/exams", status: 403 } },
    ]);
  });

  it("[L5] another institution's thing that was asked for is an entry of those who asked, with its id", async () => {
    const { exam } = await scheduleSitting();
    const before = await stored();
    await call("GET", `/v1/exams/${exam.id}`, { cookie: await staffCookie(mallory) });
    expect(await stored()).toEqual(before);
    expect(await stored("south")).toMatchObject([
      { kind: "denied", on: { kind: "exam", id: exam.id }, details: { route: "/v1/exams/:examId", status: 404 } },
    ]);
  });
});

describe("an act over HTTP", () => {
  it("[L4] is entered by a route that nobody has given a kind, and by none that was refused", async () => {
    const app = new Hono<AppEnv>()
      .use(async (c, next) => {
        c.set("settings", settings);
        return next();
      })
      .use(auditRequests)
      .post("/v1/novelties/:examId", requirePermission("write-exams"), (c) =>
        c.body(null, c.req.param("examId") === "busy" ? 409 : 204),
      );
    const headers = { cookie: await staffCookie(rosa) };
    for (const id of ["busy", "e1"]) {
      await app.fetch(new Request(`https://invigil.test/v1/novelties/${id}`, { method: "POST", headers }), env);
    }
    expect(await stored()).toMatchObject([
      {
        kind: "other-act",
        who: { id: "rosa" },
        on: { kind: "exam", id: "e1" },
        details: { method: "POST", route: "/v1/novelties/:examId" },
      },
    ]);
  });

  it("[L4] is entered where a candidate's evidence is opened, and where the attempt's session alone keeps it", async () => {
    const { links, sitting } = await scheduleSitting();
    const [{ attemptId, registrationId }] = links as readonly [IssuedLink, ...IssuedLink[]];
    const before = (await stored()).length;
    const cookie = await staffCookie(rosa);
    await call("GET", `/v1/attempts/${attemptId}`, { cookie });
    await call("GET", `/v1/attempts/${attemptId}/record`, { cookie });
    await call("GET", `/v1/attempts/${attemptId}/recording`, { cookie });
    const arranged = `/v1/sittings/${sitting.id}/registrations/${registrationId}/accommodations`;
    await call("PUT", arranged, { cookie, body: { allowances: [], exceptions: [] } });
    const acts = (await stored()).slice(before).filter(({ from, requestId }) => from ?? requestId);
    expect(acts.map(({ kind, on }) => [kind, on?.id])).toEqual([
      ["attempt-read", attemptId],
      ["record-downloaded", attemptId],
      ["recording-opened", attemptId],
      ["accommodations-asked", registrationId],
    ]);
  });
});

describe("what exam sessions tell", () => {
  let scheduled: Scheduled;
  let ada: AttemptId;
  beforeEach(async () => {
    scheduled = await scheduleSitting();
    ada = scheduled.links[0]!.attemptId;
  });

  async function take(rows: readonly OutboxRow[], tenantId: string = "north"): Promise<void> {
    const { ReadModel } = exports as unknown as { readonly ReadModel: ReadModelRpc };
    const { examSessionId } = scheduled.sitting;
    await ReadModel.take({ tenantId: brand<TenantId>(tenantId), examSessionId, rows });
  }

  function told(): readonly OutboxRow[] {
    const by = { kind: "proctor", memberId: lin.id, name: "Lin" } as const;
    return [
      { attemptId: ada, seq: 3, at: 300, by: { kind: "candidate" }, fact: { type: "admissionRequested" } },
      { attemptId: ada, seq: 4, at: 400, by, fact: { type: "warned", text: "Look at your own screen" } },
      {
        attemptId: ada,
        seq: 5,
        at: 500,
        by,
        fact: { type: "identityAskedAgain", capture: "face", reason: "It shows your own screen" },
      },
      { attemptId: ada, seq: 6, at: 600, fact: { type: "handedIn", cause: "deadline" } },
      {
        attemptId: ada,
        seq: 7,
        at: 600,
        by: { kind: "system" },
        fact: { type: "scored", score: { points: 1, outOf: 2, items: [], categories: [] } },
      },
    ];
  }

  it("[L6] is entered once, by whoever did it, without a word that somebody wrote", async () => {
    const before = (await stored()).length;
    await take(told().slice(0, 2));
    await take(told());
    await take(told());
    const entries = (await stored()).slice(before);
    expect(entries.map(({ kind, who, details }) => [kind, who, details])).toEqual([
      ["admission-requested", { kind: "candidate" }, { event: 3 }],
      ["warned", { kind: "member", id: "lin" }, { event: 4 }],
      ["identity-asked-again", { kind: "member", id: "lin" }, { event: 5, capture: "face" }],
      ["handed-in", { kind: "system" }, { event: 6, cause: "deadline" }],
      ["scored", { kind: "system" }, { event: 7, points: 1, outOf: 2 }],
    ]);
    expect(entries.every(({ on }) => on?.id === ada)).toBe(true);
    expect(JSON.stringify(entries)).not.toContain("own screen");
  });

  it("[L6] is not entered for another institution, nor for an attempt that there is not", async () => {
    const before = await stored();
    await take(told(), "south");
    await take([{ ...told()[0]!, attemptId: brand<AttemptId>("stranger") }]);
    expect(await stored()).toEqual(before);
    expect(await stored("south")).toEqual([]);
  });
});

describe("GET /v1/members", () => {
  it("lists all of the institution, or those who may do something", async () => {
    const cookie = await staffCookie(olu);
    const names = async (query: string) => {
      const { members } = await jsonOf<{ members: { name: string }[] }>(
        await call("GET", `/v1/members${query}`, { cookie }),
      );
      return members.map(({ name }) => name);
    };
    expect(await names("")).toEqual(["lin", "noor", "olu", "pia", "rosa", "ruth"]);
    expect(await names("?may=proctor")).toEqual(["lin", "pia"]);
  });
});

describe("GET /v1/audit", () => {
  /** 120 entries, two at each moment. */
  async function fill(): Promise<void> {
    const entries = Array.from({ length: 120 }, (_, n) => ({
      at: 1_000 + Math.floor(n / 2),
      kind: n % 2 ? "exam-changed" : "exam-created",
      who: { kind: "member", id: n % 3 ? "noor" : "rosa" },
      on: { kind: "exam", id: `exam-${n % 5}` },
      from: null,
      requestId: null,
      details: { n },
    }));
    await env.DB.prepare(
      `insert into audit_entries (tenant_id, seq, salt, entry)
       select 'north', key + 1, 'salt', value from json_each(?)`,
    )
      .bind(JSON.stringify(entries))
      .run();
  }

  async function all(query: string, start = ""): Promise<readonly number[]> {
    const numbers: number[] = [];
    for (let older: string | null = start; older !== null;) {
      const page: AuditList = await list(`?${query}${older === "" ? "" : `&before=${older}`}`);
      numbers.push(...page.entries.map(({ number }) => number));
      ({ older } = page);
    }
    return numbers;
  }

  const everything = Array.from({ length: 120 }, (_, index) => 120 - index);

  it("[L7] has every entry once, newest first, page by page, while others are written", async () => {
    await fill();
    const first = await list();
    expect(first.entries).toHaveLength(50);
    await call("POST", "/v1/exams", { cookie: await staffCookie(noor), body: draft });
    const rest = await all("", first.older ?? "");
    expect([...first.entries.map(({ number }) => number), ...rest]).toEqual(everything);
  });

  it("[L7] filters by who, what, on what and when, alone and together", async () => {
    await fill();
    const n = (number: number) => number - 1;
    expect(await all("who=rosa")).toEqual(everything.filter((number) => n(number) % 3 === 0));
    expect(await all("what=exam-changed")).toEqual(everything.filter((number) => n(number) % 2 === 1));
    expect(await all("on=exam-2")).toEqual(everything.filter((number) => n(number) % 5 === 2));
    expect(await all("from=1010&to=1011")).toEqual([24, 23, 22, 21]);
    expect(await all("who=rosa&what=exam-created&on=exam-0&from=1010")).toEqual(
      everything.filter((number) => n(number) % 30 === 0 && n(number) >= 20),
    );
    expect(await all("who=candidate")).toEqual([]);
  });

  it("[L7] shows another institution nothing, and says what people and things are called today", async () => {
    const { exam, sitting, links } = await scheduleSitting();
    await call("POST", `/v1/sittings/${sitting.id}/registrations/${links[0]!.registrationId}/link`, {
      cookie: await staffCookie(rosa),
    });
    const { entries } = await list();
    expect(entries.map(({ entry, whoName, onName }) => [entry.kind, whoName, onName])).toEqual([
      ["link-replaced", "rosa", "Ada"],
      ["proctors-assigned", "rosa", "Spring"],
      ["candidates-added", "rosa", "Spring"],
      ["sitting-scheduled", "rosa", "Spring"],
      ["exam-published", "noor", exam.draft.title],
      ["exam-created", "noor", exam.draft.title],
    ]);
    expect((await list("", mallory)).entries).toEqual([]);
  });

  it("[L7] says how roles, keys and people are called that something was done to", async () => {
    await scheduleSitting();
    const cookie = await staffCookie(rosa);
    const role = { name: "Registrar", permissions: ["schedule"] };
    await jsonOf(await call("POST", "/v1/roles", { cookie, body: role }));
    const key = { name: "Student system", scopes: ["schedule"], expiresAt: Date.now() + 86_400_000 };
    await jsonOf(await call("POST", "/v1/keys", { cookie, body: key }));
    const id = await env.DB.prepare("select id from candidates where name = 'Ada'").first<string>("id");
    const body = { on: { kind: "candidate", id }, reason: "A court asked for it" };
    await jsonOf(await call("POST", "/v1/holds", { cookie, body }));
    const { entries } = await list();
    expect(entries.slice(0, 3).map(({ entry, onName }) => [entry.kind, onName])).toEqual([
      ["legal-hold-placed", "Ada"],
      ["key-created", "Student system"],
      ["role-created", "Registrar"],
    ]);
  });

  it.each(["?what=dancing", "?who=a%20b", "?from=yesterday", "?before=1", "?before=1.2.3", "?from=999999999999999"])(
    "refuses %s",
    async (query) => {
      const { status } = await call("GET", `/v1/audit${query}`, { cookie: await staffCookie(olu) });
      expect(status).toBe(400);
    },
  );

  /** How the database would answer the first question that the reader puts to it. */
  async function planOf(query: AuditQuery): Promise<readonly string[]> {
    const asked: { readonly text: string; readonly values: readonly unknown[] }[] = [];
    const overheard = new Proxy(env.DB, {
      get(database, key) {
        if (key !== "prepare") return Reflect.get(database, key) as unknown;
        return (text: string) => {
          const statement = database.prepare(text);
          const bind = (...values: unknown[]) => {
            asked.push({ text, values });
            return statement.bind(...values);
          };
          return new Proxy(statement, {
            get: (of, name) => (name === "bind" ? bind : Reflect.get(of, name)) as unknown,
          });
        };
      },
    });
    await auditReader(overheard, rosa.tenantId).list(query, 50);
    const { text, values } = asked[0]!;
    const plan = await env.DB.prepare(`explain query plan ${text}`)
      .bind(...values)
      .all<{ detail: string }>();
    return plan.results.map(({ detail }) => detail);
  }

  it("[L7] looks in one index for whatever is asked, in order, without sorting", async () => {
    const who = brand<MemberId>("rosa");
    const on = brand<AttemptId>("exam-1");
    const far = { from: 5, to: 5_000, before: "5.5" };
    const expected: readonly (readonly [query: AuditQuery, index: string])[] = [
      [{}, "at (tenant_id=?)"],
      [{ from: 5, to: 5_000 }, "at (tenant_id=? AND at>? AND at<?)"],
      [{ who }, "actor (tenant_id=? AND actor=?"],
      [{ what: "denied" }, "kind (tenant_id=? AND kind=?"],
      [{ on }, "subject (tenant_id=? AND subject=?"],
      [{ who, what: "denied" }, "actor_kind (tenant_id=? AND actor=? AND kind=?"],
      [{ who, on }, "subject (tenant_id=? AND subject=?"],
      [{ what: "denied", on }, "subject (tenant_id=? AND subject=?"],
      [{ who, what: "denied", on }, "subject (tenant_id=? AND subject=?"],
    ];
    for (const [query, index] of expected) {
      const found = [expect.stringContaining(`USING INDEX audit_entries_${index}`)];
      expect(await planOf(query)).toEqual(found);
      if ("who" in query || "what" in query || "on" in query) expect(await planOf({ ...query, ...far })).toEqual(found);
    }
  });
});
