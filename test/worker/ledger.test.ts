import { exports } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { brand, type AttemptId, type TenantId } from "#domain/exam/ids.ts";
import { attemptPrice, changeOf, keyOf, type NewEntry, transferOf } from "#domain/ledger/entry.ts";
import type { AuditEntry } from "#protocol/audit.ts";
import type { Ledger } from "#protocol/http/ledger.ts";
import type { OutboxFact, OutboxRow } from "#protocol/outbox.ts";
import type { ReadModelRpc } from "#protocol/session/rpc.ts";
import {
  call,
  env,
  jsonOf,
  mallory,
  olu,
  openSchools,
  type Person,
  problemOf,
  rosa,
  type Scheduled,
  scheduleSitting,
  staffCookie,
} from "#test/support/school.ts";
import { ledgerStatements } from "#worker/database/ledger-statement.ts";

const north = brand<TenantId>("north");
let scheduled: Scheduled;
let ada: AttemptId;
let grace: AttemptId;

beforeEach(async () => {
  await openSchools();
  scheduled = await scheduleSitting();
  [ada, grace] = scheduled.links.map(({ attemptId }) => attemptId) as [AttemptId, AttemptId];
});

/** As the operator does it. */
async function enter(entry: NewEntry, tenantId: TenantId = north): Promise<void> {
  const [first, ...rest] = ledgerStatements(env.DB, tenantId, [entry]);
  await drizzle(env.DB).batch([first!, ...rest]);
}

function credits(credit: number, key = "order-1"): NewEntry {
  return { kind: "credit", key, amount: credit * attemptPrice, at: 1_000 };
}

async function limit(credit: number): Promise<void> {
  const statement = env.DB.prepare("insert or replace into ledger_limits (tenant_id, overdraft) values ('north', ?)");
  await statement.bind(credit * attemptPrice).run();
}

/** As a session tells it. */
async function tell(rows: readonly OutboxRow[], tenantId: TenantId = north): Promise<void> {
  const { ReadModel } = exports as unknown as { readonly ReadModel: ReadModelRpc };
  await ReadModel.take({ tenantId, examSessionId: scheduled.sitting.examSessionId, rows });
}

function row(attemptId: AttemptId, seq: number, fact: OutboxFact): OutboxRow {
  return { attemptId, seq, at: 86_400_000 + seq * 100, fact };
}

function opened(attemptId: AttemptId, seq = 6): OutboxRow {
  return row(attemptId, seq, { type: "paperOpened" });
}

async function ledger(query = "", who: Person = olu): Promise<Ledger> {
  return jsonOf(await call("GET", `/v1/ledger${query}`, { cookie: await staffCookie(who) }));
}

async function refund(attemptId: string, who: Person = rosa): Promise<Response> {
  const body = { attemptId, reason: "device-failure" };
  return call("POST", "/v1/ledger/refunds", { cookie: await staffCookie(who), body });
}

async function add(count: number): Promise<Response> {
  const candidates = Array.from({ length: count }, (_, n) => ({ name: `Candidate ${n}`, email: null }));
  const path = `/v1/sittings/${scheduled.sitting.id}/registrations`;
  return call("POST", path, { cookie: await staffCookie(rosa), body: { candidates } });
}

async function audited(): Promise<readonly AuditEntry[]> {
  const { results } = await env.DB.prepare(
    "select entry from audit_entries where tenant_id = 'north' and source like 'ledger:%' or kind = 'attempt-refunded' order by seq",
  ).all<{ entry: string }>();
  return results.map(({ entry }) => JSON.parse(entry) as AuditEntry);
}

/** One row as whoever can write to the database would write it. */
function insert(given: Readonly<Record<string, string | number | null>>, verb = "insert"): Promise<unknown> {
  const columns = {
    tenant_id: "north",
    number: 1,
    key: "credit:x",
    at: 0,
    kind: "credit",
    paid_from: "issued",
    paid_to: "balance",
    amount: 5,
    change: given["paid_from"] === "balance" ? -Number(given["amount"] ?? 5) : Number(given["amount"] ?? 5),
    attempt_id: null,
    reverses: null,
    reason: null,
    usage: null,
    ...given,
  };
  const places = Object.keys(columns).map(() => "?");
  const statement = `${verb} into ledger_entries (${Object.keys(columns).join(", ")}) values (${places.join(", ")})`;
  return env.DB.prepare(statement)
    .bind(...Object.values(columns))
    .run();
}

