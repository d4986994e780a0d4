import { beforeEach, describe, expect, it } from "vitest";
import { brand, type CandidateId } from "#domain/exam/ids.ts";
import { keepings } from "#domain/retention/data-class.ts";
import { strFromU8, unzipSync } from "fflate";
import type { CandidateList, LegalHold } from "#protocol/http/retention.ts";
import {
  call,
  env,
  jsonOf,
  openSchools,
  problemOf,
  rosa,
  type Scheduled,
  scheduleSitting,
  staffCookie,
} from "#test/support/school.ts";
import { runScheduledRetention } from "#worker/retention/scheduled.ts";
import { deletionWriter } from "#worker/database/deletion-writer.ts";
import { readable, sitAndEnd } from "./ended-exam.ts";

let scheduled: Scheduled;
let keeper: { readonly cookie: string };

beforeEach(async () => {
  await openSchools();
  scheduled = await scheduleSitting();
  keeper = { cookie: await staffCookie(rosa) };
});

describe("a legal hold", () => {
  it.each(["erasure", "the end of the period"])(
    "[D8] keeps what was sent about it, as of everybody else at the address: %s",
    async (how) => {
      const ada = await sitAndEnd(scheduled, 0, keepings.results.days);
      const held = await scheduleSitting();
      const shared = await scheduleSitting();
      const body = { on: { kind: "sitting", id: held.sitting.id }, reason: "A court asked for it" };
      await call("POST", "/v1/holds", { ...keeper, body });
      await env.DB.batch([
        env.DB.prepare("update candidates set email = 'ada@people.example' where name = 'Grace'"),
        env.DB.prepare(
          "update candidates set email = 'another@people.example' where id = (select candidate_id from registrations where attempt_id = ?)",
        ).bind(shared.links[0]!.attemptId),
        env.DB.prepare(
          "update candidates set email = null where id = (select candidate_id from registrations where attempt_id = ?)",
        ).bind(scheduled.links[1]!.attemptId),
        env.DB.prepare("delete from mails"),
      ]);
      const mail = env.DB.prepare(
        `insert into mails (tenant_id, id, kind, "to", subject, sitting_id, status, created_at) values ('north', ?, ?, ?, 'x', ?, 'waiting', ?)`,
      );
      const to = "ada@people.example";
      await env.DB.batch([
        mail.bind("hers", "candidate-link", "Ada@People.example", scheduled.sitting.id, 1),
        mail.bind("under the hold", "candidate-link", to, held.sitting.id, 1),
        mail.bind("Grace's at the same address", "candidate-link", to, shared.sitting.id, 1),
        mail.bind("to a proctor at the address", "proctor-assigned", to, scheduled.sitting.id, Date.now()),
      ]);
      if (how === "erasure") {
        await deletionWriter(env.DB, rosa.tenantId).personErased(brand<CandidateId>(ada.candidateId), Date.now());
      } else await call("POST", "/v1/retention/runs", keeper);
      const { results } = await env.DB.prepare("select id from mails order by id").all<{ id: string }>();
      expect(results.map(({ id }) => id)).toEqual([
        "Grace's at the same address",
        "to a proctor at the address",
        "under the hold",
      ]);
    },
  );
});

