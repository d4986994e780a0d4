import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { decodeBase64, decodeBase64Url } from "#domain/evidence/base64.ts";
import { verifyReceipt } from "#domain/evidence/receipt.ts";
import { attemptClasses, dataClasses, keepings, mediaClasses } from "#domain/retention/data-class.ts";
import { dayMs, periodsFrom } from "#domain/retention/period.ts";
import type { AuditEntry } from "#protocol/audit.ts";
import type { Deletion, LegalHold, Retention, RetentionPreview, RetentionRun } from "#protocol/http/retention.ts";
import type { RecordFile } from "#protocol/http/review.ts";
import { homesOf } from "#worker/home.ts";
import { runRetention } from "#worker/retention/run.ts";
import { runSchedule } from "./run-schedule.ts";
import { examSession } from "#worker/exam-sessions.ts";
import { sha256 } from "#worker/sha256.ts";
import { evict, type Stub } from "#test/support/session-room.ts";
import {
  call,
  env,
  jsonOf,
  mallory,
  marek,
  openSchools,
  problemOf,
  rosa,
  type Scheduled,
  scheduleSitting,
  staffCookie,
} from "#test/support/school.ts";
import { verifyEd25519 } from "#test/support/signed-receipt.ts";
import { ageTo, copyOf, type Ended, keepMedia, readable, sitAndEnd } from "./ended-exam.ts";

let scheduled: Scheduled;
let keeper: { readonly cookie: string };

beforeEach(async () => {
  await openSchools();
  scheduled = await scheduleSitting();
  keeper = { cookie: await staffCookie(rosa) };
});

async function run(): Promise<RetentionRun> {
  return jsonOf(await call("POST", "/v1/retention/runs", keeper));
}

async function preview(): Promise<RetentionPreview> {
  return jsonOf(await call("GET", "/v1/retention/preview", keeper));
}

async function deletions(database: D1Database = env.DB): Promise<readonly AuditEntry[]> {
  const { results } = await database
    .prepare("select entry from audit_entries where kind = 'retention-deleted' order by seq")
    .all<{ entry: string }>();
  return results.map(({ entry }) => JSON.parse(entry) as AuditEntry);
}

async function saidOf({ attemptId }: Ended): Promise<readonly string[]> {
  return (await deletions()).filter(({ on }) => on?.id === attemptId).map(({ details }) => String(details["class"]));
}

async function hold(kind: string, id: string, reason = "A court asked for it"): Promise<string> {
  const body = { on: { kind, id }, reason };
  return (await jsonOf<{ id: string }>(await call("POST", "/v1/holds", { ...keeper, body }))).id;
}

async function publishedKeys() {
  const { keys } = await jsonOf<{ keys: { x: string; kid: string }[] }>(await call("GET", "/.well-known/jwks.json"));
  return keys.map(({ x, kid }) => ({ label: kid, publicKey: decodeBase64Url(x) ?? new Uint8Array() }));
}

