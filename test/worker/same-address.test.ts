import { beforeEach, describe, expect, it } from "vitest";
import { brand, type CandidateId } from "#domain/exam/ids.ts";
import { keepings } from "#domain/retention/data-class.ts";
import { call, env, openSchools, rosa, type Scheduled, scheduleSitting, staffCookie } from "#test/support/school.ts";
import { deletionWriter } from "#worker/database/deletion-writer.ts";
import { sitAndEnd } from "./ended-exam.ts";

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
