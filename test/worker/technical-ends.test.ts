import { exports } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { beforeEach, describe, expect, it } from "vitest";
import { brand, type AttemptId, type ExamSessionId, type TenantId } from "#domain/exam/ids.ts";
import { attemptPrice } from "#domain/ledger/entry.ts";
import type { AuditList } from "#protocol/http/audit.ts";
import type { Ledger } from "#protocol/http/ledger.ts";
import type { OutboxFact, OutboxRow } from "#protocol/outbox.ts";
import type { ReadModelRpc } from "#protocol/session/rpc.ts";
import {
  call,
  env,
  jsonOf,
  lin,
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

type Told = { readonly tenantId?: TenantId; readonly examSessionId?: ExamSessionId };

/** As a session tells it. */
async function tell(rows: readonly OutboxRow[], told: Told = {}): Promise<void> {
  const { ReadModel } = exports as unknown as { readonly ReadModel: ReadModelRpc };
  const { examSessionId } = scheduled.sitting;
  await ReadModel.take({ tenantId: north, examSessionId, ...told, rows });
}

function row(attemptId: AttemptId, seq: number, fact: OutboxFact): OutboxRow {
  return { attemptId, seq, at: 86_400_000 + seq * 100, fact };
}

function opened(attemptId: AttemptId): OutboxRow {
  return row(attemptId, 6, { type: "paperOpened" });
}

async function ledger(query = "", who: Person = olu): Promise<Ledger> {
  return jsonOf(await call("GET", `/v1/ledger${query}`, { cookie: await staffCookie(who) }));
}

async function refund(attemptId: string): Promise<Response> {
  const body = { attemptId, reason: "device-failure" };
  return call("POST", "/v1/ledger/refunds", { cookie: await staffCookie(rosa), body });
}

/** What the audit has of refunds. */
async function audited() {
  const path = "/v1/audit?what=attempt-refunded";
  const { entries } = await jsonOf<AuditList>(await call("GET", path, { cookie: await staffCookie(olu) }));
  return entries.map(({ entry }) => entry);
}

describe("an attempt that staff ended", () => {
  const by = { kind: "proctor", memberId: lin.id, name: "Lin" } as const;
  type Cause = "conduct" | "technical" | "other";

  function ended(attemptId: AttemptId, cause?: Cause, seq = 9): OutboxRow {
    const fact = {
      type: "terminated",
      ...(cause === undefined ? {} : { cause }),
      reason: "A technical problem",
    } as const;
    return { ...row(attemptId, seq, fact), by };
  }

  async function refunds() {
    return (await ledger("?kind=refund")).entries;
  }

  it("[B18] for a technical failure is refunded once, under the name of who ended it, however often it is told", async () => {
    await tell([opened(ada), opened(grace)]);
    await tell([ended(ada, "technical")]);
    await Promise.all([tell([ended(ada, "technical")]), tell([opened(ada), ended(ada, "technical")])]);
    await tell([ended(ada, "technical", 12)]);
    expect((await ledger()).balance).toBe(-1_000);
    const its = {
      attemptId: ada,
      change: attemptPrice,
      reason: "technical-end",
      reverses: 1,
      refundedBy: { id: "lin", name: "lin" },
    };
    expect(await refunds()).toMatchObject([its]);
    expect((await ledger(`?kind=debit&attempt=${ada}`)).entries).toMatchObject([
      { mayRefund: false, refundedBy: null },
    ]);
    expect(await audited()).toMatchObject([
      {
        at: ended(ada).at,
        who: { kind: "member", id: "lin" },
        on: { kind: "attempt", id: ada },
        details: { change: 1_000, reason: "technical-end", ledgerKey: "reversal:1" },
      },
    ]);
    expect(await problemOf(await refund(ada))).toMatchObject({ status: 409, detail: /refunded already/ });
  });

  it("[B18] is refunded too where its beginning and its end are told at once, and its score stays", async () => {
    const score = { points: 2, outOf: 3, items: [], categories: [] };
    await tell([opened(ada), ended(ada, "technical"), row(ada, 10, { type: "scored", score })]);
    expect(await refunds()).toHaveLength(1);
    const { results } = await env.DB.prepare("select status, points from attempts where id = ?").bind(ada).all();
    expect(results).toEqual([{ status: "terminated", points: 2 }]);
  });

  it.each([["conduct"], ["other"], [undefined]] as const)(
    "[B18] is not refunded by itself for %s, whatever the words say, and may be by a person",
    async (cause) => {
      await tell([opened(ada), ended(ada, cause)]);
      expect(await refunds()).toEqual([]);
      expect((await refund(ada)).status).toBe(204);
      expect(await refunds()).toMatchObject([{ reason: "device-failure", refundedBy: { id: "rosa", name: "rosa" } }]);
    },
  );

  it("[B12] [B18] gets nothing back where nothing was debited", async () => {
    await tell([ended(ada, "technical")]);
    expect(await ledger()).toMatchObject({ balance: 0, entries: [] });
  });

  it("[B11] [B18] gets nothing back a second time: not after a person's refund, and not after a refund was corrected", async () => {
    await tell([opened(ada), opened(grace), ended(grace, "technical")]);
    await env.DB.prepare("update registrations set link_expires_at = 1 where attempt_id = ?").bind(ada).run();
    expect((await refund(ada)).status).toBe(204);
    const transfer = { from: "attempts", to: "balance", amount: attemptPrice } as const;
    const correction = { kind: "correction", at: 5_000, reverses: { number: 3, transfer, attemptId: grace } } as const;
    const [first, ...rest] = ledgerStatements(env.DB, north, [correction]);
    await drizzle(env.DB).batch([first!, ...rest]);
    await tell([ended(ada, "technical"), ended(grace, "technical")]);
    expect(await refunds()).toMatchObject([{ attemptId: ada, reason: "device-failure" }, { attemptId: grace }]);
    expect(await audited()).toHaveLength(2);
    expect((await ledger()).balance).toBe(-1_000);
  });

  it("[B3] [B18] is refunded by its own room alone", async () => {
    await tell([opened(ada), row(ada, 8, { type: "handedIn", cause: "candidate" })]);
    await tell([ended(ada, "technical")], { tenantId: brand<TenantId>("south") });
    const elsewhere = await scheduleSitting();
    await tell([ended(ada, "technical")], { examSessionId: elsewhere.sitting.examSessionId });
    expect(await ledger()).toMatchObject({ balance: -1_000, entries: [{ kind: "debit" }] });
    expect((await ledger("", mallory)).entries).toEqual([]);
  });

  it("[B7] [B18] has the refund with its audit or neither, and gets it when the end is told again", async () => {
    await tell([opened(ada)]);
    await env.DB.exec(
      "CREATE TRIGGER shut BEFORE INSERT ON audit_entries WHEN NEW.entry ->> '$.kind' = 'attempt-refunded' BEGIN SELECT RAISE(ABORT, 'shut'); END",
    );
    await expect(tell([ended(ada, "technical")])).rejects.toThrow();
    expect((await ledger()).entries).toMatchObject([{ kind: "debit" }]);
    await env.DB.exec("DROP TRIGGER shut");
    await tell([ended(ada, "technical")]);
    expect(await refunds()).toHaveLength(1);
    expect(await audited()).toHaveLength(1);
  });
});
