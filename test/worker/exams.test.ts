import { beforeEach, describe, expect, it } from "vitest";
import { policyFrom, policyNamed } from "#domain/integrity/policy.ts";
import type { Exam, ExamDraft } from "#protocol/http/exam.ts";
import {
  call,
  draft,
  env,
  jsonOf,
  noor,
  openSchools,
  problemOf,
  scheduleSitting,
  staffCookie,
} from "#test/support/school.ts";

let cookie: string;

beforeEach(async () => {
  await openSchools();
  cookie = await staffCookie(noor);
});

async function create(body: ExamDraft): Promise<Exam> {
  return jsonOf(await call("POST", "/v1/exams", { cookie, body }));
}

function publish({ id }: Pick<Exam, "id">): Promise<Response> {
  return call("POST", `/v1/exams/${id}/versions`, { cookie });
}

describe("writing an exam", () => {
  it("keeps a draft, replaces it, and lists it with its number of items", async () => {
    const exam = await create(draft);
    expect(exam).toMatchObject({ draft, versions: [] });
    const changed = { ...draft, title: "Another title" };
    await jsonOf(await call("PUT", `/v1/exams/${exam.id}`, { cookie, body: changed }));
    expect(await jsonOf(await call("GET", `/v1/exams/${exam.id}`, { cookie }))).toMatchObject({ draft: changed });
    const items = draft.sections.flatMap((section) => section.items).length;
    expect(await jsonOf(await call("GET", "/v1/exams", { cookie }))).toMatchObject({
      exams: [{ id: exam.id, title: "Another title", items, latestVersion: null }],
    });
  });

  it("takes an unfinished draft, and refuses to publish it with the place of each fault", async () => {
    const empty = await create({ ...draft, sections: [] });
    expect(await problemOf(await publish(empty))).toMatchObject({
      status: 409,
      code: "refused",
      detail: "The draft cannot be published. sections: there is no item.",
    });
  });

  it("says where a body is not as described, and nothing of what was in it", async () => {
    const body = {
      ...draft,
      durationMs: "WRONG-VALUE",
      sections: [{ id: "s", title: "", items: [{ kind: "WRONG-KIND" }] }],
    };
    const problem = await problemOf(await call("POST", "/v1/exams", { cookie, body }));
    expect(problem).toMatchObject({ status: 400, code: "bad-request" });
    expect(problem.detail).toContain("durationMs");
    expect(problem.detail).toContain("sections[0].title");
    expect(problem.detail).toContain("sections[0].items[0].kind");
    expect(JSON.stringify(problem)).not.toContain("WRONG");
  });
});

describe("publishing", () => {
  it("numbers the versions from 1, each with the draft as it was", async () => {
    const exam = await create(draft);
    expect(await jsonOf(await publish(exam))).toMatchObject({ number: 1 });
    await call("PUT", `/v1/exams/${exam.id}`, { cookie, body: { ...draft, title: "Second edition" } });
    expect(await jsonOf(await publish(exam))).toMatchObject({ number: 2 });
    const { results } = await env.DB.prepare("select title, content from exam_versions order by number").all<{
      title: string;
      content: string;
    }>();
    expect(results.map(({ title }) => title)).toEqual([draft.title, "Second edition"]);
    const integrity = policyNamed(draft.policy);
    const version = { ...draft, id: expect.any(String), examId: exam.id, number: 1, integrity };
    expect(JSON.parse(results[0]!.content)).toEqual(version);
  });

  it("[I8] freezes the policy with what the author changed of it", async () => {
    const exam = await create({ ...draft, policyChanges: { rules: { pasted: null }, reviewers: 2 } });
    await publish(exam);
    const row = await env.DB.prepare("select content from exam_versions").first<{ content: string }>();
    const version = JSON.parse(row?.content ?? "{}");
    expect(version).not.toHaveProperty("policyChanges");
    expect(version.integrity).toEqual(policyFrom(draft.policy, { rules: { pasted: null }, reviewers: 2 }));
  });

  it("gives a number once, when two publish at the same moment", async () => {
    const exam = await create(draft);
    const answers = await Promise.all([publish(exam), publish(exam), publish(exam)]);
    const numbers = (await jsonOf<Exam>(await call("GET", `/v1/exams/${exam.id}`, { cookie }))).versions.map(
      ({ number }) => number,
    );
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(numbers.length).toBe(answers.filter(({ status }) => status === 201).length);
    for (const refused of answers.filter(({ status }) => status !== 201)) {
      expect(await problemOf(refused)).toMatchObject({ code: "conflict" });
    }
  });

  it("cannot be undone or edited, whoever writes to the database", async () => {
    await publish(await create(draft));
    const { DB } = env;
    await expect(DB.prepare("update exam_versions set title = 'Easier'").run()).rejects.toThrow("never changes");
    await expect(DB.prepare("update exam_versions set content = '{}'").run()).rejects.toThrow("never changes");
    await expect(DB.prepare("delete from exam_versions").run()).rejects.toThrow("never deleted");
    // REPLACE takes a row out without a word to a trigger of "delete".
    const before = await DB.prepare("select * from exam_versions").all();
    const another = (id: string) =>
      `insert or replace into exam_versions select tenant_id, ${id}, exam_id, number, 'Easier', '{}', 0, published_by from exam_versions`;
    await expect(DB.prepare(another("id")).run()).rejects.toThrow("never changes");
    await DB.prepare(another("'another'")).run();
    expect((await DB.prepare("select * from exam_versions").all()).results).toEqual(before.results);
  });
});

