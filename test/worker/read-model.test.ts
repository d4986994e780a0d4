import { exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { AttemptId, TenantId } from "#domain/exam/ids.ts";
import { brand } from "#domain/exam/ids.ts";
import type { Violation } from "#domain/integrity/judge.ts";
import type { Score } from "#domain/scoring/score-attempt.ts";
import type { OutboxDelivery, OutboxFact, OutboxRow } from "#protocol/outbox.ts";
import type { ReadModelRpc } from "#protocol/session/rpc.ts";
import type { Result } from "#protocol/http/sitting.ts";
import {
  call,
  draft,
  env,
  jsonOf,
  openSchools,
  rosa,
  type Scheduled,
  scheduleSitting,
  staffCookie,
} from "#test/support/school.ts";

let scheduled: Scheduled;
let ada: AttemptId;

beforeEach(async () => {
  await openSchools();
  scheduled = await scheduleSitting();
  ada = scheduled.links[0]!.attemptId;
});

const violation: Violation = {
  kind: "pasted",
  severity: "medium",
  reason: "Text was pasted.",
  from: 300,
  notedAt: 300,
  confidence: null,
};
const items = draft.sections.flatMap((section) => section.items);
const score: Score = {
  points: 1.5,
  outOf: 3,
  items: items.map(({ id, points }, index) => ({ itemId: id, points: index, outOf: points, answered: index > 0 })),
  categories: [],
};

function row(seq: number, fact: OutboxFact, attemptId: AttemptId = ada): OutboxRow {
  return { attemptId, seq, at: seq * 100, fact };
}

/** An attempt's whole life as the session tells it. */
function life(): readonly OutboxRow[] {
  return [
    row(2, { type: "consentGiven", textSha256: "0".repeat(64), browser: "b" }),
    row(4, { type: "admissionRequested" }),
    row(5, { type: "admitted" }),
    row(6, { type: "paperOpened" }),
    row(8, { type: "violationNoted", violation }),
    row(9, { type: "violationNoted", violation }),
    row(10, { type: "paused", reason: "A call" }),
    row(11, { type: "resumed" }),
    row(20, { type: "handedIn", cause: "candidate" }),
    row(21, { type: "scored", score }),
  ];
}

/** As the session does it: through the binding of the Worker to itself. */
async function take(rows: readonly OutboxRow[], tenantId: TenantId = rosa.tenantId): Promise<void> {
  const delivery: OutboxDelivery = { tenantId, examSessionId: scheduled.sitting.examSessionId, rows };
  await (exports as { ReadModel: ReadModelRpc }).ReadModel.take(delivery);
}

async function results(): Promise<readonly Result[]> {
  const path = `/v1/sittings/${scheduled.sitting.id}/results`;
  const body = await jsonOf<{ results: Result[] }>(await call("GET", path, { cookie: await staffCookie(rosa) }));
  return body.results;
}

async function everything(): Promise<unknown> {
  const tables = ["attempts", "item_scores", "violations"].map((table) => env.DB.prepare(`select * from ${table}`));
  return (await env.DB.batch(tables)).map(({ results: rows }) => rows.map((one) => JSON.stringify(one)).toSorted());
}

describe("the read model", () => {
  it("shows in the results what the session told", async () => {
    expect(await results()).toMatchObject([
      { name: "Ada", status: "registered", openedAt: null, points: null, violations: 0 },
      { name: "Grace", status: "registered" },
    ]);
    await take(life());
    expect(await results()).toEqual([
      {
        attemptId: ada,
        name: "Ada",
        status: "handed-in",
        openedAt: 600,
        closedAt: 2_000,
        points: 1.5,
        outOf: 3,
        review: null,
        violations: 2,
      },
      expect.objectContaining({ name: "Grace", status: "registered", violations: 0 }),
    ]);
    const { results: scores } = await env.DB.prepare("select * from item_scores order by item_id").all();
    expect(scores).toHaveLength(items.length);
    expect(scores).toContainEqual({
      tenant_id: "north",
      attempt_id: ada,
      item_id: items[1]!.id,
      points: 1,
      out_of: items[1]!.points,
      answered: 1,
    });
  });

  it("[A138] says of each result whether it is held, stands, or was voided, and gives no number out of a voided one", async () => {
    const hold = { why: "The developer tools were open.", violation: 8, reviewers: 2 } as const;
    const seen = async () => {
      const [{ review, points }] = (await results()) as readonly [Result, ...Result[]];
      return { review, points };
    };
    await take(life());
    expect(await seen()).toEqual({ review: null, points: 1.5 });
    await take([row(22, { type: "heldForReview", ...hold })]);
    expect(await seen()).toEqual({ review: "held", points: 1.5 });
    await take([row(23, { type: "reviewDecided", verdict: "voided", reason: "I see it", settles: false })]);
    expect(await seen()).toEqual({ review: "held", points: 1.5 });
    await take([row(24, { type: "reviewDecided", verdict: "voided", reason: "I see it too", settles: true })]);
    expect(await seen()).toEqual({ review: "voided", points: null });
    // What comes again, and late, changes nothing.
    await take([row(22, { type: "heldForReview", ...hold })]);
    expect(await seen()).toEqual({ review: "voided", points: null });
    await take([row(30, { type: "heldForReview", ...hold, violation: null })]);
    await take([row(31, { type: "reviewDecided", verdict: "stands", reason: "An appeal", settles: true })]);
    expect(await seen()).toEqual({ review: "stands", points: 1.5 });
  });

  it("[A143] shows who is asked for a picture again as not waiting any more", async () => {
    await take(life().slice(0, 2));
    expect((await results())[0]).toMatchObject({ status: "waiting" });
    await take([row(5, { type: "identityAskedAgain", capture: "face", reason: "It is too dark" })]);
    expect((await results())[0]).toMatchObject({ status: "checked" });
  });

  it("is the same when a delivery comes twice, whole or in part", async () => {
    await take(life());
    const once = await everything();
    await take(life());
    await take(life().slice(3, 7));
    expect(await everything()).toEqual(once);
  });

  it("is the same in whichever order the deliveries come", async () => {
    await take(life());
    const inOrder = await everything();
    await env.DB.batch([
      env.DB.prepare("delete from violations"),
      env.DB.prepare("delete from item_scores"),
      env.DB.prepare(
        "update attempts set status = 'registered', status_seq = 0, opened_at = null, closed_at = null, points = null, out_of = null",
      ),
    ]);
    for (const one of life().toReversed()) await take([one]);
    expect(await everything()).toEqual(inOrder);
  });

  it("takes nothing for an attempt of another school or another session, and does not stand in the way of the rest", async () => {
    const before = await everything();
    await take(life(), brand<TenantId>("south"));
    expect(await everything()).toEqual(before);
    const stranger = brand<AttemptId>("stranger");
    await take([
      row(3, { type: "scored", score }, stranger),
      row(4, { type: "violationNoted", violation }, stranger),
      ...life(),
    ]);
    expect((await results())[0]).toMatchObject({ status: "handed-in", violations: 2 });
    expect(JSON.stringify(await everything())).not.toContain("stranger");
  });
});
