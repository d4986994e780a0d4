import { beforeEach, describe, expect, it } from "vitest";
import { attemptClasses } from "#domain/retention/data-class.ts";
import type { AuditEntry } from "#protocol/audit.ts";
import type { CandidateList, ErasureDone, PersonData } from "#protocol/http/retention.ts";
import { examSession } from "#worker/exam-sessions.ts";
import { runScheduledRetention } from "#worker/retention/scheduled.ts";
import {
  call,
  env,
  jsonOf,
  mallory,
  openSchools,
  problemOf,
  rosa,
  type Scheduled,
  scheduleSitting,
  staffCookie,
} from "#test/support/school.ts";
import { copyOf, type Ended, readable, sitAndEnd } from "./ended-exam.ts";

let scheduled: Scheduled;
let keeper: { readonly cookie: string };
let ada: Ended;

beforeEach(async () => {
  await openSchools();
  scheduled = await scheduleSitting();
  keeper = { cookie: await staffCookie(rosa) };
  ada = await sitAndEnd(scheduled, 0, 3);
});

async function find(search: string, cookie = keeper.cookie): Promise<CandidateList["candidates"]> {
  const path = `/v1/candidates?search=${encodeURIComponent(search)}`;
  return (await jsonOf<CandidateList>(await call("GET", path, { cookie }))).candidates;
}

function erase(name = "Ada"): Promise<Response> {
  return call("DELETE", `/v1/candidates/${ada.candidateId}`, { ...keeper, body: { name } });
}

async function entries(kind: string): Promise<readonly AuditEntry[]> {
  const { results } = await env.DB.prepare("select entry from audit_entries where kind = ? order by seq")
    .bind(kind)
    .all<{ entry: string }>();
  return results.map(({ entry }) => JSON.parse(entry) as AuditEntry);
}

describe("one person's data", () => {
  it("[D11] is found by a part of name or e-mail, within the institution", async () => {
    for (const search of ["ad", "PEOPLE.ex"]) {
      expect(await find(search)).toMatchObject([{ id: ada.candidateId, attempts: [{ sittingTitle: "Spring" }] }]);
    }
    expect(await find("")).toHaveLength(2);
    expect(await find("%")).toEqual([]);
    expect(await find("", await staffCookie(mallory))).toEqual([]);
  });

  it("[D11] is handed out whole: name, answers, messages, scores, pictures, recording, entries, and why it is kept", async () => {
    const path = `/v1/candidates/${ada.candidateId}/data`;
    const answer = await call("GET", path, keeper);
    expect(answer.headers.get("content-disposition")).toContain("attachment");
    const data = await jsonOf<PersonData>(answer);
    const session = examSession(env, scheduled.sitting.examSessionId);
    const { texts } = (await session.signedLog(ada.attemptId))!;
    expect(data).toMatchObject({
      person: { id: ada.candidateId, name: "Ada", email: "ada@people.example" },
      attempts: [{ attemptId: ada.attemptId, events: texts, erasedAt: null, result: { status: "handed-in" } }],
      isOnHold: false,
    });
    expect(data.attempts[0]?.scores.length).toBeGreaterThan(0);
    expect(data.purposes).toContainEqual(expect.objectContaining({ of: "answers", days: 730 }));
    expect(data.audit.map(({ entry }) => (JSON.parse(entry) as AuditEntry).kind)).toContain("handed-in");
    expect(JSON.stringify(data)).not.toContain("Grace");
    const link = await env.DB.prepare("select link_hash from registrations where attempt_id = ?")
      .bind(ada.attemptId)
      .first<string>("link_hash");
    expect(JSON.stringify(data)).not.toContain(link);
    expect(await entries("person-data-exported")).toMatchObject([{ on: { kind: "candidate", id: ada.candidateId } }]);
  });

  it("[D10] is erased at once, whatever the periods say, and nobody else's", async () => {
    const mail = env.DB.prepare(
      `insert into mails (tenant_id, id, kind, "to", subject, sitting_id, status, created_at) values ('north', ?, 'link', ?, 'Spring', ?, 'sent', 1)`,
    );
    await env.DB.batch(["ada", "eve"].map((name) => mail.bind(name, `${name}@people.example`, scheduled.sitting.id)));
    const before = await jsonOf<PersonData>(await call("GET", `/v1/candidates/${ada.candidateId}/data`, keeper));
    expect(before.mails).toMatchObject([{ id: "ada" }]);
    const grace = await sitAndEnd(scheduled, 1, 3);
    const putBack = await copyOf(ada);
    const { isDone, stays } = await jsonOf<ErasureDone>(await erase());
    expect(isDone).toBe(true);
    expect(stays).toHaveLength(3);
    await putBack();
    expect(await readable(ada)).toEqual([]);
    expect(await readable(grace)).toHaveLength(3);
    expect(await find("Ada")).toEqual([]);
    expect(await find("Erased")).toMatchObject([{ id: ada.candidateId, email: null, erasedAt: expect.any(Number) }]);
    expect(await problemOf(await call("GET", `/v1/attempts/${ada.attemptId}`, keeper))).toMatchObject({
      code: "erased",
      detail: expect.stringContaining("its candidate asked for it"),
    });
    const said = await entries("retention-deleted");
    expect(said.map(({ details }) => details["class"])).toEqual([...attemptClasses, attemptClasses.join(" ")]);
    for (const { details } of said) expect(details["rule"]).toBe("erasure");
    expect(await entries("person-erased")).toMatchObject([{ who: { kind: "member", id: rosa.id } }]);
    const everything = await Promise.all(
      [
        "mails",
        "candidates",
        "registrations",
        "attempts",
        "item_scores",
        "violations",
        "audit_entries",
        "erasures",
      ].map(async (table) => (await env.DB.prepare(`select * from ${table}`).all()).results),
    );
    expect(JSON.stringify(everything)).not.toMatch(/Ada|ada@/);
    expect((await env.DB.prepare("select id from mails where \"to\" like '%@people.example'").all()).results).toEqual([
      { id: "eve" },
    ]);
    // Once more, it is as it was.
    expect((await erase("Erased person")).status).toBe(200);
    expect(await entries("retention-deleted")).toHaveLength(said.length);
  });

  it("[D9] stays while a hold or an undecided review stands, or the name is not the person's", async () => {
    expect(await problemOf(await erase("Grace"))).toMatchObject({ code: "refused" });
    const body = { on: { kind: "sitting", id: scheduled.sitting.id }, reason: "A court" };
    const { id } = await jsonOf<{ id: string }>(await call("POST", "/v1/holds", { ...keeper, body }));
    expect(await problemOf(await erase())).toMatchObject({ detail: expect.stringContaining("legal hold") });
    await call("DELETE", `/v1/holds/${id}`, keeper);
    await env.DB.prepare("update attempts set review = 'held' where id = ?").bind(ada.attemptId).run();
    expect(await problemOf(await erase())).toMatchObject({ detail: expect.stringContaining("held for review") });
    expect(await readable(ada)).toHaveLength(3);
    expect(await entries("retention-deleted")).toEqual([]);
  });

  it("[D10] of which a part could not be erased is gone on with by the schedule", async () => {
    await env.DB.prepare(
      "insert into erasures (tenant_id, candidate_id, asked_by, asked_at) values ('north', ?, 'rosa', 0)",
    )
      .bind(ada.candidateId)
      .run();
    await runScheduledRetention(env, Date.now());
    expect(await readable(ada)).toEqual([]);
    expect(await find("Erased")).toMatchObject([{ erasedAt: expect.any(Number) }]);
  });
});