describe("a person who has places in several sittings under one address", () => {
  /** Of ada in each of the two sittings: the candidates, and what they are called there. */
  let rows: readonly { readonly id: string; readonly attemptId: string }[];
  let second: Scheduled;

  beforeEach(async () => {
    second = await scheduleSitting();
    const { results } = await env.DB.prepare(
      `select candidate_id as id, attempt_id as attemptId from registrations
      where attempt_id in (?, ?) order by attempt_id = ?`,
    )
      .bind(scheduled.links[0]!.attemptId, second.links[0]!.attemptId, second.links[0]!.attemptId)
      .all<{ id: string; attemptId: string }>();
    rows = results;
    await renamed("Ada", " ADA@People.example");
  });

  /** In the second sitting, as it was typed there. */
  async function renamed(name: string, email: string): Promise<void> {
    await env.DB.prepare("update candidates set name = ?, email = ? where id = ?").bind(name, email, rows[1]!.id).run();
  }

  async function find(search: string): Promise<CandidateList["candidates"]> {
    return (await jsonOf<CandidateList>(await call("GET", `/v1/candidates?search=${search}`, keeper))).candidates;
  }

  function erase(name: string, row = 0): Promise<Response> {
    return call("DELETE", `/v1/candidates/${rows[row]!.id}`, { ...keeper, body: { name } });
  }

  async function place(kind: string, id: string): Promise<LegalHold> {
    await call("POST", "/v1/holds", { ...keeper, body: { on: { kind, id }, reason: "A court" } });
    const { holds } = await jsonOf<{ holds: LegalHold[] }>(
      await call("GET", `/v1/holds?attempt=${rows[1]!.attemptId}`, keeper),
    );
    return holds[0]!;
  }

  async function left(): Promise<readonly string[]> {
    const { results } = await env.DB.prepare("select name from candidates where name <> 'Grace' order by name").all();
    return results.map(({ name }) => String(name));
  }

  it("[D17] is found once, with all their exams; who has no address is found for each place", async () => {
    expect(await find("ada")).toMatchObject([
      { names: ["Ada"], attempts: [{ name: "Ada", sittingTitle: "Spring" }, { name: "Ada" }] },
    ]);
    expect(await find("grace")).toMatchObject([{ attempts: [{}] }, { attempts: [{}] }]);
    expect((await find("")).map(({ attempts }) => attempts.length).toSorted((one, other) => one - other)).toEqual([
      1, 1, 2,
    ]);
  });

  it("[D17] is handed out and erased whole, by whichever of the places is asked for", async () => {
    await call("GET", `/v1/candidates/${rows[0]!.id}/data`, keeper);
    const data = await call("GET", `/v1/candidates/${rows[1]!.id}/data`, keeper);
    const files = unzipSync(new Uint8Array(await data.arrayBuffer()));
    const attempts = [1, 2].map((exam) => {
      const text = strFromU8(files[`exam-${exam}/place.json`]!);
      return (JSON.parse(text) as { attemptId: string }).attemptId;
    });
    expect(attempts.toSorted()).toEqual(rows.map(({ attemptId }) => attemptId).toSorted());
    expect(JSON.parse(strFromU8(files["audit.json"]!))).toContainEqual(
      expect.objectContaining({ kind: "person-data-exported", on: { kind: "candidate", id: rows[0]!.id } }),
    );
    expect((await erase("Ada", 1)).status).toBe(200);
    expect(await left()).toEqual(["Erased person", "Erased person"]);
    const { results } = await env.DB.prepare("select candidate_id from erasures where done_at is not null").all();
    expect(results).toHaveLength(2);
    const said = await env.DB.prepare("select count(*) as n from audit_entries where kind = 'person-erased'").first(
      "n",
    );
    expect(said).toBe(2);
  });

  it("[D8] [D17] is held whole by a hold that names one of the places", async () => {
    const ada = await sitAndEnd(second, 0, 5_000);
    expect(await place("candidate", rows[0]!.id)).toMatchObject({ name: "Ada" });
    await call("POST", "/v1/retention/runs", keeper);
    expect(await readable(ada)).toHaveLength(3);
    for (const row of [0, 1]) {
      expect(await problemOf(await erase("Ada", row))).toMatchObject({ detail: expect.stringContaining("legal hold") });
    }
  });

  it("[D9] [D17] is not erased while one of their sittings is held", async () => {
    await place("sitting", second.sitting.id);
    expect(await problemOf(await erase("Ada"))).toMatchObject({ detail: expect.stringContaining("legal hold") });
    expect(await left()).toEqual(["Ada", "Ada"]);
  });

  it("[D9] [D17] with several names is erased by the address alone, which says that it is all of them", async () => {
    await renamed("Bert", "ada@people.example");
    expect(await find("ber")).toMatchObject([{ names: ["Ada", "Bert"] }]);
    expect(await problemOf(await erase("Bert", 1))).toMatchObject({
      code: "refused",
      detail: expect.stringContaining("2 names have this address"),
    });
    expect(await left()).toEqual(["Ada", "Bert"]);
    expect((await erase("ada@people.example")).status).toBe(200);
    expect(await left()).toEqual(["Erased person", "Erased person"]);
  });

  it("[D10] [D17] whose erasure goes on keeps a place that they got after it was asked for", async () => {
    await env.DB.prepare(
      "insert into erasures (tenant_id, candidate_id, asked_by, asked_at) values ('north', ?, 'rosa', 0)",
    )
      .bind(rows[0]!.id)
      .run();
    await runScheduledRetention(env, Date.now());
    expect(await left()).toEqual(["Ada", "Erased person"]);
  });
});