describe("a run of retention", () => {
  it("[D3] [D6] deletes exactly what is due, says each once, and leaves what is another's", async () => {
    const ada = await sitAndEnd(scheduled, 0, keepings.recordings.days);
    const grace = await sitAndEnd(scheduled, 1, keepings.identity.days - 1);
    const another = { ...ada, tenantId: mallory.tenantId };
    await keepMedia(another);
    const putBack = await copyOf(ada);

    expect(await run()).toEqual({ deleted: 3, failed: 0, isMore: false });
    await putBack();
    expect(await readable(ada)).toEqual([]);
    expect(await readable(grace)).toEqual(mediaClasses);
    expect(await readable(another)).toEqual(mediaClasses);
    expect(await saidOf(ada)).toEqual(["recordings", "identity", "snapshots"]);
    expect((await deletions())[0]).toMatchObject({
      who: { kind: "system" },
      on: { kind: "attempt", id: ada.attemptId },
      details: { class: "recordings", rule: "period", objects: 2, days: keepings.recordings.days },
    });
    expect((await call("GET", `/v1/attempts/${ada.attemptId}`, keeper)).status).toBe(200);

    expect(await run()).toEqual({ deleted: 0, failed: 0, isMore: false });
    expect(await deletions()).toHaveLength(3);
    const { runs } = await jsonOf<Retention>(await call("GET", "/v1/retention", keeper));
    expect(runs).toMatchObject([
      { startedByName: "rosa", deleted: 0 },
      { deleted: 3, failed: 0, isMore: false },
    ]);
  });

  it("[D6] forgets what was sent to staff when the time of results is over, and nothing that was sent to a candidate", async () => {
    const old = Date.now() - keepings.results.days * dayMs - 1_000;
    const mail = env.DB.prepare(
      `insert into mails (tenant_id, id, kind, "to", subject, sitting_id, status, created_at) values (?, ?, ?, 'x@school.example', 'x', null, 'sent', ?)`,
    );
    await env.DB.prepare("delete from mails").run();
    await env.DB.batch([
      mail.bind("north", "old invitation", "member-invitation", old),
      mail.bind("north", "old assignment", "proctor-assigned", old),
      mail.bind("north", "new invitation", "member-invitation", old + 60_000),
      mail.bind("north", "old link", "candidate-link", old),
      mail.bind("south", "another's", "member-invitation", old),
    ]);
    await run();
    const { results } = await env.DB.prepare("select id from mails order by id").all<{ id: string }>();
    expect(results.map(({ id }) => id)).toEqual(["another's", "new invitation", "old link"]);
  });

  it("[D13] says of each part that is gone since when, and for how many days it was kept", async () => {
    const ada = await sitAndEnd(scheduled, 0, 400);
    const grace = await sitAndEnd(scheduled, 1, 3);
    const periods = periodsFrom({ recordings: 30, answers: 365 });
    await call("PUT", "/v1/retention", { ...keeper, body: { periods } });
    const before = Date.now();
    await run();
    // What is set afterwards changes nothing of what was.
    await call("PUT", "/v1/retention", { ...keeper, body: { periods: periodsFrom({}) } });
    await call("DELETE", `/v1/candidates/${grace.candidateId}`, { ...keeper, body: { name: "Grace" } });
    const deletionsOf = async ({ attemptId }: Ended) =>
      (await jsonOf<{ deletions: Deletion[] }>(await call("GET", `/v1/attempts/${attemptId}/deletions`, keeper)))
        .deletions;
    const ofAda = await deletionsOf(ada);
    expect(ofAda.map(({ of, rule, days }) => [of, rule, days])).toEqual([
      ["recordings", "period", 30],
      ["identity", "period", keepings.identity.days],
      ["snapshots", "period", keepings.snapshots.days],
      ["answers", "period", 365],
    ]);
    for (const { at } of ofAda) expect(at).toBeGreaterThanOrEqual(before);
    expect((await deletionsOf(grace)).map(({ of, rule, days }) => [of, rule, days])).toEqual(
      attemptClasses.map((of) => [of, "erasure", null]),
    );
    expect((await call("GET", "/v1/attempts/nowhere/deletions", keeper)).status).toBe(404);
  });

  it("[D3] deletes nothing of what goes on, waits for a decision, or was never over", async () => {
    const ada = await sitAndEnd(scheduled, 0, 4_000);
    await env.DB.prepare("update attempts set review = 'held' where id = ?").bind(ada.attemptId).run();
    expect(await run()).toMatchObject({ deleted: 0 });
    await env.DB.prepare("update attempts set review = null, closed_at = null where id = ?").bind(ada.attemptId).run();
    expect(await run()).toMatchObject({ deleted: 0 });
    expect(await readable(ada)).toEqual(mediaClasses);
  });

  it("[D6] that is cut off anywhere is gone on with by the next, which says each deletion once", async () => {
    const [ada, grace] = [await sitAndEnd(scheduled, 0, 200), await sitAndEnd(scheduled, 1, 200)];
    const { recordings } = homesOf(env).shared;
    for (let calls = 0; calls < 12; calls += 1) {
      let left = calls;
      const dying = new Proxy(recordings, {
        get(target, name: keyof R2Bucket) {
          const method = target[name] as (...given: unknown[]) => unknown;
          return (...given: unknown[]) => {
            if (left === 0) throw new Error("cut off");
            left -= 1;
            return method.apply(target, given);
          };
        },
      });
      const home = { database: env.DB, recordings: dying };
      const { failed } = await runRetention(env, home, rosa.tenantId, null);
      expect(failed, `after ${calls} calls`).toBeGreaterThan(0);
    }
    expect(await run()).toMatchObject({ failed: 0, isMore: false });
    for (const each of [ada, grace]) {
      expect(await readable(each)).toEqual([]);
      expect((await saidOf(each)).toSorted()).toEqual(["identity", "recordings", "snapshots"]);
    }
    expect((await env.RECORDINGS.list({ prefix: "north/" })).objects).toEqual([]);
  });

  it("[D6] goes by itself for every institution, in whichever home it lives, and leaves no trace where nothing is due", async () => {
    const ada = await sitAndEnd(scheduled, 0, 200);
    await runSchedule(Date.now());
    expect(await readable(ada)).toEqual([]);
    await runSchedule(Date.now());
    const runs = await env.DB.prepare("select tenant_id, started_by from retention_runs").all();
    expect(runs.results).toEqual([{ tenant_id: "north", started_by: null }]);
    const old = Date.now() - 1_200 * dayMs;
    const entry = JSON.stringify({ at: old, kind: "signed-in", who: { kind: "member", id: marek.id }, on: null });
    await env.DB_EU.prepare("insert into audit_entries (tenant_id, seq, salt, entry) values ('east', 1, 's', ?)")
      .bind(entry)
      .run();
    await runSchedule(Date.now());
    expect(await deletions(env.DB_EU)).toMatchObject([{ details: { class: "audit", from: 1, to: 1, entries: 1 } }]);
  });

  it("[D4] does what the preview said, and the preview does nothing", async () => {
    await sitAndEnd(scheduled, 0, keepings.recordings.days);
    await sitAndEnd(scheduled, 1, keepings.identity.days);
    const before = await preview();
    const dueOf = (of: string) => before.classes.find((each) => each.of === of);
    expect(dueOf("identity")).toMatchObject({ due: 2, held: 0, waiting: 0 });
    expect(dueOf("recordings")).toMatchObject({ due: 1, waiting: 1 });
    expect(dueOf("answers")).toMatchObject({ due: 0, waiting: 2 });
    expect(before.sittings).toEqual([
      {
        sittingId: scheduled.sitting.id,
        title: "Spring",
        closesAt: scheduled.sitting.closesAt,
        due: [
          { of: "recordings", count: 1 },
          { of: "snapshots", count: 1 },
          { of: "identity", count: 2 },
        ],
      },
    ]);
    expect(await deletions()).toEqual([]);
    expect(await run()).toMatchObject({ deleted: 4 });
    expect((await preview()).classes.map(({ due }) => due)).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe("a legal hold", () => {
  it.each(["attempt", "candidate", "sitting"] as const)(
    "[D8] on the %s keeps everything under it until it is released, and its reason is told to nobody else",
    async (kind) => {
      const ada = await sitAndEnd(scheduled, 0, 5_000);
      const grace = await sitAndEnd(scheduled, 1, 100);
      const id = { attempt: ada.attemptId, candidate: ada.candidateId, sitting: scheduled.sitting.id }[kind];
      const holdId = await hold(kind, id, "Case 4711 against Ada");
      expect((await preview()).classes.find(({ of }) => of === "recordings")).toMatchObject({ due: 0, held: 1 });
      // Grace is of the same sitting, and of nothing else that is held.
      expect(await run()).toMatchObject({ deleted: kind === "sitting" ? 0 : 1 });
      expect(await readable(ada)).toEqual(mediaClasses);
      expect(await readable(grace)).toEqual(kind === "sitting" ? mediaClasses : ["recordings", "snapshots"]);
      const { holds } = await jsonOf<{ holds: LegalHold[] }>(await call("GET", "/v1/holds", keeper));
      expect(holds).toMatchObject([
        { id: holdId, on: { kind, id }, reason: "Case 4711 against Ada", placedByName: "rosa", releasedAt: null },
      ]);

      const standing = async (query: string) =>
        (await jsonOf<{ holds: LegalHold[] }>(await call("GET", `/v1/holds?${query}`, keeper))).holds.length;
      expect(await standing(`attempt=${ada.attemptId}`)).toBe(1);
      expect(await standing(`attempt=${grace.attemptId}`)).toBe(kind === "sitting" ? 1 : 0);
      expect(await standing(`sitting=${scheduled.sitting.id}`)).toBe(kind === "sitting" ? 1 : 0);

      expect((await call("DELETE", `/v1/holds/${holdId}`, keeper)).status).toBe(204);
      const after = await jsonOf<{ holds: LegalHold[] }>(await call("GET", "/v1/holds", keeper));
      expect(after.holds).toMatchObject([{ id: holdId, releasedByName: "rosa" }]);
      expect((await call("DELETE", `/v1/holds/${holdId}`, keeper)).status).toBe(404);
      await run();
      expect(await readable(ada)).toEqual([]);
      const { results } = await env.DB.prepare("select entry from audit_entries where kind like 'legal-hold-%'").all();
      expect(results).toHaveLength(2);
      expect(JSON.stringify(results)).not.toContain("4711");
    },
  );

  it("[D8] is placed on nothing that there is not, or that is another's", async () => {
    const body = { on: { kind: "attempt", id: "nowhere" }, reason: "x" };
    expect((await call("POST", "/v1/holds", { ...keeper, body })).status).toBe(404);
    const other = { on: { kind: "attempt", id: scheduled.links[0]!.attemptId }, reason: "x" };
    const cookie = await staffCookie(mallory);
    expect((await call("POST", "/v1/holds", { cookie, body: other })).status).toBe(404);
  });
});

describe("the answers of an attempt", () => {
  it("[D7] are erased, and every receipt of it verifies afterwards, also after the session began anew", async () => {
    const ada = await sitAndEnd(scheduled, 0, keepings.answers.days);
    const grace = await sitAndEnd(scheduled, 1, 1);
    const path = `/v1/attempts/${ada.attemptId}`;
    const before = await jsonOf<RecordFile>(await call("GET", `${path}/record`, keeper));
    expect(await run()).toMatchObject({ failed: 0 });

    const session = examSession(env, scheduled.sitting.examSessionId) as Stub;
    for (const again of [false, true]) {
      if (again) await evict(session);
      expect(await problemOf(await call("GET", path, keeper))).toMatchObject({ status: 410, code: "erased" });
      const file = await jsonOf<RecordFile>(await call("GET", `${path}/record`, keeper));
      expect(file).toMatchObject({ events: [], erased: { why: "period" }, origin: before.origin });
      const { leaves = [] } = file.erased ?? {};
      expect(leaves).toHaveLength(before.events.length);
      const log = { origin: file.origin, events: [], erasedLeaves: leaves.map((leaf) => decodeBase64(leaf)!) };
      const keys = await publishedKeys();
      for (const receipt of [...ada.receipts, before.checkpoint, file.checkpoint]) {
        expect(verifyReceipt(receipt, log, keys, sha256, verifyEd25519)).toMatchObject({ fits: true });
      }
      const forged = { ...log, erasedLeaves: log.erasedLeaves.with(2, new Uint8Array(32)) };
      expect(verifyReceipt(file.checkpoint, forged, keys, sha256, verifyEd25519)).toMatchObject({ fits: false });
      expect(await session.standing(ada.attemptId, "browser-of-place-0-00001")).toBe("unknown");
      expect((await session.record(grace.attemptId))?.attempt.status).toBe("handed-in");
    }
    const scores = await env.DB.prepare("select count(*) as n from item_scores where attempt_id = ?")
      .bind(ada.attemptId)
      .first("n");
    expect(scores).toBe(0);
    const kept = await env.DB.prepare("select points from attempts where id = ?").bind(ada.attemptId).first("points");
    expect(kept, "the result is kept for longer").not.toBeNull();
  });

  it("[D7] leave nothing in the session that anybody wrote, and no hash that could be guessed", async () => {
    const ada = await sitAndEnd(scheduled, 0, keepings.answers.days);
    const session = examSession(env, scheduled.sitting.examSessionId) as Stub;
    const { texts } = (await session.signedLog(ada.attemptId))!;
    for (const text of texts) expect(JSON.parse(text)).toMatchObject({ salt: expect.stringMatching(/^[\w-]{22}$/) });
    await run();
    const left = await runInDurableObject(session, (_instance, { storage: { sql } }) => {
      const tables = sql.exec<{ name: string }>("select name from sqlite_master where type = 'table'").toArray();
      const names = tables.map(({ name }) => name).filter((name) => !/^(_cf|sqlite)_/.test(name));
      return names.flatMap((name) =>
        sql.exec(`select * from ${name} where ${idColumn(name)}`, ada.attemptId).toArray(),
      );
      function idColumn(name: string): string {
        const columns = sql.exec<{ name: string }>(`pragma table_info(${name})`).toArray();
        return columns.some((column) => column.name === "attempt_id") ? "attempt_id = ?" : "? is null";
      }
    });
    expect(left.length).toBeGreaterThan(texts.length);
    expect(JSON.stringify(left)).not.toMatch(/Ada|side|browser-of|saveAnswer|answerSaved/);
  });

  it("[D6] names and results go last, when the last attempt of a person has none", async () => {
    const ada = await sitAndEnd(scheduled, 0, keepings.results.days);
    const grace = await sitAndEnd(scheduled, 1, keepings.results.days - 1);
    await run();
    const { results } = await env.DB.prepare("select name, email from candidates order by name").all();
    expect(results).toEqual([
      { name: "Erased person", email: null },
      { name: "Grace", email: null },
    ]);
    expect(await saidOf(ada)).toEqual(["recordings", "identity", "snapshots", "answers", "results"]);
    expect((await saidOf(grace)).toSorted()).toEqual(attemptClasses.filter((of) => of !== "results").toSorted());
  });
});

describe("the periods of an institution", () => {
  const usual = periodsFrom({});

  it("[D1] [D2] are set within their bounds, and the audit says what they were", async () => {
    const periods = { ...usual, identity: 30 };
    expect((await call("PUT", "/v1/retention", { ...keeper, body: { periods } })).status).toBe(204);
    const { classes } = await jsonOf<Retention>(await call("GET", "/v1/retention", keeper));
    expect(classes.map(({ of }) => of)).toEqual(dataClasses);
    expect(classes.find(({ of }) => of === "identity")).toMatchObject({ days: 30, usual: 90, atLeast: 1 });
    const entry = await env.DB.prepare("select entry from audit_entries where kind = 'retention-changed'").first(
      "entry",
    );
    expect(JSON.parse(String(entry))).toMatchObject({ details: { identity: "90 > 30 days" } });
    const short = { periods: { ...usual, recordings: 1 } };
    expect(await problemOf(await call("PUT", "/v1/retention", { ...keeper, body: short }))).toMatchObject({
      code: "refused",
      detail: expect.stringContaining("at least 14 days"),
    });
  });

  it("[D1] are those that a run goes by", async () => {
    const ada = await sitAndEnd(scheduled, 0, 20);
    await call("PUT", "/v1/retention", { ...keeper, body: { periods: { ...usual, recordings: 20 } } });
    expect(await run()).toMatchObject({ deleted: 1 });
    expect(await readable(ada)).toEqual(["snapshots", "identity"]);
    await ageTo(ada, 95);
    await run();
    expect(await readable(ada)).toEqual(["snapshots"]);
  });
});