describe("the ledger's table", () => {
  it("[B2] changes nothing, loses nothing and lets nothing between, whoever writes to the database", async () => {
    await enter(credits(10));
    await enter(credits(2, "order-2"));
    const before = await ledger();
    await expect(env.DB.prepare("update ledger_entries set amount = 1").run()).rejects.toThrow("never changes");
    await expect(env.DB.prepare("delete from ledger_entries").run()).rejects.toThrow("never deleted");
    for (const number of [0, 1, 2, 4]) {
      await expect(insert({ number }, "insert or replace"), `number ${number}`).rejects.toThrow("without gaps");
    }
    // Would take the row that is there out, without a word to a trigger of "delete".
    await expect(insert({ number: 3, key: "credit:order-1" }, "insert or replace")).rejects.toThrow("entered once");
    expect(await ledger()).toEqual(before);
  });

  it.each([
    ["nothing that moves", { amount: 0 }],
    ["less than nothing", { amount: -5 }],
    ["a part of a unit", { amount: 0.5 }],
    ["a change that its sides do not say", { change: 6 }],
    ["one side twice", { paid_to: "issued" }],
    ["credits out of the wrong account", { paid_from: "ai" }],
    ["a kind that there is not", { kind: "gift" }],
    ["a debit of no attempt", { kind: "debit", paid_from: "balance", paid_to: "attempts" }],
    ["a model's use without a word of it", { kind: "ai-usage", paid_from: "balance", paid_to: "ai" }],
    ["a key that a spreadsheet would run", { key: "credit:=1+1" }],
  ])("[B1] takes no entry of %s", async (_what, change) => {
    await expect(insert(change)).rejects.toThrow("CHECK constraint failed");
  });

  it("[B6] takes an entry back exactly, and once", async () => {
    await enter(credits(10));
    const back = {
      number: 2,
      key: "reversal:1",
      kind: "correction",
      paid_from: "balance",
      paid_to: "issued",
      reverses: 1,
    };
    await expect(insert({ ...back, amount: 9_999 })).rejects.toThrow("exactly as it was");
    await expect(insert({ ...back, amount: 10_000, paid_to: "ai" })).rejects.toThrow("exactly as it was");
    const transfer = { from: "issued", to: "balance", amount: 10_000 } as const;
    const correction = { kind: "correction", at: 2_000, reverses: { number: 1, transfer, attemptId: null } } as const;
    await enter(correction);
    await enter(correction);
    expect(await ledger()).toMatchObject({ balance: 0, entries: [{ reverses: 1 }, { reversedBy: 2 }] });
    await expect(insert({ ...back, number: 3, key: "again", amount: 10_000 }, "insert or replace")).rejects.toThrow(
      "taken back once",
    );
  });

  it("[B3] names no attempt and no entry of another institution", async () => {
    await enter(credits(10));
    const debit = { tenant_id: "south", key: "debit:x", kind: "debit", paid_from: "balance", paid_to: "attempts" };
    await expect(insert({ ...debit, attempt_id: ada })).rejects.toThrow("FOREIGN KEY constraint failed");
    const back = { key: "reversal:1", kind: "correction", paid_from: "balance", paid_to: "issued", reverses: 1 };
    await expect(insert({ ...back, tenant_id: "south", amount: 10_000 })).rejects.toThrow("exactly as it was");
    await expect(insert({ tenant_id: "nowhere" })).rejects.toThrow("FOREIGN KEY constraint failed");
  });

  it("[B4] has what is told again once, and numbers without gaps, however many are told at the same moment", async () => {
    await Promise.all(Array.from({ length: 12 }, (_, n) => enter(credits(1, `order-${n % 4}`))));
    const { entries, balance } = await ledger();
    expect(entries.map(({ number }) => number)).toEqual([4, 3, 2, 1]);
    expect(balance).toBe(4 * attemptPrice);
  });

  it("[B4] [B5] has the same balance whatever comes again, and in whichever order and portions it comes", async () => {
    const each = fc.record({
      kind: fc.constant("credit" as const),
      key: fc.stringMatching(/^[a-f]$/),
      amount: fc.integer({ min: 1, max: 9_999 }),
      at: fc.nat(10 ** 12),
    });
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(each, { selector: ({ key }) => key, minLength: 1 }),
        fc.array(fc.array(fc.nat(), { minLength: 1, maxLength: 8 }), { maxLength: 4 }),
        async (distinct, portions) => {
          runs += 1;
          const tenantId = brand<TenantId>(`school-${runs}`);
          await env.DB.prepare("insert into tenants (id, name, created_at) values (?, 'x', 0)").bind(tenantId).run();
          const at = (index: number) => distinct[index % distinct.length]!;
          for (const told of [...portions.map((portion) => portion.map(at)), distinct]) {
            const [first, ...rest] = ledgerStatements(env.DB, tenantId, told);
            await drizzle(env.DB).batch([first!, ...rest]);
          }
          const statement = env.DB.prepare(
            "select number, key, change from ledger_entries where tenant_id = ? order by number",
          );
          const { results } = await statement.bind(tenantId).all<{ number: number; key: string; change: number }>();
          expect(results.map(({ number }) => number)).toEqual(distinct.map((_, index) => index + 1));
          expect(new Map(results.map(({ key, change }) => [key, change]))).toEqual(
            new Map(distinct.map((entry) => [keyOf(entry), changeOf(transferOf(entry))])),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it("[B7] has each entry in the audit, and none without it", async () => {
    await enter(credits(10));
    await enter(credits(10));
    await enter({
      kind: "ai-usage",
      key: "marking-1",
      usage: { model: "marker-1", unitsIn: 900, unitsOut: 20 },
      amount: 30,
      at: 5_000,
    });
    expect(await audited()).toMatchObject([
      { kind: "credits-given", who: { kind: "system" }, on: null, details: { change: 10_000 } },
      { kind: "ai-usage-debited", details: { change: -30, ledgerKey: "ai-usage:marking-1" } },
    ]);
    await env.DB.exec("CREATE TRIGGER shut BEFORE INSERT ON audit_entries BEGIN SELECT RAISE(ABORT, 'shut'); END");
    await expect(enter(credits(1, "order-2"))).rejects.toThrow();
    expect((await ledger()).balance).toBe(9_970);
  });
});

describe("an attempt", () => {
  it("[B10] [B4] is debited when its paper opens, once, however often it is told", async () => {
    await enter(credits(10));
    await tell([row(ada, 5, { type: "admitted" })]);
    expect((await ledger()).balance).toBe(10_000);
    await tell([opened(ada), opened(grace), opened(ada, 7)]);
    await tell([opened(ada)]);
    await Promise.all([tell([opened(ada), opened(grace)]), tell([opened(grace)])]);
    const { balance, entries, days } = await ledger();
    expect(balance).toBe(8_000);
    expect(entries.map(({ kind, name, change }) => [kind, name, change])).toEqual([
      ["debit", "Grace", -1_000],
      ["debit", "Ada", -1_000],
      ["credit", null, 10_000],
    ]);
    expect(days).toEqual([
      { at: 0, balance: 10_000 },
      { at: 86_400_000, balance: 8_000 },
    ]);
    expect((await audited()).map(({ kind, on }) => [kind, on?.id])).toEqual([
      ["credits-given", undefined],
      ["attempt-debited", ada],
      ["attempt-debited", grace],
    ]);
  });

  it("[B10] begins below any limit too: an exam is not stopped for credits", async () => {
    await limit(0);
    await tell([opened(ada)]);
    const { results } = await env.DB.prepare("select status from attempts where id = ?").bind(ada).all();
    expect(results).toEqual([{ status: "open" }]);
    expect((await ledger()).balance).toBe(-1_000);
  });

  it("[B3] is debited to its own institution alone, and a stranger stands in nobody's way", async () => {
    await tell([opened(ada)], brand<TenantId>("south"));
    await tell([opened(brand<AttemptId>("stranger")), opened(grace)]);
    expect((await ledger("", mallory)).entries).toEqual([]);
    expect((await ledger()).entries.map(({ attemptId }) => attemptId)).toEqual([grace]);
  });
});

describe("the limit", () => {
  it("[B8] refuses candidates whom the credits do not cover, before anything is done, and says for how many there are", async () => {
    await enter(credits(4));
    await limit(1);
    expect(await ledger()).toMatchObject({ promised: 2, overdraft: 1_000, placesLeft: 3 });
    const before = await env.DB.prepare("select count(*) as n from registrations").first("n");
    expect(await problemOf(await add(4))).toMatchObject({
      status: 402,
      code: "out-of-credit",
      detail: "There is credit for 3 more. Add fewer, or have credits added.",
    });
    expect(await env.DB.prepare("select count(*) as n from registrations").first("n")).toBe(before);
    expect((await add(3)).status).toBe(201);
    expect((await add(1)).status).toBe(402);
  });

  it("[B15] gives the last credits to one of those who ask at the same moment, and to no second", async () => {
    await enter(credits(5));
    await limit(0);
    const answers = await Promise.all([add(2), add(2), add(2), add(2)]);
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([201, 402, 402, 402]);
    expect(await ledger()).toMatchObject({ promised: 4, overdraft: 0, placesLeft: 1 });
    const refused = answers.find(({ status }) => status === 402);
    expect((await problemOf(refused!)).detail).toBe("There is credit for 1 more. Add fewer, or have credits added.");
    // Nothing of those who were refused is left behind.
    expect(await env.DB.prepare("select count(*) as n from candidates").first("n")).toBe(4);
    expect((await add(1)).status).toBe(201);
  });

  it("[B8] counts who began once, and not as promised too", async () => {
    await enter(credits(3));
    await limit(0);
    await tell([opened(ada), row(ada, 9, { type: "handedIn", cause: "candidate" })]);
    expect(await ledger()).toMatchObject({ balance: 2_000, promised: 1, placesLeft: 1 });
  });

  it("[B9] is none where no limit is set, and holds nothing back for who was denied or whose sitting is over", async () => {
    expect(await ledger()).toMatchObject({ balance: 0, overdraft: null, placesLeft: null });
    expect((await add(3)).status).toBe(201);
    await limit(5);
    expect((await ledger()).promised).toBe(5);
    await tell([row(ada, 5, { type: "denied", reason: "Another person" })]);
    expect((await ledger()).promised).toBe(4);
    await env.DB.prepare("update sittings set closes_at = opens_at + 1").run();
    expect(await ledger()).toMatchObject({ promised: 0, placesLeft: 5 });
  });
});

describe("POST /v1/ledger/refunds", () => {
  it("[B11] gives back what was debited, once, however often and at the same moment it is asked", async () => {
    await tell([opened(ada), row(ada, 9, { type: "terminated", reason: "The power went" })]);
    expect((await ledger()).entries).toMatchObject([{ mayRefund: true }]);
    const answers = await Promise.all([refund(ada), refund(ada), refund(ada)]);
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([204, 409, 409]);
    expect(await problemOf(await refund(ada))).toMatchObject({ detail: "This attempt was refunded already." });
    const { balance, entries } = await ledger();
    expect(balance).toBe(0);
    expect(entries).toMatchObject([
      { kind: "refund", attemptId: ada, change: attemptPrice, reason: "device-failure", reverses: 1, mayRefund: false },
      { kind: "debit", reversedBy: 2, mayRefund: false },
    ]);
    expect(await audited()).toMatchObject([
      { kind: "attempt-debited" },
      {
        kind: "attempt-refunded",
        who: { kind: "member", id: "rosa" },
        on: { kind: "attempt", id: ada },
        details: { change: 1_000, reason: "device-failure" },
      },
    ]);
    // Told again, it is not debited again.
    await tell([opened(ada)]);
    expect((await ledger()).balance).toBe(0);
  });

  it("[B12] refuses an attempt that did not begin, or that goes on", async () => {
    expect(await problemOf(await refund(ada))).toMatchObject({ status: 409, detail: /did not begin/ });
    await tell([opened(ada)]);
    expect(await problemOf(await refund(ada))).toMatchObject({ status: 409, detail: /not over/ });
    expect((await ledger()).entries).toMatchObject([{ kind: "debit", mayRefund: false }]);
  });

  it("[B12] takes one whose session never said that it ended, when its link has ended", async () => {
    await tell([opened(ada)]);
    await env.DB.prepare("update registrations set link_expires_at = 1").run();
    expect((await refund(ada)).status).toBe(204);
  });

  it("[B3] knows nothing of another institution's attempt", async () => {
    await tell([opened(ada), row(ada, 9, { type: "handedIn", cause: "deadline" })]);
    expect(await problemOf(await refund(ada, mallory))).toMatchObject({ status: 404 });
    expect((await ledger()).entries).toHaveLength(1);
  });
});

describe("GET /v1/ledger", () => {
  async function fill(): Promise<void> {
    const entries = Array.from({ length: 119 }, (_, n) => {
      const entry: NewEntry =
        n % 3 === 0
          ? { kind: "ai-usage", key: `m${n}`, usage: { model: "marker-1", unitsIn: n, unitsOut: 1 }, amount: 7, at: n }
          : { kind: "credit", key: `c${n}`, amount: 100 + n, at: n };
      return entry;
    });
    const [first, ...rest] = ledgerStatements(env.DB, north, entries);
    await drizzle(env.DB).batch([first!, ...rest]);
    await tell([opened(ada)]);
  }

  async function all(query: string): Promise<readonly number[]> {
    const numbers: number[] = [];
    for (let before: number | null = 0; before !== null;) {
      const page: Ledger = await ledger(`?${query}${before === 0 ? "" : `&before=${before}`}`);
      numbers.push(...page.entries.map(({ number }) => number));
      before = page.older;
    }
    return numbers;
  }

  it("[B13] has every entry once, newest first, page by page, by kind and by attempt", async () => {
    await fill();
    const everything = Array.from({ length: 120 }, (_, index) => 120 - index);
    const first = await ledger();
    expect(first.entries).toHaveLength(50);
    expect(await all("")).toEqual(everything);
    expect(await all("kind=ai-usage")).toEqual(everything.filter((number) => (number - 1) % 3 === 0 && number < 120));
    expect(await all(`attempt=${ada}`)).toEqual([120]);
    expect(await all(`attempt=${grace}&kind=debit`)).toEqual([]);
    expect((await ledger("", mallory)).entries).toEqual([]);
  });

  it.each(["?kind=gift", "?before=0", "?before=x", "?attempt=a%20b"])("refuses %s", async (query) => {
    const { status } = await call("GET", `/v1/ledger${query}`, { cookie: await staffCookie(olu) });
    expect(status).toBe(400);
  });

  it("[B5] sums the balance out of one index, without reading the entries", async () => {
    const plan = await env.DB.prepare(
      "explain query plan select sum(change) from ledger_entries indexed by ledger_entries_change where tenant_id = 'north'",
    ).all<{ detail: string }>();
    expect(plan.results.map(({ detail }) => detail)).toEqual([
      expect.stringContaining("USING COVERING INDEX ledger_entries_change"),
    ]);
  });

  it("[B14] is exported whole, with the balance after each entry and no name", async () => {
    await fill();
    const asked = { cookie: await staffCookie(olu), headers: { accept: "text/csv" } };
    const answer = await call("GET", "/v1/ledger", asked);
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const text = await answer.text();
    const lines = text.trimEnd().split("\r\n");
    expect(lines).toHaveLength(121);
    expect(lines[1]).toBe("1,1970-01-01T00:00:00.000Z,ai-usage,balance,ai,7,-7,-7,,,,ai-usage:m0,marker-1,0,1");
    const { balance } = await ledger();
    expect(lines.at(-1)).toBe(
      `120,1970-01-02T00:00:00.600Z,debit,balance,attempts,1000,-1000,${balance},${ada},,,debit:${ada},,,`,
    );
    expect(text).not.toContain("Ada");
    const debits = (await (await call("GET", "/v1/ledger?kind=debit", asked)).text()).trimEnd().split("\r\n");
    expect(debits.slice(1).every((line) => line.includes(",debit,"))).toBe(true);
    expect(debits.at(-1)).toBe(lines.at(-1));
    expect(debits.length).toBeLessThan(lines.length);
  });
});
