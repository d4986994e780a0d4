import { runInDurableObject } from "cloudflare:test";
import { strFromU8, unzipSync } from "fflate";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { brand, type CandidateId } from "#domain/exam/ids.ts";
import { attemptClasses } from "#domain/retention/data-class.ts";
import type { AuditEntry } from "#protocol/audit.ts";
import { staysAfterErasure } from "#domain/retention/erasure.ts";
import type { CandidateList, ErasureDone, LegalHold } from "#protocol/http/retention.ts";
import { evict, type Stub } from "#test/support/session-room.ts";
import { examSession } from "#worker/exam-sessions.ts";
import { homesOf } from "#worker/home.ts";
import { sealToken } from "#worker/auth/sealed-token.ts";
import { shred } from "#worker/evidence/shred.ts";
import { uploadToken } from "#worker/evidence/upload-token.ts";
import { personArchive } from "#worker/retention/person-archive.ts";
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
  settings,
  origin,
} from "#test/support/school.ts";
import { nowhere } from "./access-route.ts";
import { stateOf } from "./access-state.ts";
import { copyOf, type Ended, keptPicture, readable, sitAndEnd } from "./ended-exam.ts";

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

  /** The files of what is handed out, by their names. */
  async function handedOut(): Promise<Readonly<Record<string, Uint8Array>>> {
    const answer = await call("GET", `/v1/candidates/${ada.candidateId}/data`, keeper);
    expect(answer.headers.get("content-disposition")).toContain(`person-${ada.candidateId}.zip`);
    return unzipSync(new Uint8Array(await answer.arrayBuffer()));
  }

  function read<T>(files: Readonly<Record<string, Uint8Array>>, name: string): T {
    return JSON.parse(strFromU8(files[name]!)) as T;
  }

  it("[D11] is handed out whole: name, answers, messages, scores, entries, and why it is kept", async () => {
    const files = await handedOut();
    const session = examSession(env, scheduled.sitting.examSessionId);
    const { texts } = (await session.signedLog(ada.attemptId))!;
    expect(read(files, "person.json")).toMatchObject({
      id: ada.candidateId,
      name: "Ada",
      email: "ada@people.example",
      isOnHold: false,
    });
    expect(read(files, "exam-1/place.json")).toMatchObject({
      attemptId: ada.attemptId,
      result: { status: "handed-in" },
    });
    expect(read(files, "exam-1/log.json")).toEqual(texts.map((text) => JSON.parse(text) as unknown));
    expect(read<unknown[]>(files, "exam-1/scores.json").length).toBeGreaterThan(0);
    expect(read<AuditEntry[]>(files, "audit.json").map(({ kind }) => kind)).toContain("handed-in");
    const everything = Object.values(files).map((bytes) => strFromU8(bytes));
    expect(everything.join("\n")).not.toContain("Grace");
    const link = await env.DB.prepare("select link_hash from registrations where attempt_id = ?")
      .bind(ada.attemptId)
      .first<string>("link_hash");
    expect(everything.join("\n")).not.toContain(link);
    expect(await entries("person-data-exported")).toMatchObject([{ on: { kind: "candidate", id: ada.candidateId } }]);
  });

  it("[D14] says nothing of where the staff asked from: addresses of their machines are theirs", async () => {
    const headers = { "cf-connecting-ip": "203.0.113.9" };
    await call("GET", `/v1/candidates/${ada.candidateId}/data`, { ...keeper, headers });
    expect(await entries("person-data-exported")).toMatchObject([{ from: "203.0.113.9" }]);
    const told = read<AuditEntry[]>(await handedOut(), "audit.json");
    expect(told).toContainEqual(expect.objectContaining({ kind: "person-data-exported", who: expect.anything() }));
    expect(JSON.stringify(told)).not.toMatch(/203\.0\.113|requestId|"from"/);
  });

  it.each([
    ["en", "School of the North holds on Ada", "730 days"],
    ["de", "School of the North am", "730 Tage"],
    ["fr", "School of the North conserve sur Ada", "730 jours"],
  ])(
    "[D14] begins with what it is and why it is kept, in the institution's language: %s",
    async (language, words, days) => {
      await env.DB.prepare("update tenants set language = ? where id = 'north'").bind(language).run();
      const files = await handedOut();
      expect(Object.keys(files)[0]).toBe("README.txt");
      const readme = strFromU8(files["README.txt"]!);
      expect(readme).toContain(words);
      expect(readme).toContain(days);
      for (const name of Object.keys(files).slice(1))
        expect(readme, name).toContain(name.split("/").slice(0, 2).join("/"));
    },
  );

  it("[D14] has each recording as it was recorded and each picture, says what the store lost, and no word of what was deleted", async () => {
    await recordInLog();
    const files = await handedOut();
    const media = Object.keys(files).filter((name) => /pictures|recording/.test(name));
    expect(media).toEqual([
      expect.stringMatching(/^exam-1\/pictures\/face-\d+\.jpg$/),
      "exam-1/recording/camera-0.webm",
    ]);
    expect(strFromU8(files["exam-1/recording/camera-0.webm"]!)).toBe("four seconds");
    expect(strFromU8(files[media[0]!]!)).toBe("four seconds");
    expect(read(files, "not-included.json")).toEqual([{ name: "exam-1/recording/camera-0.webm#1", why: "missing" }]);
    await env.DB.batch(
      ["recordings", "identity"].map((of) =>
        env.DB.prepare("insert into deleted_parts values ('north', ?, ?, 'period', 5, 30)").bind(ada.attemptId, of),
      ),
    );
    const after = await handedOut();
    expect(Object.keys(after).filter((name) => /pictures|recording|not-included/.test(name))).toEqual([]);
    expect(read<unknown[]>(after, "exam-1/deleted.json")).toHaveLength(2);
  });

  it("[D14] has the signed addresses of a recording that is too large for a file, and until when they are good", async () => {
    await recordInLog(500);
    const files = await handedOut();
    const { goodUntil, pieces } = read<{ goodUntil: number; pieces: { index: number; url: string }[] }>(
      files,
      "exam-1/recording/links.json",
    );
    expect(goodUntil).toBeGreaterThan(Date.now() + 23 * 3_600_000);
    expect(pieces.map(({ index }) => index)).toEqual(Array.from({ length: 500 }, (_, index) => index));
    const { pathname } = new URL(pieces[0]!.url);
    expect(await (await call("GET", pathname, keeper)).text()).toBe("four seconds");
    expect(read(files, "not-included.json")).toContainEqual({ name: "exam-1/recording/", why: "too-large" });
  });

  it("[D14] ends quietly where whoever downloads it goes away in the middle", async () => {
    const reader = archive().getReader();
    await reader.read();
    await expect(reader.cancel()).resolves.toBeUndefined();
  });

  it("[D14] breaks off where something of it cannot be read, and the log says why", async () => {
    const said = vi.spyOn(console, "error").mockReturnValue();
    await runInDurableObject(examSession(env, scheduled.sitting.examSessionId) as Stub, (_instance, { storage }) => {
      storage.sql.exec("DROP TABLE segments");
    });
    await expect(new Response(archive()).bytes()).rejects.toThrow();
    const lines = said.mock.calls.map(([line]) => JSON.parse(String(line)) as { error: string });
    said.mockRestore();
    expect(lines).toMatchObject([{ event: "request-failed", ...asked }]);
    expect(lines[0]!.error).toContain("no such table: segments");
  });

  const asked = { requestId: "one", method: "GET", route: "/archive" };

  function archive() {
    const asking = {
      env,
      settings,
      home: homesOf(env).shared,
      tenantId: rosa.tenantId,
      memberId: rosa.id,
      origin,
      asked,
    };
    const id = brand<CandidateId>(ada.candidateId);
    return personArchive(asking, { id, ids: [id], names: ["Ada"], email: null, isHeld: false });
  }

  /** The session's own rows of what was recorded of ada: pieces, of which the store has the first, and a photograph. */
  async function recordInLog(pieces = 2): Promise<void> {
    const stub = examSession(env, scheduled.sitting.examSessionId) as Stub;
    const { sha256, bytes } = keptPicture;
    const photograph = { type: "identityCaptured", capture: "face", sha256, bytes, hints: [] };
    await runInDurableObject(stub, (_instance, { storage: { sql } }) => {
      const seq = sql
        .exec<{ n: number }>("SELECT max(seq) AS n FROM events WHERE attempt_id = ?", ada.attemptId)
        .one().n;
      const add =
        "INSERT INTO segments (attempt_id, track, run, idx, sha256, bytes, starts_at, ends_at) VALUES (?, 'camera', 0, ?, ?, ?, ?, ?)";
      for (let index = 0; index < pieces; index += 1) {
        sql.exec(add, ada.attemptId, index, sha256, bytes, index * 4_000, index * 4_000 + 4_000);
      }
      const text = JSON.stringify({ seq: seq + 1, at: 5, by: { kind: "system" }, fact: photograph });
      sql.exec(
        "INSERT INTO events (position, attempt_id, seq, text, is_fed) SELECT max(position) + 1, ?, ?, ?, 0 FROM events",
        ada.attemptId,
        seq + 1,
        text,
      );
      sql.exec("UPDATE attempts SET fold_version = -1, snapshot_seq = 0");
    });
    await evict(stub);
  }

  it("[D10] is erased at once, whatever the periods say, and nobody else's", async () => {
    const mail = env.DB.prepare(
      `insert into mails (tenant_id, id, kind, "to", subject, sitting_id, status, created_at) values ('north', ?, 'candidate-link', ?, 'Spring', ?, 'sent', 1)`,
    );
    await env.DB.batch(["ada", "eve"].map((name) => mail.bind(name, `${name}@people.example`, scheduled.sitting.id)));
    expect(read(await handedOut(), "mails.json")).toMatchObject([{ id: "ada" }]);
    const grace = await sitAndEnd(scheduled, 1, 3);
    for (const [kind, id, reason] of [
      ["attempt", grace.attemptId, "About Grace"],
      ["attempt", ada.attemptId, "Ada is said to have cheated"],
      ["candidate", ada.candidateId, "Ada objects"],
    ] as const) {
      const body = { on: { kind, id }, reason };
      const hold = await jsonOf<{ id: string }>(await call("POST", "/v1/holds", { ...keeper, body }));
      await call("DELETE", `/v1/holds/${hold.id}`, keeper);
    }
    const putBack = await copyOf(ada);
    const { isDone, stays } = await jsonOf<ErasureDone>(await erase());
    expect(isDone).toBe(true);
    expect(stays).toEqual(staysAfterErasure);
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
    const { results: audit } = await env.DB.prepare("select * from audit_entries").all();
    const everything = await stateOf({ ...nowhere, examSessionId: ada.examSessionId });
    expect(Object.keys(everything)).toEqual(expect.arrayContaining(["shared legal_holds", "session events"]));
    const rows = [...audit.map((row) => JSON.stringify(row)), ...Object.values(everything).flat()];
    // A word of its own: in what is random it may come by chance.
    expect(rows.filter((row) => /\bAda\b|ada@/.test(row))).toEqual([]);
    const { holds } = await jsonOf<{ holds: LegalHold[] }>(await call("GET", "/v1/holds", keeper));
    expect(holds.map(({ reason }) => reason)).toEqual(["", "", "About Grace"]);
    expect((await env.DB.prepare("select id from mails where \"to\" like '%@people.example'").all()).results).toEqual([
      { id: "eve" },
    ]);
    // Once more, it is as it was.
    expect((await erase("Erased person")).status).toBe(200);
    expect(await entries("retention-deleted")).toHaveLength(said.length);
  });

  it.each(["is done", "is under way"])(
    "[D5] [D10] whose erasure %s gets no new key for what comes late, and nothing of it is kept",
    async (state) => {
      const { tenantId, attemptId, examSessionId } = ada;
      const recordings = { tenantId, attemptId };
      if (state === "is done") await erase();
      else {
        await shred(env.RECORDINGS, recordings, "recordings");
        await env.DB.prepare(
          "insert into erasures (tenant_id, candidate_id, asked_by, asked_at) values ('north', ?, 'rosa', 0)",
        )
          .bind(ada.candidateId)
          .run();
      }
      const segment = { track: "camera", run: 0, index: 9, ...keptPicture, startsAt: 0, endsAt: 4_000 } as const;
      const claims = { tenantId, examSessionId, attemptId, browser: "b".repeat(43), segment };
      const token = await sealToken(settings, uploadToken, claims, Date.now() + 60_000);
      const put = await call("PUT", `/v1/uploads/${token}`, {
        body: "four seconds",
        headers: { "content-type": "application/octet-stream", "content-length": String(keptPicture.bytes) },
      });
      expect(await problemOf(put)).toMatchObject({ code: "refused" });
      const { objects } = await env.RECORDINGS.list({ prefix: `north/${attemptId}/` });
      expect(objects.filter(({ key }) => !/identity|stills/.test(key))).toEqual([]);
    },
  );

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
