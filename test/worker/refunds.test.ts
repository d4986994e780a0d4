import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { AuditList } from "#protocol/http/audit.ts";
import type { Ledger } from "#protocol/http/ledger.ts";
import {
  call,
  env,
  jsonOf,
  olu,
  openSchools,
  type Scheduled,
  scheduleSitting,
  staffCookie,
} from "#test/support/school.ts";
import { asProctor, evict, type Stub } from "#test/support/session-room.ts";
import { examSession } from "#worker/exam-sessions.ts";
import { runSchedule } from "./run-schedule.ts";
import { beginExam } from "./ended-exam.ts";

const hourMs = 3_600_000;
let scheduled: Scheduled;

beforeEach(async () => {
  await openSchools();
  scheduled = await scheduleSitting();
});

async function ledger(): Promise<Ledger> {
  return jsonOf(await call("GET", "/v1/ledger", { cookie: await staffCookie(olu) }));
}

/** Two candidates are in their exam, debited, and gone; nobody can go on any more. */
async function twoWhoLeft(): Promise<Stub> {
  for (const place of [0, 1]) (await beginExam(scheduled, place)).leave();
  await vi.waitFor(async () => expect((await ledger()).balance).toBe(-2_000));
  await env.DB.prepare("update registrations set link_expires_at = ?")
    .bind(Date.now() - 2 * hourMs)
    .run();
  return examSession(env, scheduled.sitting.examSessionId) as Stub;
}

async function inRoom(stub: Stub, ...statements: readonly string[]): Promise<void> {
  await runInDurableObject(stub, (_instance, { storage }) => {
    for (const statement of statements) storage.sql.exec(statement);
  });
  await evict(stub);
}

async function ask(): Promise<void> {
  await runSchedule(Math.ceil(Date.now() / hourMs) * hourMs);
}

describe("what is refunded by itself", () => {
  it("[B16] is an attempt whose record cannot be read, once, with its reason in the ledger and in the audit", async () => {
    const [ada] = scheduled.links;
    const stub = await twoWhoLeft();
    const its = `attempt_id = '${ada!.attemptId}'`;
    await inRoom(
      stub,
      `UPDATE events SET text = '{' WHERE ${its} AND text ->> '$.fact.type' = 'admitted'`,
      `UPDATE attempts SET fold_version = -1 WHERE ${its}`,
    );
    await Promise.all([ask(), ask()]);
    await ask();
    const { balance, entries } = await ledger();
    expect(balance).toBe(-1_000);
    expect(entries.filter(({ kind }) => kind === "refund")).toMatchObject([
      { attemptId: ada!.attemptId, change: 1_000, reason: "service-failure" },
    ]);
    const cookie = await staffCookie(olu);
    const audit = await jsonOf<AuditList>(await call("GET", "/v1/audit?what=attempt-refunded", { cookie }));
    expect(audit.entries.map(({ entry }) => entry)).toMatchObject([
      {
        who: { kind: "system" },
        on: { kind: "attempt", id: ada!.attemptId },
        details: { reason: "service-failure", failure: "record-unreadable" },
      },
    ]);
  });

  it("[B16] is one of which its session has nothing any more", async () => {
    const stub = await twoWhoLeft();
    const [, grace] = scheduled.links;
    const its = `attempt_id = '${grace!.attemptId}'`;
    await inRoom(stub, `DELETE FROM events WHERE ${its}`, `DELETE FROM attempts WHERE ${its}`);
    await ask();
    expect((await ledger()).entries.filter(({ kind }) => kind === "refund")).toMatchObject([
      { attemptId: grace!.attemptId, reason: "service-failure" },
    ]);
  });

  it("[B16] is what one room says, though another cannot be asked", async () => {
    const stub = await twoWhoLeft();
    const broken = await scheduleSitting();
    const where = "where attempt_id in (select id from attempts where exam_session_id = ?)";
    (await beginExam(broken, 0)).leave();
    await vi.waitFor(async () => expect((await ledger()).balance).toBe(-3_000));
    await env.DB.prepare(`update registrations set link_expires_at = ? ${where}`)
      .bind(Date.now() - 2 * hourMs, broken.sitting.examSessionId)
      .run();
    await inRoom(stub, "DELETE FROM events", "DELETE FROM attempts");
    await inRoom(examSession(env, broken.sitting.examSessionId) as Stub, "DROP TABLE attempts");
    const said = vi.spyOn(console, "warn");
    await ask();
    expect((await ledger()).entries.filter(({ kind }) => kind === "refund")).toHaveLength(2);
    const lines = said.mock.calls.map(([line]) => JSON.parse(String(line)) as object);
    expect(lines).toMatchObject([{ event: "refund-failed", examSessionId: broken.sitting.examSessionId }]);
  });

  it("[B16] is nothing while somebody can still go on, and nothing that the session did not fail", async () => {
    const stub = await twoWhoLeft();
    await ask();
    expect((await ledger()).balance, "both go on, as far as their session knows").toBe(-2_000);
    await inRoom(stub, "DELETE FROM events", "DELETE FROM attempts");
    await env.DB.prepare("update registrations set link_expires_at = ?").bind(Date.now()).run();
    await ask();
    expect((await ledger()).balance, "an hour has not passed").toBe(-2_000);
  });

  it("[B12] [B16] is none that ended, whatever became of its record after", async () => {
    const stub = await twoWhoLeft();
    await env.DB.prepare("update attempts set closed_at = 5, status = 'handed-in'").run();
    await inRoom(stub, "DELETE FROM events", "DELETE FROM attempts");
    await ask();
    expect((await ledger()).balance).toBe(-2_000);
  });
});