describe("tenants", () => {
  it("cannot be crossed by any row: each reference carries the tenant along", async () => {
    const { sitting, exam, links } = await scheduleSitting();
    const writes = [
      ["insert into exam_versions values ('south', 'v', ?, 1, 't', '{}', 0, 'mallory')", exam.id],
      [
        `insert into sittings (tenant_id, id, exam_version_id, title, opens_at, closes_at)
         values ('south', 's', ?, 't', 0, 1)`,
        sitting.examVersionId,
      ],
      ["insert into exam_sessions (tenant_id, id, sitting_id, number) values ('south', 'e', ?, 2)", sitting.id],
      ["insert into sitting_leads values ('south', ?, 'mallory')", sitting.id],
      ["insert into proctor_assignments values ('south', ?, 'mallory')", sitting.examSessionId],
      ["insert into violations values ('south', ?, 1, 'pasted', 'low', 'r', 0, 0, null)", links[0]!.attemptId],
    ] as const;
    for (const [sql, id] of writes) {
      await expect(env.DB.prepare(sql).bind(id).run(), sql).rejects.toThrow("FOREIGN KEY");
      const own = env.DB.prepare(
        sql.replaceAll("south", "north").replaceAll("mallory", "pia").replace(", 1, 't'", ", 9, 't'"),
      );
      expect(await own.bind(id).run(), sql).toMatchObject({ success: true });
    }
  });
});

describe("two who write one exam at once", () => {
  it("are told by If-Match, which keeps the second from replacing what it has not seen", async () => {
    const author = { cookie: await staffCookie(noor) };
    const exam = await jsonOf<Exam>(await call("POST", "/v1/exams", { ...author, body: draft }));
    const path = `/v1/exams/${exam.id}`;
    const etag = (await call("GET", path, author)).headers.get("etag") ?? "";
    const put = (title: string, ifMatch: string) =>
      call("PUT", path, { ...author, body: { ...draft, title }, headers: { "if-match": ifMatch } });
    const first = await put("Of the first", etag);
    expect(first.status).toBe(200);
    expect(first.headers.get("etag")).not.toBe(etag);
    for (const stale of [etag, `W/${etag}`, "rubbish", `"1", ${etag}`]) {
      expect(await problemOf(await put("Of the second", stale)), stale).toMatchObject({
        status: 412,
        code: "changed-meanwhile",
      });
    }
    expect(await jsonOf<Exam>(await call("GET", path, author))).toMatchObject({ draft: { title: "Of the first" } });
    expect((await put("Of the second", `"1", ${first.headers.get("etag")}`)).status).toBe(200);
    expect((await put("Whichever", "*")).status).toBe(200);
    expect(
      (await call("PUT", "/v1/exams/none", { ...author, body: draft, headers: { "if-match": etag } })).status,
    ).toBe(404);
  });

  it("have an ETag each, however fast they are", async () => {
    const author = { cookie: await staffCookie(noor) };
    const { id } = await jsonOf<Exam>(await call("POST", "/v1/exams", { ...author, body: draft }));
    const puts = await Promise.all([1, 2, 3, 4].map(() => call("PUT", `/v1/exams/${id}`, { ...author, body: draft })));
    expect(new Set(puts.map(({ headers }) => headers.get("etag"))).size).toBe(4);
  });
});