describe("what an end by staff gives back", () => {
  async function refunds() {
    return (await ledger()).entries.filter(({ kind }) => kind === "refund");
  }

  it("[B18] is given back once, though the database refuses it at first and the session is evicted meanwhile", async () => {
    const { attemptId } = scheduled.links[0]!;
    const { stub, leave } = await beginExam(scheduled, 0);
    await vi.waitFor(async () => expect((await ledger()).balance).toBe(-1_000));
    await env.DB.exec(
      "CREATE TRIGGER shut BEFORE INSERT ON ledger_entries WHEN NEW.kind = 'refund' BEGIN SELECT RAISE(ABORT, 'shut'); END",
    );
    const proctor = await asProctor(stub);
    const end = { type: "terminate", cause: "technical", reason: "The power went" } as const;
    expect(await proctor.do(attemptId, end)).toMatchObject({ accepted: true });
    await vi.waitFor(async () => {
      const status = await env.DB.prepare("select status from attempts where id = ?").bind(attemptId).first("status");
      expect(status).toBe("terminated");
    });
    leave();
    await evict(stub);
    expect(await refunds()).toEqual([]);

    await env.DB.exec("DROP TRIGGER shut");
    await runDurableObjectAlarm(stub);
    await vi.waitFor(async () => expect(await refunds()).toHaveLength(1), { timeout: 5_000 });
    await evict(stub);
    const later = await asProctor(stub);
    expect(await later.do(attemptId, end)).toMatchObject({ accepted: true });
    await runDurableObjectAlarm(stub);
    expect(await ledger()).toMatchObject({ balance: 0 });
    expect(await refunds()).toMatchObject([
      { attemptId, change: 1_000, reason: "technical-end", refundedBy: { id: "member-lin", name: null } },
    ]);
    for (const line of [proctor, later]) line.close();
  });

  it("[B12] [B18] is nothing for one that was handed in: it cannot be ended any more", async () => {
    const { attemptId } = scheduled.links[0]!;
    const { stub, line, leave } = await beginExam(scheduled, 0);
    await line.do({ type: "handIn" });
    const proctor = await asProctor(stub);
    const end = { type: "terminate", cause: "technical", reason: "A free exam" } as const;
    expect(await proctor.do(attemptId, end)).toEqual({ accepted: false, refusal: "handed-in" });
    await vi.waitFor(async () => {
      expect((await ledger()).entries).toMatchObject([{ kind: "debit", mayRefund: true }]);
    });
    expect(await refunds()).toEqual([]);
    leave();
    proctor.close();
  });
});
